//! The earlier texts of an exercise, for its page to list and to show.

use std::time::UNIX_EPOCH;

use axum::Json;
use axum::extract::{Path, State};
use runner::{History, read_answer};
use serde::Serialize;

use crate::work::{Answer, Exercises, Reply, chapter};

/// One text of the list.
#[derive(Serialize)]
pub struct Listed {
    number: u32,
    /// When the file was seen to hold it, in milliseconds since 1970.
    seen: u128,
    lines: usize,
    /// Lines that it has and the file has not.
    more: usize,
    /// Lines that the file has and it has not.
    fewer: usize,
}

/// The texts of a chapter, the last one first.
pub async fn list(
    State(Exercises { root, .. }): State<Exercises>,
    Path(name): Path<String>,
) -> Reply<Vec<Listed>> {
    let chapter = chapter(&root, &name)?;
    let now = read_answer(&root, &chapter).unwrap_or_default();
    let texts = History::of(&root, &chapter).texts().into_iter();
    let listed = texts.map(|earlier| {
        let (more, fewer) = earlier.against(&now);
        Listed {
            number: earlier.number,
            seen: earlier
                .seen
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default()
                .as_millis(),
            lines: earlier.text.lines().count(),
            more,
            fewer,
        }
    });
    Ok(Json(listed.collect()))
}

/// One of them.
pub async fn text(
    State(Exercises { root, .. }): State<Exercises>,
    Path((name, number)): Path<(String, u32)>,
) -> Reply<Answer> {
    let chapter = chapter(&root, &name)?;
    let text = History::of(&root, &chapter).text(number)?;
    Ok(Json(Answer { text }))
}
