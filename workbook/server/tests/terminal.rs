//! The server as somebody meets it who works in a terminal: keys, verdicts, and a terminal that is given back.
#![cfg(unix)]

#[expect(dead_code, reason = "these tests need a part of it")]
#[path = "../../tests/workbook/fixture.rs"]
mod fixture;

mod pty;

use std::fs;
use std::process::{Child, Command};

use fixture::{Fixture, RIGHT_ANSWER, WRONG_ANSWER, wait_until};
use pty::Terminal;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_workbook-server");

const EXERCISE: &str = "exercises/ch01-first/src/lib.rs";

/// A server in a terminal of its own.
struct Server {
    fixture: Fixture,
    process: Child,
    terminal: Terminal,
}

impl Server {
    fn start() -> Server {
        Server::start_with(80, |_| ())
    }

    fn start_with(columns: u16, change: impl FnOnce(&mut Command)) -> Server {
        let (fixture, terminal) = (Fixture::new(), Terminal::open(columns));
        let mut command = fixture.command(&["--port", "0"]);
        terminal.connect(&mut command);
        change(&mut command);
        Server {
            process: command.spawn().unwrap(),
            fixture,
            terminal,
        }
    }

    fn press(&mut self, keys: &str) {
        self.terminal.press(keys);
    }

    #[track_caller]
    fn wait_for(&self, text: &str) {
        wait_until(&format!("{text:?}"), || self.terminal.text().contains(text));
    }

    /// Until all chapters have been checked for the first time.
    #[track_caller]
    fn wait_for_first_verdicts(&self) {
        self.wait_for("ch02-second  1 of 2 checks pass");
    }

    /// The exit code, once it has ended.
    fn ended(&mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_save_shows_the_first_failure_in_full_and_then_what_passes_now() {
    let server = Server::start();
    server.wait_for_first_verdicts();
    server
        .fixture
        .write(EXERCISE, &WRONG_ANSWER.replace("41", "40"));
    server.wait_for("1 · A question  1 of 2 checks pass");
    server.wait_for("✗ the answer is right\r\n");
    server.wait_for("the answer must be 42");
    server.wait_for("at exercises/ch01-first/src/check.rs:9");
    assert!(
        server
            .terminal
            .raw()
            .contains("\u{1b}[1m\u{1b}[31m✗ the answer is right")
    );
    server.fixture.write(EXERCISE, RIGHT_ANSWER);
    server.wait_for("✓ the answer is right, which it did not before");
    server.wait_for("✓ every check passes: the next one is ch02-second");
}

#[test]
fn keys_give_a_hint_the_next_chapter_the_list_and_the_difference_to_a_fix() {
    let mut server = Server::start();
    server
        .fixture
        .write("solutions/ch02-second/src/lib.rs", RIGHT_ANSWER);
    server.wait_for_first_verdicts();
    server.press("h");
    server.wait_for("Hint 1 of 3 for ch01-first: look here");
    server.press("n");
    server.wait_for("2 · A question\r\nThe answer\r\nEdit exercises/ch02-second/src/lib.rs");
    server.press("h");
    server.wait_for("Hint 1 of 3 for ch02-second: look here");
    server.press("l");
    server.wait_for("ch01-first   1 · A question\r\n");
    server.press("d");
    server.wait_for("-    41\r\n+    42\r\n");
}

#[test]
fn a_reset_asks_before_it_brings_the_shipped_text_back() {
    let mut server = Server::start_with(120, |_| ());
    server.wait_for_first_verdicts();
    server.fixture.write(EXERCISE, RIGHT_ANSWER);
    server.wait_for("every check passes");
    server.press("r");
    server.wait_for("Bring the shipped text of ch01-first back? Yours is kept beside it. y/n");
    server.press("n");
    server.wait_for("It stays as it is.");
    assert_eq!(server.fixture.read(EXERCISE), RIGHT_ANSWER);
    server.press("ry");
    server.wait_for("is as shipped; yours is exercises/ch01-first/src/lib.yours-1.rs");
    assert_eq!(server.fixture.read(EXERCISE), WRONG_ANSWER);
}

#[cfg(target_os = "linux")]
#[test]
fn the_page_opens_in_the_browser_and_no_other_user_sees_the_key() {
    use std::os::unix::fs::PermissionsExt;
    let programs = tempfile::tempdir().unwrap();
    let browser = programs.path().join("xdg-open");
    let opened = programs.path().join("opened");
    let code = format!("#!/bin/sh\necho \"$1\" > {}\n", opened.display());
    fs::write(&browser, code).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", programs.path().display());
    let mut server = Server::start_with(80, |command| {
        command.env("PATH", path).env_remove("CODESPACES");
    });
    server.wait_for_first_verdicts();
    server.press("o");
    wait_until("the page's opening", || {
        fs::read_to_string(&opened).is_ok_and(|file| file.ends_with('\n'))
    });
    let file = fs::read_to_string(&opened).unwrap();
    assert!(!file.contains("key="), "every user sees arguments: {file}");
    let way_in = fs::read_to_string(file.trim()).unwrap();
    assert!(way_in.contains("/ch01-first.html?key="), "{way_in}");
    let mode = fs::metadata(file.trim()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_terminal_is_given_back_on_quitting_and_on_ctrl_c() {
    for (key, code) in [("q", 0), ("\u{3}", 130)] {
        let mut server = Server::start();
        server.wait_for_first_verdicts();
        assert!(server.terminal.reads_single_keys());
        server.press(key);
        assert_eq!(server.ended(), Some(code));
        assert!(!server.terminal.reads_single_keys());
        wait_until("the cursor's return", || {
            server.terminal.raw().ends_with("\u{1b}[?25h")
        });
    }
}

#[test]
fn the_terminal_is_given_back_when_a_signal_ends_the_workbook() {
    for signal in ["-INT", "-TERM"] {
        let mut server = Server::start();
        server.wait_for_first_verdicts();
        let process = server.process.id().to_string();
        Command::new("kill")
            .args([signal, &process])
            .status()
            .unwrap();
        assert_eq!(server.ended(), Some(130), "{signal}");
        assert!(!server.terminal.reads_single_keys(), "{signal}");
    }
}

#[test]
fn no_color_is_respected() {
    let server = Server::start_with(80, |command| {
        command.env("NO_COLOR", "1");
    });
    server.wait_for_first_verdicts();
    server
        .fixture
        .write(EXERCISE, &WRONG_ANSWER.replace("41", "40"));
    server.wait_for("✗ the answer is right\r\n");
    let raw = server.terminal.raw();
    let colours = raw.split("\u{1b}[").skip(1).filter(|code| {
        let end = code.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        code[end..].starts_with('m')
    });
    assert_eq!(colours.count(), 0, "{raw:?}");
}

#[test]
fn in_a_narrow_terminal_no_line_is_longer_than_it() {
    let server = Server::start_with(40, |_| ());
    server.wait_for_first_verdicts();
    server
        .fixture
        .write(EXERCISE, &WRONG_ANSWER.replace("41", "40"));
    server.wait_for("✗ the answer is right\r\n");
    server.wait_for("promise 2: The answer is 42.");
    for line in server.terminal.text().lines() {
        // A word alone in its line, such as a path, is as long as it is.
        let is_one_word = !line.trim().contains(' ');
        assert!(is_one_word || line.chars().count() <= 40, "{line:?}");
    }
}
