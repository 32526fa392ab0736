use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, anyhow};
use runner::{
    Chapter, Event, Limits, Observer, Phase, Progress, Root, Verdict, one_line, run_exercise,
};

use crate::class::Class;
use crate::feed::{Feed, Update};
use crate::supervise::supervise;
use crate::tally::Tally;
use crate::terminal::Terminal;

/// Checks chapters one after the other, the one that was saved last first.
pub struct Checker {
    root: Root,
    queue: Arc<Queue>,
}

struct Queue {
    jobs: Mutex<Jobs>,
    arrived: Condvar,
    feed: Arc<Feed>,
}

#[derive(Default)]
struct Jobs {
    /// The chapter that was checked before.
    last: Option<String>,
    /// The chapter that is being checked.
    current: Option<String>,
    waiting: VecDeque<Job>,
}

struct Job {
    chapter: String,
    /// Somebody saved it and waits for the whole verdict, not only for a line.
    saved: bool,
}

impl Checker {
    /// Starts the thread that checks and tells `feed`, and the class if there is one.
    pub fn start(
        root: Root,
        feed: Arc<Feed>,
        class: Option<Class>,
        terminal: Terminal,
    ) -> anyhow::Result<Checker> {
        let run = |root: &Root, chapter: &Chapter, observer: Observer<'_>| {
            run_exercise(root, chapter, Limits::default(), observer)
        };
        Checker::start_with(root, feed, class, terminal, run)
    }

    fn start_with(
        root: Root,
        feed: Arc<Feed>,
        class: Option<Class>,
        terminal: Terminal,
        run: impl Fn(&Root, &Chapter, Observer<'_>) -> Verdict + Send + 'static,
    ) -> anyhow::Result<Checker> {
        let queue = Arc::new(Queue {
            jobs: Mutex::default(),
            arrived: Condvar::new(),
            feed: Arc::clone(&feed),
        });
        let mut desk = Desk {
            tally: Tally::new(&root)?,
            root: root.clone(),
            feed,
            class,
            terminal,
        };
        desk.tell_progress(Progress::load(&root));
        let jobs = Arc::clone(&queue);
        let work = move || {
            loop {
                let job = jobs.next();
                desk.check(&job, &run);
            }
        };
        thread::Builder::new()
            .spawn(work)
            .context("no thread is left to check chapters on")?;
        Ok(Checker { root, queue })
    }

    /// Puts every chapter behind what waits already.
    pub fn check_all(&self) -> anyhow::Result<()> {
        let jobs = self.root.names()?.into_iter().map(|chapter| Job {
            chapter,
            saved: false,
        });
        self.queue.add(|waiting| waiting.extend(jobs));
        Ok(())
    }

    /// Puts a chapter that was just saved before all others.
    pub fn check_saved(&self, chapter: &str) {
        self.queue.add(|waiting| {
            waiting.retain(|job| job.chapter != chapter);
            waiting.push_front(Job {
                chapter: chapter.to_owned(),
                saved: true,
            });
        });
    }
}

impl Jobs {
    /// The first that waits, but not a chapter twice in a row while another one was saved: one that is saved again and
    /// again would keep all others waiting.
    fn pop(&mut self) -> Option<Job> {
        let mut saved = self.waiting.iter().take_while(|job| job.saved);
        let other = saved.position(|job| Some(&job.chapter) != self.last.as_ref());
        self.waiting.remove(other.unwrap_or(0))
    }
}

impl Queue {
    fn add(&self, change: impl FnOnce(&mut VecDeque<Job>)) {
        let mut jobs = self.lock();
        change(&mut jobs.waiting);
        self.tell_who_waits(&jobs);
        self.arrived.notify_one();
    }

    fn next(&self) -> Job {
        let mut jobs = self.lock();
        jobs.last = jobs.current.take();
        loop {
            if let Some(job) = jobs.pop() {
                jobs.current = Some(job.chapter.clone());
                self.tell_who_waits(&jobs);
                return job;
            }
            jobs = self
                .arrived
                .wait(jobs)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn tell_who_waits(&self, jobs: &Jobs) {
        let Some(current) = &jobs.current else { return };
        // Of the current chapter the feed tells how far it is.
        let others = jobs.waiting.iter().filter(|job| job.chapter != *current);
        for job in others {
            self.feed.publish(Update::Checking {
                chapter: job.chapter.clone(),
                phase: Phase::Waiting {
                    behind: current.clone(),
                },
                before: None,
            });
        }
    }

    fn lock(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where one chapter after the other is checked.
struct Desk {
    root: Root,
    feed: Arc<Feed>,
    class: Option<Class>,
    terminal: Terminal,
    tally: Tally,
}

impl Desk {
    /// Publishes a verdict in any case: who has saved waits for one.
    fn check(&mut self, job: &Job, run: impl Fn(&Root, &Chapter, Observer<'_>) -> Verdict) {
        if let Err(panic) = supervise(|| self.try_check(job, run)) {
            let error = anyhow!(
                "the workbook itself failed while it checked this chapter ({panic}): save the file to check it again"
            );
            self.publish(job, Verdict::error(&job.chapter, "", &error));
        }
    }

    fn try_check(&mut self, job: &Job, run: impl Fn(&Root, &Chapter, Observer<'_>) -> Verdict) {
        let name = &job.chapter;
        let chapter = self.root.chapter(name);
        self.tally.update(name, chapter.as_ref().ok());
        let verdict = match &chapter {
            Ok(chapter) => {
                let observer = |event| self.feed.publish(as_update(name, event));
                run(&self.root, chapter, Some(&observer))
            }
            Err(error) => Verdict::error(name, "", error),
        };
        if let Some(class) = &self.class {
            class.tell(&self.root, &verdict);
        }
        self.tell_progress(Progress::note(&self.root, &verdict));
        self.publish(job, verdict);
    }

    fn publish(&self, job: &Job, verdict: Verdict) {
        self.feed.publish(Update::Verdict {
            chapter: job.chapter.clone(),
            passes: verdict.passes(),
            line: one_line(&verdict),
            verdict,
            asked: job.saved,
        });
    }

    fn tell_progress(&self, progress: anyhow::Result<Progress>) {
        match progress {
            Ok(progress) => self.feed.publish(Update::Progress {
                chapters: self.tally.count(&progress),
            }),
            Err(error) => self.terminal.say(format!("{error:#}")),
        }
    }
}

fn as_update(chapter: &str, event: Event) -> Update {
    let chapter = chapter.to_owned();
    match event {
        Event::Phase { phase, before } => Update::Checking {
            chapter,
            phase,
            before,
        },
        Event::Ended(check) => Update::Check { chapter, check },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::work::tests::Workbook;

    #[test]
    fn a_chapter_that_is_saved_again_and_again_does_not_keep_another_one_waiting() {
        let save = |chapter: &str| Job {
            chapter: chapter.into(),
            saved: true,
        };
        let queue = Queue {
            jobs: Mutex::default(),
            arrived: Condvar::new(),
            feed: Arc::default(),
        };
        queue.add(|waiting| waiting.push_front(save("ch02-second")));
        let mut checked = Vec::new();
        for _ in 0..3 {
            queue.add(|waiting| waiting.push_front(save("ch01-first")));
            checked.push(queue.next().chapter);
        }
        assert_eq!(checked, ["ch01-first", "ch02-second", "ch01-first"]);
    }

    #[tokio::test]
    async fn after_a_panic_the_verdict_says_so_and_the_next_save_is_checked() {
        let workbook = Workbook::new();
        let feed = Arc::new(Feed::default());
        let mut page = feed.subscribe();
        let is_first = AtomicBool::new(true);
        let run = move |_: &Root, chapter: &Chapter, _: Observer<'_>| {
            assert!(
                !is_first.swap(false, Ordering::Relaxed),
                "no thread is left"
            );
            Verdict::error(&chapter.name, "", &anyhow!("the second run"))
        };
        let checker = Checker::start_with(
            workbook.root(),
            Arc::clone(&feed),
            None,
            Terminal::silent(),
            run,
        )
        .unwrap();
        for expected in ["(no thread is left): save the file", "the second run"] {
            checker.check_saved("ch01-first");
            let line = loop {
                if let Some(Update::Verdict { line, .. }) = page.next().await {
                    break line;
                }
            };
            assert!(line.contains(expected), "{line}");
        }
    }
}
