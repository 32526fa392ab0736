//! A terminal for a program under test, and somebody who sits at it.

use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use anstream::adapter::strip_str;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

pub struct Terminal {
    /// The end of whoever sits at it.
    keyboard: File,
    /// The end that the program has.
    path: PathBuf,
    /// Kept open, so that the terminal outlives the program.
    end: File,
    shown: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    /// Of 24 lines.
    pub fn open(columns: u16) -> Terminal {
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
        let path = PathBuf::from(ptsname(&ours, Vec::new()).unwrap().into_string().unwrap());
        let keyboard = File::from(ours);
        let (shown, mut screen) = (Arc::default(), keyboard.try_clone().unwrap());
        let seen: Arc<Mutex<Vec<u8>>> = Arc::clone(&shown);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = screen.read(&mut buffer) {
                seen.lock().unwrap().extend_from_slice(&buffer[..count]);
            }
        });
        Terminal {
            keyboard,
            end: end(&path),
            path,
            shown,
        }
    }

    /// Gives the program this terminal.
    pub fn connect(&self, command: &mut Command) {
        command
            .stdin(Stdio::from(end(&self.path)))
            .stdout(Stdio::from(end(&self.path)))
            .stderr(Stdio::from(end(&self.path)))
            .env("TERM", "xterm-256color")
            .env_remove("NO_COLOR");
    }

    pub fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// All that was shown, with its colours.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.shown.lock().unwrap()).into_owned()
    }

    /// All that was shown. Where the cursor went back to the beginning of a line a new one begins.
    pub fn text(&self) -> String {
        let raw = self.raw().replace("\u{1b}[1G", "\r\n");
        strip_str(&raw).to_string()
    }

    pub fn reads_single_keys(&self) -> bool {
        let modes = tcgetattr(&self.end).unwrap().local_modes;
        !modes.contains(LocalModes::ICANON) && !modes.contains(LocalModes::ECHO)
    }
}

fn end(path: &PathBuf) -> File {
    File::options().read(true).write(true).open(path).unwrap()
}
