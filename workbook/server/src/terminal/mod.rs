//! What the learner's terminal shows beside the page: lines, or a workbench with keys where somebody sits at it.

mod screen;
mod workbench;

use std::io::{IsTerminal, Write, stdin, stdout};
use std::panic;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::Context;
use crossterm::event;
use runner::{COLOURED, Root, Verdict, one_line_in, text_in};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{self, MissedTickBehavior};

use crate::address::Address;
use crate::feed::{Feed, Subscription, Update};
use screen::Screen;
use workbench::Workbench;

pub use screen::restore;

/// The thread that draws.
const NAME: &str = "terminal";

/// How often a status shows how long something takes.
const SECOND: Duration = Duration::from_secs(1);

/// Where lines are lines that are no news for a page. The terminal may be gone: the page is still there.
#[derive(Clone)]
pub struct Terminal(UnboundedSender<String>);

impl Terminal {
    /// Shows from now on what `feed` is told, and what is lines here. `address` is the book's.
    pub fn open(root: &Root, feed: &Arc<Feed>, address: &Address) -> anyhow::Result<Terminal> {
        let (say, lines) = unbounded_channel();
        let (news, runtime) = (feed.subscribe(), Handle::current());
        let screen = if has_somebody_at_it() {
            Screen::open()
        } else {
            None
        };
        let show: Box<dyn FnOnce() + Send> = match screen {
            Some(screen) => {
                say_panics(say.clone());
                let bench = Workbench::new(root.clone(), address.clone(), screen);
                Box::new(move || runtime.block_on(show_a_workbench(bench, news, lines)))
            }
            None => Box::new(move || runtime.block_on(print_lines(news, lines))),
        };
        thread::Builder::new()
            .name(NAME.into())
            .spawn(show)
            .context("no thread is left for the terminal")?;
        Ok(Terminal(say))
    }

    /// One that nobody sees.
    #[cfg(test)]
    pub fn silent() -> Terminal {
        Terminal(unbounded_channel().0)
    }

    /// Shows a line.
    pub fn say(&self, line: impl Into<String>) {
        let _ = self.0.send(line.into());
    }
}

/// Whether there is a terminal whose keys are meant for us.
fn has_somebody_at_it() -> bool {
    let is_dumb = std::env::var("TERM").is_ok_and(|name| name == "dumb");
    stdin().is_terminal() && stdout().is_terminal() && !is_dumb && is_in_the_foreground()
}

/// A program that a shell runs in the background is stopped when it reaches for the keys.
#[cfg(unix)]
fn is_in_the_foreground() -> bool {
    let in_front = rustix::termios::tcgetpgrp(stdin());
    // An error says that no shell controls jobs here.
    in_front.map_or(true, |group| group == rustix::process::getpgrp())
}

#[cfg(not(unix))]
fn is_in_the_foreground() -> bool {
    true
}

/// As a pipe or a file gets them.
async fn print_lines(mut news: Subscription, mut lines: UnboundedReceiver<String>) {
    loop {
        let line = tokio::select! {
            biased;
            Some(line) = lines.recv() => line,
            update = news.next() => match update {
                Some(Update::Verdict { verdict, asked, .. }) => in_lines(&verdict, asked),
                Some(_) => continue,
                None => return,
            },
        };
        let _ = writeln!(anstream::stdout(), "{line}");
    }
}

fn in_lines(verdict: &Verdict, in_full: bool) -> String {
    let line = format!("{}  {}", verdict.chapter, one_line_in(verdict, &COLOURED));
    if in_full && !verdict.passes() {
        format!("{line}\n\n{}", text_in(verdict, &COLOURED))
    } else {
        line
    }
}

async fn show_a_workbench(
    mut bench: Workbench,
    mut news: Subscription,
    mut lines: UnboundedReceiver<String>,
) {
    let (press, mut pressed) = unbounded_channel();
    let read = move || {
        while let Ok(event) = event::read()
            && press.send(event).is_ok()
        {}
    };
    // Without a thread for it there are no keys; all else works.
    let _ = thread::Builder::new().spawn(read);
    let mut clock = time::interval(SECOND);
    clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            biased;
            Some(line) = lines.recv() => bench.say(&line),
            Some(event) = pressed.recv() => bench.react(&event),
            update = news.next() => match update {
                Some(update) => bench.learn(update),
                None => return,
            },
            _ = clock.tick() => bench.tick(),
        }
    }
}

/// Shows a panic as a line among the others. One of the thread that draws ends the workbook instead: nothing could show
/// what comes after.
fn say_panics(say: UnboundedSender<String>) {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().name() == Some(NAME) {
            restore();
            print(panic);
            runner::end_all_and_exit(101);
        }
        let _ = say.send(panic.to_string());
    }));
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::pty;

    /// Set where the second of the two tests runs by itself, in a terminal.
    const ALONE: &str = "TEST_IN_A_TERMINAL";

    #[test]
    fn the_terminal_is_given_back_after_a_panic() {
        let terminal = pty::Terminal::open(80);
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args([
                "--exact",
                "--nocapture",
                "terminal::tests::panics_while_it_draws",
            ])
            .env(ALONE, "1");
        terminal.connect(&mut command);
        let ended = command.status().unwrap();
        assert_eq!(ended.code(), Some(101));
        assert!(!terminal.reads_single_keys());
        let shown = terminal.text();
        assert!(shown.contains("it reads single keys: true"), "{shown}");
        assert!(shown.contains("an error of the workbook's own"), "{shown}");
    }

    #[test]
    fn panics_while_it_draws() {
        if std::env::var_os(ALONE).is_none() {
            return;
        }
        let _screen = Screen::open().unwrap();
        say_panics(unbounded_channel().0);
        let is_raw = crossterm::terminal::is_raw_mode_enabled().unwrap();
        println!("it reads single keys: {is_raw}");
        let draw = || panic!("an error of the workbook's own");
        let drawing = thread::Builder::new().name(NAME.into()).spawn(draw);
        let _: Result<(), _> = drawing.unwrap().join();
    }
}
