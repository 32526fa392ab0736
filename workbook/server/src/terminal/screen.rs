use std::io::{Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, MoveToColumn, MoveToPreviousLine, Show};
use crossterm::terminal::{self, Clear, ClearType};
use crossterm::{execute, queue};

/// Whether the terminal is in raw mode: keys come one by one, and nothing is done about Ctrl-C but by us.
static IS_RAW: AtomicBool = AtomicBool::new(false);

/// Gives the terminal back as it was. Does nothing the second time.
pub fn restore() {
    if IS_RAW.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            stdout(),
            MoveToColumn(0),
            Clear(ClearType::FromCursorDown),
            Show
        );
        let _ = terminal::disable_raw_mode();
    }
}

/// A terminal that what is printed scrolls through, with a status below it.
pub struct Screen {
    columns: usize,
    rows: usize,
    /// How many characters each line of the status has that is drawn.
    status: Vec<usize>,
}

impl Screen {
    /// Takes the terminal over, until [`restore`]. None, if it gives no single keys.
    pub fn open() -> Option<Screen> {
        let mut screen = Screen {
            columns: 0,
            rows: 0,
            status: Vec::new(),
        };
        screen.take().then_some(screen)
    }

    fn take(&mut self) -> bool {
        IS_RAW.store(true, Ordering::SeqCst);
        if terminal::enable_raw_mode().is_err() {
            IS_RAW.store(false, Ordering::SeqCst);
            return false;
        }
        let _ = execute!(stdout(), Hide);
        let (columns, rows) = terminal::size().unwrap_or_default();
        self.resize(columns, rows);
        self.status.clear();
        true
    }

    /// Gives the terminal back until the shell lets us go on.
    #[cfg(unix)]
    pub fn suspend(&mut self) {
        use rustix::process::{Signal, getpid, kill_process};
        restore();
        let _ = kill_process(getpid(), Signal::TSTP);
        self.take();
    }

    /// The terminal has this size now.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        // One that tells no size is taken for an ordinary one.
        let or = |size: u16, usual| if size == 0 { usual } else { usize::from(size) };
        (self.columns, self.rows) = (or(columns, 80), or(rows, 24));
    }

    /// In characters.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// In lines.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Prints `text` where the status was, and `status` below it.
    pub fn print(&mut self, text: &str, status: &[String]) {
        let mut drawn = Vec::new();
        let _ = self.draw(&mut drawn, text, status);
        // The terminal may be gone: the page is still there.
        let _ = stdout().write_all(&drawn);
        let _ = stdout().flush();
    }

    fn draw(&mut self, out: &mut Vec<u8>, text: &str, status: &[String]) -> std::io::Result<()> {
        // A narrower terminal has broken the old lines.
        let old = self.status.iter();
        let old: usize = old.map(|length| length.div_ceil(self.columns).max(1)).sum();
        if old > 1 {
            queue!(
                out,
                MoveToPreviousLine((old - 1).try_into().unwrap_or(u16::MAX))
            )?;
        }
        queue!(out, MoveToColumn(0), Clear(ClearType::FromCursorDown))?;
        for line in text.lines() {
            write!(out, "{line}\r\n")?;
        }
        let lines: Vec<String> = status
            .iter()
            .map(|line| cut(line, self.columns - 1))
            .collect();
        write!(out, "{}", lines.join("\r\n"))?;
        self.status = lines.iter().map(|line| length(line)).collect();
        Ok(())
    }
}

/// `text` with no line longer than `columns`: it is broken between words, and what is broken off begins below its line's
/// first character.
pub fn wrap(text: &str, columns: usize) -> String {
    let lines = text.lines().map(|line| wrap_line(line, columns));
    lines.collect::<Vec<String>>().join("\n")
}

fn wrap_line(line: &str, columns: usize) -> String {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    let indent = if blanks + 20 <= columns { blanks } else { 0 };
    let mut broken = String::new();
    let mut column = 0;
    for word in line.split_inclusive(' ') {
        let width = length(word.trim_end_matches(' '));
        if column > indent && column + width > columns {
            let kept = broken.trim_end_matches(' ').len();
            broken.truncate(kept);
            broken.push('\n');
            broken.push_str(&" ".repeat(indent));
            column = indent;
        }
        broken.push_str(word);
        column += length(word);
    }
    broken.trim_end_matches(' ').to_owned()
}

/// The first `columns` characters; the last of them says that there are more.
pub fn cut(line: &str, columns: usize) -> String {
    if length(line) <= columns {
        return line.to_owned();
    }
    let mut kept = String::new();
    let mut left = columns.saturating_sub(1);
    for (piece, is_shown) in pieces(line) {
        if is_shown {
            if left == 0 {
                continue;
            }
            left -= 1;
            if left == 0 {
                kept.push_str(piece);
                kept.push('…');
                continue;
            }
        }
        kept.push_str(piece);
    }
    kept
}

/// How many characters are shown: those that choose a colour are not.
pub fn length(text: &str) -> usize {
    pieces(text).filter(|(_, is_shown)| *is_shown).count()
}

/// Each character that is shown, and each sequence that chooses a colour.
fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_shown = !rest.starts_with("\x1b[");
        let end = match is_shown {
            true => first.len_utf8(),
            false => rest.find('m').map_or(rest.len(), |end| end + 1),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some((piece, is_shown))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_broken_between_words_below_its_own_beginning() {
        let text = "  client 1 got no reply\n  expected: its own";
        assert_eq!(
            wrap(text, 24),
            "  client 1 got no reply\n  expected: its own"
        );
        assert_eq!(
            wrap(text, 22),
            "  client 1 got no\n  reply\n  expected: its own"
        );
    }

    #[test]
    fn a_word_that_is_too_long_stays_whole() {
        assert_eq!(
            wrap("at exercises/ch01/src/lib.rs", 10),
            "at\nexercises/ch01/src/lib.rs"
        );
    }

    #[test]
    fn colours_take_no_room() {
        let coloured = "\x1b[1m\x1b[31mone\x1b[0m two";
        assert_eq!(length(coloured), 7);
        assert_eq!(wrap(coloured, 7), coloured);
        assert_eq!(cut(coloured, 7), coloured);
        assert_eq!(cut(coloured, 3), "\x1b[1m\x1b[31mon…\x1b[0m");
    }
}
