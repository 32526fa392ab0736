use similar::TextDiff;

use crate::{Chapter, Root, Variant, read_answer};

/// What one right fix changes in the learner's text, in lines that begin with a blank, `-` or `+`; empty if nothing.
pub fn difference_to_fix(root: &Root, chapter: &Chapter) -> anyhow::Result<String> {
    let mine = without_marks(&read_answer(root, chapter)?);
    let fixed = without_marks(&Variant::solution(root, chapter).source(root)?.text());
    let difference = TextDiff::from_lines(&mine, &fixed);
    Ok(difference.unified_diff().context_radius(3).to_string())
}

/// The marks by which pages include a part of a file say nothing to a learner.
fn without_marks(code: &str) -> String {
    code.split_inclusive('\n')
        .filter(|line| !line.trim_start().starts_with("// ANCHOR"))
        .collect()
}
