use crate::layout::Layout;
use crate::source::Source;
use crate::{Outcome, Root, Verdict};

/// Names the files that a reader can open in place of those that were laid out. What rustc renders shows line
/// numbers beside the code: where the text has more than one origin it keeps the laid-out file's name.
pub(crate) fn in_the_reader_s_files(
    verdict: &mut Verdict,
    root: &Root,
    layout: &Layout,
    source: &Source,
) {
    let laid_out = format!("{}/src/lib.rs", layout.folder);
    let exercise = format!("exercises/{}", verdict.chapter);
    let rendered = match source.only_file() {
        Some(file) => root.shown(file),
        None => root.shown(&layout.workspace.join(&laid_out)),
    };
    let in_diagnostics = |text: &mut String| {
        let parts = text.split(&laid_out);
        let parts: Vec<String> = parts
            .map(|part| part.replace(&layout.folder, &exercise))
            .collect();
        *text = parts.join(&rendered);
    };
    let in_messages = |text: &mut String| {
        let told = with_origins(text, &laid_out, |line| {
            let origin = source.origin(line)?;
            Some(format!("{}:{}", root.shown(&origin.file), origin.line))
        });
        *text = told.replace(&layout.folder, &exercise);
    };
    match &mut verdict.outcome {
        Outcome::Ran { checks, warnings } => {
            for check in checks {
                in_messages(&mut check.message);
                check.at.iter_mut().for_each(in_messages);
            }
            warnings.iter_mut().for_each(in_diagnostics);
        }
        Outcome::DoesNotCompile { errors } => errors.iter_mut().for_each(in_diagnostics),
        Outcome::Error { message } => in_diagnostics(message),
    }
}

/// `text` with each `file:LINE` in it replaced by what `origin` says of that line.
fn with_origins(text: &str, file: &str, origin: impl Fn(usize) -> Option<String>) -> String {
    let mut parts = text.split(file);
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.strip_prefix(':').unwrap_or_default();
        let digits = number.len()
            - number
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        match number[..digits].parse().ok().and_then(&origin) {
            Some(place) => {
                told.push_str(&place);
                told.push_str(&number[digits..]);
            }
            None => {
                told.push_str(file);
                told.push_str(part);
            }
        }
    }
    told
}
