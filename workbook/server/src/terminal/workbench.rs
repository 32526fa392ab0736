use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use anstream::ColorChoice;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use runner::{
    COLOURED, Chapter, Listed, Outcome, PLAIN, Phase, Progress, Root, Styles, Verdict,
    difference_to_fix, first_failure, list, next_hint, next_unsolved, one_line, one_line_in,
    other_checks, reset_and_tell, short, way_on,
};

use super::screen::{self, Screen, cut, length, wrap};
use crate::address::Address;
use crate::feed::{ChapterProgress, Update};

/// The keys, as the last line says them.
const KEYS: [(&str, &str); 7] = [
    ("h", "hint"),
    ("n", "next"),
    ("l", "list"),
    ("r", "reset"),
    ("d", "difference"),
    ("o", "page"),
    ("q", "quit"),
];

/// What a learner works at in the terminal: the latest verdict, and keys for what comes next.
pub struct Workbench {
    root: Root,
    address: Address,
    screen: Screen,
    styles: Styles,
    /// The chapter that keys are about: the one that was saved last, or the first that is not solved.
    current: Option<String>,
    /// The latest of each chapter.
    verdicts: BTreeMap<String, Verdict>,
    /// The checks of each chapter that did not pass when they were last run.
    failing: BTreeMap<String, BTreeSet<String>>,
    progress: Vec<ChapterProgress>,
    doing: Option<Doing>,
    /// The chapters that will be checked after it.
    waiting: BTreeSet<String>,
    /// Whether `r` was pressed and waits for a yes.
    asks_for_reset: bool,
}

/// The check that is under way.
struct Doing {
    chapter: String,
    phase: Phase,
    /// In milliseconds.
    before: Option<u64>,
    since: Instant,
}

impl Workbench {
    pub fn new(root: Root, address: Address, screen: Screen) -> Workbench {
        let is_coloured = anstream::stdout().current_choice() != ColorChoice::Never;
        let progress = Progress::load(&root).unwrap_or_default();
        let names = root.names().unwrap_or_default();
        let first = names.iter().find(|name| !progress.of(name).solved);
        Workbench {
            current: first.or(names.first()).cloned(),
            root,
            address,
            screen,
            styles: if is_coloured { COLOURED } else { PLAIN },
            verdicts: BTreeMap::new(),
            failing: BTreeMap::new(),
            progress: Vec::new(),
            doing: None,
            waiting: BTreeSet::new(),
            asks_for_reset: false,
        }
    }

    /// Shows a line of somebody else's.
    pub fn say(&mut self, line: &str) {
        self.print(&wrap(line, self.screen.columns()));
    }

    /// Takes in what a page is told too.
    pub fn learn(&mut self, update: Update) {
        match update {
            Update::Checking {
                phase: Phase::Waiting { .. },
                chapter,
                ..
            } if !self.is_doing(&chapter) => {
                self.waiting.insert(chapter);
            }
            Update::Checking {
                chapter,
                phase,
                before,
            } => {
                self.waiting.remove(&chapter);
                let same = self.doing.take().filter(|doing| doing.chapter == chapter);
                self.doing = Some(Doing {
                    before: before.or(same.as_ref().and_then(|doing| doing.before)),
                    since: same.map_or_else(Instant::now, |doing| doing.since),
                    chapter,
                    phase,
                });
                self.print("");
            }
            Update::Verdict { verdict, asked, .. } => {
                if self.is_doing(&verdict.chapter) {
                    self.doing = None;
                }
                let shown = match asked {
                    true => self.in_full(&verdict),
                    false => format!(
                        "{}  {}",
                        verdict.chapter,
                        one_line_in(&verdict, &self.styles)
                    ),
                };
                if asked {
                    self.current = Some(verdict.chapter.clone());
                }
                self.keep(verdict);
                self.print(&shown);
            }
            Update::Progress { chapters } => {
                self.progress = chapters;
                self.print("");
            }
            Update::Check { .. } | Update::Edited { .. } | Update::Class(_) | Update::Reload => {}
        }
    }

    fn is_doing(&self, chapter: &str) -> bool {
        let doing = self.doing.as_ref();
        doing.is_some_and(|doing| doing.chapter == chapter)
    }

    /// A second has gone by.
    pub fn tick(&mut self) {
        if self.doing.is_some() {
            self.print("");
        }
    }

    /// Does what a key asks for.
    pub fn react(&mut self, event: &Event) {
        match event {
            Event::Resize(columns, rows) => {
                self.screen.resize(*columns, *rows);
                self.print("");
            }
            Event::Key(key) if key.kind == KeyEventKind::Press => self.press(key),
            _ => {}
        }
    }

    fn press(&mut self, key: &KeyEvent) {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('c') if is_control => quit(130),
            #[cfg(unix)]
            KeyCode::Char('z') if is_control => {
                self.screen.suspend();
                self.print("");
            }
            KeyCode::Char(letter) if self.asks_for_reset => {
                self.asks_for_reset = false;
                if letter.eq_ignore_ascii_case(&'y') {
                    self.show(reset_and_tell);
                } else {
                    self.say("It stays as it is.");
                }
            }
            _ if self.asks_for_reset => {
                self.asks_for_reset = false;
                self.say("It stays as it is.");
            }
            KeyCode::Char(letter) if !is_control => match letter.to_ascii_lowercase() {
                'h' => self.show(|root, chapter| Ok(next_hint(root, chapter))),
                'n' => self.go_on(),
                'l' => self.list(),
                'r' => {
                    self.asks_for_reset = self.current.is_some();
                    self.print("");
                }
                'd' => self.difference(),
                'o' => self.open_page(),
                'q' => quit(0),
                _ => {}
            },
            _ => {}
        }
    }

    /// Shows what `make` says of the current chapter.
    fn show(&mut self, make: impl Fn(&Root, &Chapter) -> anyhow::Result<String>) {
        if let Some(made) = self.tell(make) {
            self.say(&format!("\n{made}"));
        }
    }

    /// What `make` says of the current chapter. An error is shown.
    fn tell(&mut self, make: impl Fn(&Root, &Chapter) -> anyhow::Result<String>) -> Option<String> {
        let name = self.current.as_ref()?;
        let chapter = self.root.chapter(name);
        match chapter.and_then(|chapter| make(&self.root, &chapter)) {
            Ok(made) => Some(made),
            Err(error) => {
                self.say(&format!("\n{error:#}"));
                None
            }
        }
    }

    fn go_on(&mut self) {
        let current = self.current.clone().unwrap_or_default();
        let Some(next) = next_unsolved(&self.root, &current) else {
            self.say("Every other chapter is solved.");
            return;
        };
        self.current = Some(next.clone());
        let Styles { strong, place, .. } = self.styles;
        self.show(|root, chapter| {
            let heading = format!("{strong}{}{strong:#}", chapter.heading());
            let exercise = root.shown(&chapter.exercise());
            let subject = &chapter.manifest.subject;
            Ok(format!(
                "{heading}\n{subject}\nEdit {place}{exercise}{place:#}, and save it."
            ))
        });
        if let Some(verdict) = self.verdicts.get(&next) {
            let failure = self.failure(verdict);
            self.print(&format!("\n{failure}"));
        }
    }

    fn list(&mut self) {
        let Listed { lines, broken } = list(&self.root).unwrap_or_else(|error| Listed {
            lines: Vec::new(),
            broken: vec![error],
        });
        let broken = broken.iter().map(|error| format!("{error:#}"));
        let Styles { strong, .. } = self.styles;
        let is_current = |line: &str| {
            let current = self.current.as_ref();
            current.is_some_and(|current| line.starts_with(current))
        };
        let lines = lines.iter().map(|line| match is_current(line) {
            true => format!("{strong}{line}{strong:#}"),
            false => line.clone(),
        });
        let lines: Vec<String> = lines.chain(broken).collect();
        self.say(&format!("\n{}", lines.join("\n")));
    }

    fn difference(&mut self) {
        let Styles {
            pass, fail, place, ..
        } = self.styles;
        let coloured = |line: &str| match line.chars().next() {
            Some('+') => format!("{pass}{line}{pass:#}"),
            Some('-') => format!("{fail}{line}{fail:#}"),
            Some('@') => format!("{place}{line}{place:#}"),
            _ => line.to_owned(),
        };
        let Some(difference) = self.tell(difference_to_fix) else {
            return;
        };
        let lines: Vec<String> = difference.lines().map(coloured).collect();
        match lines.is_empty() {
            true => self.say("\nYour text is this very fix."),
            // Code is not broken between words.
            false => self.print(&format!(
                "\nFrom your text to one right fix:\n{}",
                lines.join("\n")
            )),
        }
    }

    fn open_page(&mut self) {
        let Some(chapter) = &self.current else { return };
        let line = self.address.open(&format!("{chapter}.html"));
        self.say(&line);
    }

    /// A verdict that was asked for: what passes now, what else fails, and last, next to the eyes, what to mend first.
    fn in_full(&self, verdict: &Verdict) -> String {
        let Styles { pass, strong, .. } = self.styles;
        let mut lines = vec![
            String::new(),
            format!("{strong}{}{strong:#}  {}", verdict.title, one_line(verdict)),
        ];
        lines.extend(self.newly_passing(verdict));
        let failure = self.failure(verdict);
        let failing = other_checks(verdict).filter(|check| !check.passed());
        let failing: Vec<String> = failing
            .map(|check| cut(&short(check, &self.styles), self.screen.columns()))
            .collect();
        // What is to be mended first must not scroll away.
        let taken = lines.len() + failure.lines().count() + self.status().len() + 2;
        let room = self.screen.rows().saturating_sub(taken);
        let shown = if failing.len() <= room {
            failing.len()
        } else {
            room.saturating_sub(1)
        };
        lines.extend_from_slice(&failing[..shown]);
        match failing.len() - shown {
            0 => {}
            more if shown == 0 => lines.push(format!("{more} more checks fail")),
            more => lines.push(format!("… and {more} more fail")),
        }
        if verdict.passes() {
            let way_on = way_on(&self.root, &verdict.chapter);
            lines.push(format!("{pass}✓ every check passes{pass:#}: {way_on}"));
        } else {
            lines.push(String::new());
            lines.push(failure);
        }
        lines.join("\n")
    }

    /// The checks that did not pass when they were run before, and pass now.
    fn newly_passing(&self, verdict: &Verdict) -> Vec<String> {
        let Styles { pass, .. } = self.styles;
        let failed = self.failing.get(&verdict.chapter);
        let failed = |name: &str| failed.is_some_and(|failed| failed.contains(name));
        let now = verdict.checks().unwrap_or_default().iter();
        now.filter(|check| check.passed() && failed(&check.name))
            .map(|check| {
                format!(
                    "{pass}✓ {}{pass:#}, which it did not before",
                    check.sentence
                )
            })
            .collect()
    }

    fn keep(&mut self, verdict: Verdict) {
        if let Some(checks) = verdict.checks() {
            let failing = checks.iter().filter(|check| !check.passed());
            let failing = failing.map(|check| check.name.clone()).collect();
            self.failing.insert(verdict.chapter.clone(), failing);
        }
        self.verdicts.insert(verdict.chapter.clone(), verdict);
    }

    fn failure(&self, verdict: &Verdict) -> String {
        let failure = first_failure(verdict, &self.styles);
        match verdict.outcome {
            // Words that stand below each other in code must stay there.
            Outcome::DoesNotCompile { .. } => failure,
            _ => wrap(&failure, self.screen.columns()),
        }
    }

    fn print(&mut self, text: &str) {
        let status = self.status();
        self.screen.print(text, &status);
    }

    /// What is done now, or asked; and the keys.
    fn status(&self) -> Vec<String> {
        let Styles { strong, warn, .. } = self.styles;
        let current = self.current.as_deref().unwrap_or("no chapter");
        let now = if self.asks_for_reset {
            format!(
                "{warn}Bring the shipped text of {current} back? Yours is kept beside it. y/n{warn:#}"
            )
        } else if let Some(doing) = &self.doing {
            let seconds = match doing.since.elapsed().as_secs() {
                0..2 => String::new(),
                seconds => format!(", {seconds} s"),
            };
            let phase = doing.phase.text(doing.before);
            let more = match self.waiting.len() {
                0 => String::new(),
                more => format!(", {more} more wait"),
            };
            format!(
                "{strong}{}{strong:#}{seconds}: {phase}{more}",
                doing.chapter
            )
        } else {
            let verdict = self.verdicts.get(current);
            let verdict = verdict.map_or_else(String::new, |verdict| one_line(verdict) + ", ");
            let count =
                |of: fn(&ChapterProgress) -> usize| self.progress.iter().map(of).sum::<usize>();
            let (passed, all) = (
                count(|chapter| chapter.passed),
                count(|chapter| chapter.checks),
            );
            format!("{strong}{current}{strong:#}: {verdict}{passed} of {all} repaired in the book")
        };
        let keys = KEYS.map(|(key, what)| format!("{strong}{key}{strong:#} {what}"));
        let mut lines = vec![String::new(), now];
        let mut row = String::new();
        for key in keys {
            // Broken between keys where they do not fit.
            if !row.is_empty() && length(&row) + 3 + length(&key) >= self.screen.columns() {
                lines.push(std::mem::take(&mut row));
            }
            let gap = if row.is_empty() { "" } else { "   " };
            row = format!("{row}{gap}{key}");
        }
        lines.push(row);
        lines
    }
}

fn quit(code: i32) -> ! {
    screen::restore();
    runner::end_all_and_exit(code);
}
