use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use crate::text::without_marks;
use crate::{Chapter, Root, Variant, read_answer};

/// What one right fix changes in the learner's text, in lines that begin with a blank, `-` or `+`; empty if nothing.
pub fn difference_to_fix(root: &Root, chapter: &Chapter) -> anyhow::Result<String> {
    let mine = without_marks(&read_answer(root, chapter)?);
    let fixed = without_marks(&Variant::solution(root, chapter).source(root)?.text());
    let difference = TextDiff::from_lines(&mine, &fixed);
    Ok(difference.unified_diff().context_radius(3).to_string())
}

/// A wrong fix, by its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NearWrongFix {
    /// Its name inside `wrong/`.
    pub file: String,
    /// Why a good engineer tries it, and why it does not hold.
    pub why: String,
    /// Lines that only one of the two texts has.
    pub lines: usize,
}

/// The wrong fix whose text is most like the learner's; none where a chapter has none.
pub fn nearest_wrong_fix(root: &Root, chapter: &Chapter) -> anyhow::Result<Option<NearWrongFix>> {
    let mine = without_marks(&read_answer(root, chapter)?);
    let mut nearest: Option<NearWrongFix> = None;
    for wrong in &chapter.manifest.wrong {
        let file = wrong.file.get_ref();
        let theirs = without_marks(&Variant::wrong(chapter, file).source(root)?.text());
        let lines = TextDiff::from_lines(&mine, &theirs)
            .iter_all_changes()
            .filter(|change| change.tag() != ChangeTag::Equal)
            .count();
        if nearest.as_ref().is_none_or(|nearest| lines < nearest.lines) {
            nearest = Some(NearWrongFix {
                file: file.clone(),
                why: wrong.why.clone(),
                lines,
            });
        }
    }
    Ok(nearest)
}
