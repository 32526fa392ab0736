//! How a command prints: in colour where that is wanted, and without a word when nobody reads any more.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write, stderr};
use std::process::ExitCode;

/// What a shell reports of a program that a closed pipe has ended: 128 and the number of SIGPIPE.
const CLOSED_PIPE: u8 = 141;

/// Prints a line. Its colours go only to a terminal, and not where `NO_COLOR` is set. An error says that nobody reads
/// any more, as after `| head -1`.
pub fn print_line(line: impl Display) -> anyhow::Result<()> {
    writeln!(anstream::stdout(), "{line}")?;
    Ok(())
}

/// Prints a line to standard error. Nobody may be there to read it.
pub fn say_error(line: impl Display) {
    let _ = writeln!(stderr(), "{line}");
}

/// The exit code of a command whose input is wrong, after it has said so in one line; of one whose reader has gone, that
/// of a program that a closed pipe has ended.
pub fn exit_code(done: anyhow::Result<ExitCode>) -> ExitCode {
    done.unwrap_or_else(|error| {
        let kind = error.downcast_ref().map(std::io::Error::kind);
        if kind == Some(ErrorKind::BrokenPipe) {
            return ExitCode::from(CLOSED_PIPE);
        }
        // It may quote what somebody has typed or pasted: a line's end or a colour in it is not for this terminal.
        let line = format!("{error:#}").replace(char::is_control, " ");
        say_error(line);
        ExitCode::from(2)
    })
}

/// A line of the terminal that says how far a long work is, and is gone when it is done. Where standard error is no
/// terminal there is none.
pub struct ProgressLine(());

impl ProgressLine {
    /// An empty one.
    pub fn new() -> ProgressLine {
        ProgressLine(())
    }

    /// Puts `text` in its place.
    pub fn show(&self, text: impl Display) {
        // Without the terminal's own line breaks: what is too long is cut at its edge.
        ProgressLine::write(format_args!("\x1b[?7l{text}\x1b[?7h"));
    }

    /// Leaves an empty line, also where the process is about to end.
    pub fn clear() {
        ProgressLine::write("");
    }

    fn write(text: impl Display) {
        let is_dumb = std::env::var("TERM").is_ok_and(|name| name == "dumb");
        if stderr().is_terminal() && !is_dumb {
            let _ = write!(anstream::AutoStream::always(stderr()), "\r\x1b[K{text}");
            let _ = stderr().flush();
        }
    }
}

impl Default for ProgressLine {
    fn default() -> ProgressLine {
        ProgressLine::new()
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        ProgressLine::clear();
    }
}
