use std::fs;

use crate::{Chapter, Progress, Root, still_passes};

/// The hint after the one that was shown last; the last one again when there is none left. Of a chapter that passes, the
/// way on.
///
/// How far a learner has got is kept under the target folder: losing it costs nothing.
pub fn next_hint(root: &Root, chapter: &Chapter) -> String {
    if still_passes(root, chapter) {
        return format!("{} passes: {}", chapter.name, way_on(root, &chapter.name));
    }
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

/// What is left to do once this chapter passes.
pub fn way_on(root: &Root, chapter: &str) -> String {
    match next_unsolved(root, chapter) {
        Some(next) => format!("the next one is {next}"),
        None => "every chapter is solved".into(),
    }
}

/// The first chapter after this one that is not solved, from the beginning again after the last.
pub fn next_unsolved(root: &Root, chapter: &str) -> Option<String> {
    let progress = Progress::load(root).unwrap_or_default();
    let names = root.names().ok()?;
    let (before, after): (Vec<_>, Vec<_>) = names
        .into_iter()
        .filter(|name| name != chapter && !progress.of(name).solved)
        .partition(|name| name.as_str() < chapter);
    after.into_iter().chain(before).next()
}

/// Starts over with the first hint.
pub(crate) fn forget_hints(root: &Root, chapter: &Chapter) {
    let _ = fs::remove_file(root.target_dir().join("hints").join(&chapter.name));
}
