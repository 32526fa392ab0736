//! The server as somebody meets it who works in a terminal: keys, verdicts, and a terminal that is given back.
#![cfg(unix)]

#[allow(dead_code)]
#[path = "../../tests/workbook/fixture.rs"]
mod fixture;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use anstream::adapter::strip_str;
use fixture::{Fixture, RIGHT_ANSWER, WRONG_ANSWER, wait_until};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_workbook-server");

const EXERCISE: &str = "exercises/ch01-first/src/lib.rs";

/// A server in a terminal of its own.
struct Terminal {
    fixture: Fixture,
    server: Child,
    /// The end of whoever sits at the terminal.
    keyboard: File,
    /// The end that the server has.
    end: OwnedFd,
    /// All that was shown.
    shown: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    fn open() -> Terminal {
        Terminal::open_with(80, |_| ())
    }

    fn open_with(columns: u16, change: impl FnOnce(&mut Command)) -> Terminal {
        let fixture = Fixture::new();
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let size = Winsize {
            ws_row: 24,
            ws_col: columns,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&ours, size).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap();
        let open = || {
            let path = name.to_str().unwrap();
            File::options().read(true).write(true).open(path).unwrap()
        };
        let mut command = fixture.command(&["--port", "0"]);
        command
            .stdin(Stdio::from(open()))
            .stdout(Stdio::from(open()))
            .stderr(Stdio::from(open()))
            .env("TERM", "xterm-256color")
            .env_remove("NO_COLOR");
        change(&mut command);
        let server = command.spawn().unwrap();
        let mut keyboard = File::from(ours);
        let (shown, mut screen) = (Arc::default(), keyboard.try_clone().unwrap());
        let seen: Arc<Mutex<Vec<u8>>> = Arc::clone(&shown);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = screen.read(&mut buffer) {
                seen.lock().unwrap().extend_from_slice(&buffer[..count]);
            }
        });
        keyboard.flush().unwrap();
        Terminal {
            fixture,
            server,
            keyboard,
            end: open().into(),
            shown,
        }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// All that was shown, with its colours.
    fn raw(&self) -> String {
        String::from_utf8_lossy(&self.shown.lock().unwrap()).into_owned()
    }

    /// All that was shown. Where the cursor went back to the beginning of a line a new one begins.
    fn text(&self) -> String {
        let raw = self.raw().replace("\u{1b}[1G", "\r\n");
        strip_str(&raw).to_string()
    }

    #[track_caller]
    fn wait_for(&self, text: &str) {
        wait_until(&format!("{text:?}"), || self.text().contains(text));
    }

    /// Until all chapters have been checked for the first time.
    #[track_caller]
    fn wait_for_first_verdicts(&self) {
        self.wait_for("ch02-second  1 of 2 checks pass");
    }

    fn reads_single_keys(&self) -> bool {
        let modes = tcgetattr(&self.end).unwrap().local_modes;
        !modes.contains(LocalModes::ICANON) && !modes.contains(LocalModes::ECHO)
    }

    /// The exit code, once it has ended.
    fn ended(&mut self) -> Option<i32> {
        self.server.wait().unwrap().code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[test]
fn a_save_shows_the_first_failure_in_full_and_then_what_passes_now() {
    let terminal = Terminal::open();
    terminal.wait_for_first_verdicts();
    terminal
        .fixture
        .write(EXERCISE, &WRONG_ANSWER.replace("41", "40"));
    terminal.wait_for("1 · A question  1 of 2 checks pass");
    terminal.wait_for("✗ the answer is right\r\n");
    terminal.wait_for("the answer must be 42");
    terminal.wait_for("at exercises/ch01-first/src/check.rs:9");
    assert!(
        terminal
            .raw()
            .contains("\u{1b}[1m\u{1b}[31m✗ the answer is right")
    );
    terminal.fixture.write(EXERCISE, RIGHT_ANSWER);
    terminal.wait_for("✓ the answer is right, which it did not before");
    terminal.wait_for("✓ every check passes: the next one is ch02-second");
}

#[test]
fn keys_give_a_hint_the_next_chapter_the_list_and_the_difference_to_a_fix() {
    let mut terminal = Terminal::open();
    terminal
        .fixture
        .write("solutions/ch02-second/src/lib.rs", RIGHT_ANSWER);
    terminal.wait_for_first_verdicts();
    terminal.press("h");
    terminal.wait_for("Hint 1 of 3 for ch01-first: look here");
    terminal.press("n");
    terminal.wait_for("2 · A question\r\nThe answer\r\nEdit exercises/ch02-second/src/lib.rs");
    terminal.press("h");
    terminal.wait_for("Hint 1 of 3 for ch02-second: look here");
    terminal.press("l");
    terminal.wait_for("ch01-first   1 · A question\r\n");
    terminal.press("d");
    terminal.wait_for("-    41\r\n+    42\r\n");
}

#[test]
fn a_reset_asks_before_it_brings_the_shipped_text_back() {
    let mut terminal = Terminal::open_with(120, |_| ());
    terminal.wait_for_first_verdicts();
    terminal.fixture.write(EXERCISE, RIGHT_ANSWER);
    terminal.wait_for("every check passes");
    terminal.press("r");
    terminal.wait_for("Bring the shipped text of ch01-first back? Yours is kept beside it. y/n");
    terminal.press("n");
    terminal.wait_for("It stays as it is.");
    assert_eq!(terminal.fixture.read(EXERCISE), RIGHT_ANSWER);
    terminal.press("ry");
    terminal.wait_for("is as shipped; yours is exercises/ch01-first/src/lib.yours-1.rs");
    assert_eq!(terminal.fixture.read(EXERCISE), WRONG_ANSWER);
}

#[cfg(target_os = "linux")]
#[test]
fn the_page_opens_in_the_browser() {
    use std::os::unix::fs::PermissionsExt;
    let programs = tempfile::tempdir().unwrap();
    let browser = programs.path().join("xdg-open");
    let opened = programs.path().join("opened");
    let code = format!("#!/bin/sh\necho \"$1\" > {}\n", opened.display());
    fs::write(&browser, code).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", programs.path().display());
    let mut terminal = Terminal::open_with(80, |command| {
        command.env("PATH", path);
    });
    terminal.wait_for_first_verdicts();
    terminal.press("o");
    wait_until("the page's opening", || {
        fs::read_to_string(&opened).is_ok_and(|url| url.ends_with("/ch01-first.html\n"))
    });
}

#[test]
fn the_terminal_is_given_back_on_quitting_and_on_ctrl_c() {
    for (key, code) in [("q", 0), ("\u{3}", 130)] {
        let mut terminal = Terminal::open();
        terminal.wait_for_first_verdicts();
        assert!(terminal.reads_single_keys());
        terminal.press(key);
        assert_eq!(terminal.ended(), Some(code));
        assert!(!terminal.reads_single_keys());
        wait_until("the cursor's return", || {
            terminal.raw().ends_with("\u{1b}[?25h")
        });
    }
}

#[test]
fn the_terminal_is_given_back_when_a_signal_ends_the_workbook() {
    for signal in ["-INT", "-TERM"] {
        let mut terminal = Terminal::open();
        terminal.wait_for_first_verdicts();
        let process = terminal.server.id().to_string();
        Command::new("kill")
            .args([signal, &process])
            .status()
            .unwrap();
        assert_eq!(terminal.ended(), Some(130), "{signal}");
        assert!(!terminal.reads_single_keys(), "{signal}");
    }
}

#[test]
fn no_color_is_respected() {
    let terminal = Terminal::open_with(80, |command| {
        command.env("NO_COLOR", "1");
    });
    terminal.wait_for_first_verdicts();
    terminal
        .fixture
        .write(EXERCISE, &WRONG_ANSWER.replace("41", "40"));
    terminal.wait_for("✗ the answer is right\r\n");
    let raw = terminal.raw();
    let colours = raw.split("\u{1b}[").skip(1).filter(|code| {
        let end = code.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        code[end..].starts_with('m')
    });
    assert_eq!(colours.count(), 0, "{raw:?}");
}

#[test]
fn in_a_narrow_terminal_no_line_is_longer_than_it() {
    let terminal = Terminal::open_with(40, |_| ());
    terminal.wait_for_first_verdicts();
    terminal
        .fixture
        .write(EXERCISE, &WRONG_ANSWER.replace("41", "40"));
    terminal.wait_for("✗ the answer is right\r\n");
    terminal.wait_for("promise 2: The answer is 42.");
    for line in terminal.text().lines() {
        // A word alone in its line, such as a path, is as long as it is.
        let is_one_word = !line.trim().contains(' ');
        assert!(is_one_word || line.chars().count() <= 40, "{line:?}");
    }
}
