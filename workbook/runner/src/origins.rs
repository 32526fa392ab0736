use crate::layout::Layout;
use crate::source::Source;
use crate::{Chapter, CheckResult, Outcome, Problem, Root, Verdict};

/// Names the files that a reader can open in place of those that were laid out.
pub(crate) struct Places<'a> {
    pub root: &'a Root,
    pub chapter: &'a Chapter,
    pub layout: &'a Layout,
    /// What was laid out as `lib.rs`.
    pub source: &'a Source,
}

impl Places<'_> {
    pub(crate) fn in_verdict(&self, verdict: &mut Verdict) {
        let diagnostics = match &mut verdict.outcome {
            Outcome::Ran { checks, warnings } => {
                checks.iter_mut().for_each(|check| self.in_check(check));
                warnings
            }
            Outcome::DoesNotCompile { errors } => errors,
            Outcome::Error { message } => return self.in_diagnostic(message),
        };
        for text in diagnostics {
            self.in_diagnostic(text);
        }
        for problem in &mut verdict.problems {
            self.in_problem(problem);
        }
    }

    pub(crate) fn in_check(&self, check: &mut CheckResult) {
        self.in_message(&mut check.message);
        if let Some(at) = &mut check.at {
            self.in_message(at);
        }
    }

    fn in_message(&self, text: &mut String) {
        let mended = with_origins(text, &self.laid_out(), |line| {
            let origin = self.source.origin(line)?;
            Some(format!("{}:{}", self.root.shown(&origin.file), origin.line))
        });
        *text = mended.replace(&self.layout.folder, &self.exercise());
    }

    /// What rustc renders shows line numbers beside the code: where the text has more than one origin it keeps the
    /// laid-out file's name.
    fn in_diagnostic(&self, text: &mut String) {
        let laid_out = self.laid_out();
        let rendered = match self.source.only_file() {
            Some(file) => self.root.shown(file),
            None => self.root.shown(&self.layout.workspace.join(&laid_out)),
        };
        let exercise = self.exercise();
        let parts = text.split(&laid_out);
        let parts: Vec<String> = parts
            .map(|part| part.replace(&self.layout.folder, &exercise))
            .collect();
        *text = parts.join(&rendered);
    }

    fn in_problem(&self, problem: &mut Problem) {
        if problem.file != self.laid_out() {
            problem.file = problem.file.replace(&self.layout.folder, &self.exercise());
            return;
        }
        let lines = [problem.line, problem.end_line];
        let [Some(first), Some(last)] = lines.map(|line| self.source.origin(line)) else {
            return;
        };
        problem.file = self.root.shown(&first.file);
        problem.line = first.line;
        problem.end_line = last.line;
        if first.file != last.file {
            (problem.end_line, problem.end_column) = (first.line, problem.column + 1);
        }
    }

    fn laid_out(&self) -> String {
        format!("{}/src/lib.rs", self.layout.folder)
    }

    fn exercise(&self) -> String {
        format!("exercises/{}", self.chapter.name)
    }
}

/// `text` with each `file:LINE` in it replaced by what `origin` says of that line.
fn with_origins(text: &str, file: &str, origin: impl Fn(usize) -> Option<String>) -> String {
    let mut parts = text.split(file);
    let mut mended = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.strip_prefix(':').unwrap_or_default();
        let digits = number.len()
            - number
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        match number[..digits].parse().ok().and_then(&origin) {
            Some(place) => {
                mended.push_str(&place);
                mended.push_str(&number[digits..]);
            }
            None => {
                mended.push_str(file);
                mended.push_str(part);
            }
        }
    }
    mended
}
