use anyhow::Context;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use runner::{History, Root, is_chapter_name};

use crate::book::Book;
use crate::checker::Checker;
use crate::feed::{Feed, Update};
use crate::supervise::supervise;
use crate::terminal::Terminal;

/// One save is several events: what comes closer together than this is one change.
const QUIET: Duration = Duration::from_millis(20);

/// Where something writes without a rest, this is one change: nobody waits longer for a verdict.
const MOST: Duration = Duration::from_millis(200);

/// After a page was saved and shown, the search gets its words when nobody has saved for so long.
const PAUSE: Duration = Duration::from_secs(1);

/// What a change to a file asks for.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    Check(String),
    BuildBook,
    /// After pages were built without it.
    BuildSearch,
}

/// Watches the book and the exercises until the returned watcher is dropped.
pub fn watch(
    root: &Root,
    book: Arc<Book>,
    checker: Arc<Checker>,
    feed: Arc<Feed>,
    terminal: Terminal,
) -> anyhow::Result<RecommendedWatcher> {
    let (send, events) = channel();
    let cannot = "cannot watch the files";
    let mut watcher = notify::recommended_watcher(send).context(cannot)?;
    for folder in ["src", "theme", "exercises", "solutions"] {
        let folder = root.path().join(folder);
        if folder.is_dir() {
            watcher
                .watch(&folder, RecursiveMode::Recursive)
                .context(cannot)?;
        }
    }
    let workbook = root.clone();
    // What was written while nobody watched.
    for chapter in root.names()? {
        note(&workbook, &chapter);
    }
    let root = root.path().to_owned();
    let mut search_is_old = false;
    let follow = move || {
        loop {
            let work: BTreeSet<Work> =
                match next_change(&events, search_is_old.then_some(PAUSE), MOST) {
                    Ok(paths) => paths.iter().filter_map(|path| work(&root, path)).collect(),
                    Err(RecvTimeoutError::Timeout) => BTreeSet::from([Work::BuildSearch]),
                    Err(RecvTimeoutError::Disconnected) => return,
                };
            for work in work {
                let done = supervise(|| {
                    match work {
                        Work::Check(chapter) => {
                            checker.check_saved(&chapter);
                            note(&workbook, &chapter);
                            feed.publish(Update::Edited { chapter });
                        }
                        Work::BuildBook => {
                            book.build_pages()?;
                            search_is_old = true;
                            feed.publish(Update::Reload);
                        }
                        Work::BuildSearch => {
                            search_is_old = false;
                            book.build()?;
                        }
                    }
                    Ok::<(), anyhow::Error>(())
                });
                match done {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => terminal.say(format!("{error:#}")),
                    Err(panic) => terminal.say(format!(
                        "the workbook itself failed after a change ({panic}): save the file again"
                    )),
                }
            }
        }
    };
    thread::Builder::new()
        .spawn(follow)
        .context("no thread is left to watch the files on")?;
    Ok(watcher)
}

/// Keeps what stands in a chapter's file now.
fn note(root: &Root, chapter: &str) {
    if let Ok(chapter) = root.chapter(chapter) {
        History::note_file(root, &chapter);
    }
}

/// The files of the next change: waits for one, for ever or for `limit`, then until it is quiet, for
/// `most` at the most.
fn next_change(
    events: &Receiver<notify::Result<Event>>,
    limit: Option<Duration>,
    most: Duration,
) -> Result<BTreeSet<PathBuf>, RecvTimeoutError> {
    let next = || match limit {
        Some(limit) => events.recv_timeout(limit),
        None => events.recv().map_err(RecvTimeoutError::from),
    };
    let mut paths = changed(next()?);
    while paths.is_empty() {
        paths = changed(next()?);
    }
    let until = Instant::now() + most;
    while let Ok(event) = events.recv_timeout(QUIET) {
        paths.extend(changed(event));
        if Instant::now() >= until {
            break;
        }
    }
    Ok(paths)
}

/// The files that an event changes. Reading is an event too: cargo and mdbook read what is watched.
fn changed(event: notify::Result<Event>) -> BTreeSet<PathBuf> {
    match event {
        Ok(event) => match event.kind {
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => BTreeSet::new(),
            _ => event.paths.into_iter().collect(),
        },
        Err(_) => BTreeSet::new(),
    }
}

fn work(root: &Path, path: &Path) -> Option<Work> {
    let inside = path.strip_prefix(root).ok()?;
    let mut parts = inside.iter().filter_map(|part| part.to_str());
    let (room, chapter) = (parts.next()?, parts.next());
    let file = inside.file_name()?.to_str()?;
    // What editors write beside a file while they save it, and the copies that `reset` keeps.
    if file.starts_with(['.', '#']) || file.ends_with('~') || file.starts_with("lib.yours-") {
        return None;
    }
    let is_checked = |chapter: &&str| is_chapter_name(chapter) && in_the_crate(inside);
    match (room, chapter) {
        ("exercises", Some(chapter)) if is_checked(&chapter) => {
            Some(Work::Check(chapter.to_owned()))
        }
        _ if ["md", "rs", "css", "js", "html", "txt", "svg", "png", "json"]
            .contains(&inside.extension()?.to_str()?) =>
        {
            Some(Work::BuildBook)
        }
        _ => None,
    }
}

/// Whether a chapter's file belongs to the crate that is checked. `shipped.rs` and `wrong/` are for the page.
fn in_the_crate(inside: &Path) -> bool {
    let rest: PathBuf = inside.iter().skip(2).collect();
    rest.starts_with("src") || rest == Path::new("Cargo.toml") || rest == Path::new("chapter.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work_for(path: &str) -> Option<Work> {
        work(Path::new("/w"), &Path::new("/w").join(path))
    }

    #[test]
    fn a_saved_exercise_is_checked() {
        let check = Some(Work::Check("ch01-precision".into()));
        assert_eq!(work_for("exercises/ch01-precision/src/lib.rs"), check);
        assert_eq!(work_for("exercises/ch01-precision/chapter.toml"), check);
    }

    #[test]
    fn a_writer_that_never_rests_does_not_hold_a_change_up() {
        let (send, events) = channel();
        let write = Event::new(EventKind::Any).add_path("/w/exercises/log".into());
        let writer = thread::spawn(move || while send.send(Ok(write.clone())).is_ok() {});
        let paths = next_change(&events, None, QUIET).unwrap();
        assert_eq!(paths.len(), 1);
        drop(events);
        writer.join().unwrap();
    }

    #[test]
    fn what_a_page_includes_builds_the_book() {
        for path in [
            "src/ch01-precision.md",
            "theme/workbook.css",
            "exercises/ch01-precision/shipped.rs",
            "exercises/ch01-precision/wrong/a.rs",
            "solutions/ch01-precision/src/lib.rs",
        ] {
            assert_eq!(work_for(path), Some(Work::BuildBook), "{path}");
        }
    }

    #[test]
    fn an_editor_s_own_files_and_kept_copies_ask_for_nothing() {
        for path in [
            "exercises/ch01-precision/src/.lib.rs.swp",
            "exercises/ch01-precision/src/lib.rs~",
            "exercises/ch01-precision/src/lib.yours-1.rs",
            "src/#index.md#",
        ] {
            assert_eq!(work_for(path), None, "{path}");
        }
    }
}
