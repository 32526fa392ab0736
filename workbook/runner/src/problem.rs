use serde::{Deserialize, Serialize};

/// An error or a warning of the compiler, at a place that a reader can open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// From the workbook's folder, with forward slashes.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// The line that it ends in.
    pub end_line: usize,
    /// The column after its last character.
    pub end_column: usize,
    /// `error` or `warning`.
    pub level: String,
    /// `E0382`, or the name of a lint.
    pub code: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What rustc says at this very place.
    pub label: Option<String>,
}

/// What rustc says of the code, as far as it is of use here.
#[derive(Deserialize)]
pub(crate) struct Diagnostic {
    pub level: String,
    pub rendered: Option<String>,
    pub spans: Vec<Span>,
    message: String,
    code: Option<Code>,
    #[serde(default)]
    children: Vec<Note>,
}

/// What rustc adds to a message.
#[derive(Deserialize)]
struct Note {
    message: String,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
pub(crate) struct Span {
    file_name: String,
    line_start: usize,
    line_end: usize,
    column_start: usize,
    column_end: usize,
    is_primary: bool,
    label: Option<String>,
    expansion: Option<Expansion>,
}

/// Where the macro was called whose code a span is in.
#[derive(Deserialize)]
struct Expansion {
    span: Box<Span>,
}

impl Diagnostic {
    /// An error of the linker, or of the disk, in one line: it has no place in the code.
    pub(crate) fn without_a_place(&self) -> Option<String> {
        // The closing "aborting due to 2 previous errors" says nothing.
        if self.level != "error" || !self.spans.is_empty() || self.message.starts_with("aborting") {
            return None;
        }
        // The linker's own words are the last; before them are the whole of its arguments.
        let words = self.children.last().map(|note| note.message.lines());
        let words = words.into_iter().flatten().map(str::trim);
        let first = words.into_iter().find(|line| !line.is_empty());
        let said: Vec<&str> = std::iter::once(&*self.message).chain(first).collect();
        Some(said.join(": "))
    }

    /// The places in the crate whose folder is `package`, as rustc names it, that this is about.
    pub(crate) fn problems(&self, package: &str) -> Vec<Problem> {
        let primary = self.spans.iter().filter(|span| span.is_primary);
        let problems = primary.filter_map(|span| {
            let (place, file) = span.in_package(package)?;
            Some(Problem {
                file,
                line: place.line_start,
                column: place.column_start,
                end_line: place.line_end,
                end_column: place.column_end,
                level: self.level.clone(),
                code: self.code.as_ref().map(|code| code.code.clone()),
                message: self.message.clone(),
                label: span.label.clone(),
            })
        });
        problems.collect()
    }
}

impl Span {
    /// The file from the workbook's folder, which may stand below cargo's workspace, if it is one of the package.
    fn file_in(&self, package: &str) -> Option<String> {
        let file = self.file_name.replace('\\', "/");
        let inside = format!("{package}/");
        let start = match file.find(&format!("/{inside}")) {
            Some(before) => before + 1,
            None if file.starts_with(&inside) => 0,
            None => return None,
        };
        Some(file[start..].to_owned())
    }

    /// This place or, if it is in the code of a macro from elsewhere, the one where that was called; and its file.
    fn in_package(&self, package: &str) -> Option<(&Span, String)> {
        std::iter::successors(Some(self), |span| {
            span.expansion.as_ref().map(|expansion| &*expansion.span)
        })
        .find_map(|span| Some((span, span.file_in(package)?)))
    }
}
