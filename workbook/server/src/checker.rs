use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use runner::{Limits, Progress, Root, Verdict, one_line, run_exercise, text};

use crate::class::Class;
use crate::feed::{ChapterProgress, Feed, Update};

/// Checks chapters one after the other, the one that was saved last first.
pub struct Checker {
    root: Root,
    queue: Arc<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: Mutex<VecDeque<Job>>,
    arrived: Condvar,
}

struct Job {
    chapter: String,
    /// Somebody saved it and waits for the whole verdict, not only for a line.
    saved: bool,
}

impl Checker {
    /// Starts the thread that checks and tells `feed`, and the class if there is one.
    pub fn start(root: Root, feed: Arc<Feed>, class: Option<Class>) -> Checker {
        let queue = Arc::new(Queue::default());
        let (orders, its_root) = (Arc::clone(&queue), root.clone());
        thread::spawn(move || {
            loop {
                let order = orders.next();
                feed.publish(Update::Checking {
                    chapter: order.chapter.clone(),
                });
                let verdict = check(&its_root, &order.chapter);
                print(&verdict, order.saved);
                if let Some(class) = &class {
                    class.tell(&its_root, &verdict);
                }
                match note(&its_root, &verdict) {
                    Ok(progress) => feed.publish(progress),
                    Err(error) => eprintln!("{error:#}"),
                }
                feed.publish(Update::Verdict {
                    chapter: order.chapter,
                    passes: verdict.passes(),
                    line: one_line(&verdict),
                    verdict,
                });
            }
        });
        Checker { root, queue }
    }

    /// Puts every chapter behind what waits already.
    pub fn check_all(&self) -> anyhow::Result<()> {
        for chapter in self.root.names()? {
            self.queue.lock().push_back(Job {
                chapter,
                saved: false,
            });
            self.queue.arrived.notify_one();
        }
        Ok(())
    }

    /// Puts a chapter that was just saved before all others.
    pub fn check_saved(&self, chapter: &str) {
        let mut waiting = self.queue.lock();
        waiting.retain(|order| order.chapter != chapter);
        waiting.push_front(Job {
            chapter: chapter.to_owned(),
            saved: true,
        });
        self.queue.arrived.notify_one();
    }
}

impl Queue {
    fn next(&self) -> Job {
        let mut waiting = self.lock();
        loop {
            if let Some(order) = waiting.pop_front() {
                return order;
            }
            waiting = self
                .arrived
                .wait(waiting)
                .unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Job>> {
        self.waiting
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn check(root: &Root, name: &str) -> Verdict {
    match root.chapter(name) {
        Ok(chapter) => run_exercise(root, &chapter, Limits::default()),
        Err(error) => Verdict::error(name, "", &error),
    }
}

/// Keeps what the verdict adds to the learner's progress, and tells how far every chapter is.
fn note(root: &Root, verdict: &Verdict) -> anyhow::Result<Update> {
    let progress = Progress::note(root, verdict)?;
    let chapters = root.names()?.into_iter().filter_map(|name| {
        let chapter = root.chapter(&name).ok()?;
        let (done, work) = (progress.of(&name), chapter.work());
        Some(ChapterProgress {
            minutes: chapter.manifest.minutes.exercise,
            passed: work
                .iter()
                .filter(|check| done.passed.contains(**check))
                .count(),
            checks: work.len(),
            solved: done.solved,
            title: chapter.manifest.title.clone(),
            name,
        })
    });
    Ok(Update::Progress {
        chapters: chapters.collect(),
    })
}

fn print(verdict: &Verdict, in_full: bool) {
    println!("{}  {}", verdict.chapter, one_line(verdict));
    if in_full && !verdict.passes() {
        println!("\n{}", text(verdict));
    }
}
