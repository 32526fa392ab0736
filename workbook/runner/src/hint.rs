use std::fs;

use crate::{Chapter, Root};

/// The hint after the one that was shown last; the last one again when there is none left.
///
/// How far a learner has got is kept under the target folder: losing it costs nothing.
pub fn next_hint(root: &Root, chapter: &Chapter) -> String {
    let hints = &chapter.manifest.hints;
    let kept = root.target_dir().join("hints").join(&chapter.name);
    let shown: usize = fs::read_to_string(&kept)
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0);
    let next = shown.min(hints.len() - 1);
    let _ = fs::create_dir_all(kept.with_file_name(""))
        .and_then(|()| fs::write(&kept, (next + 1).to_string()));
    let more = if next + 1 == hints.len() {
        "\nThat was the last one. The page's \"One right fix\" shows the whole code."
    } else {
        ""
    };
    format!(
        "Hint {} of {} for {}: {}{more}",
        next + 1,
        hints.len(),
        chapter.name,
        hints[next]
    )
}

/// Starts over with the first hint.
pub(crate) fn forget_hints(root: &Root, chapter: &Chapter) {
    let _ = fs::remove_file(root.target_dir().join("hints").join(&chapter.name));
}
