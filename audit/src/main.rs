//! `cargo inference-audit`.

use std::io::{ErrorKind, Write, stderr};
use std::process::ExitCode;

use inference_audit::{Arguments, run};

/// What a shell reports of a program that a closed pipe has ended: 128 and the number of SIGPIPE.
const CLOSED_PIPE: u8 = 141;

fn main() -> ExitCode {
    let done = match Arguments::read() {
        Ok(arguments) => run(&arguments, &mut anstream::stdout(), &mut stderr()),
        Err(done) => done,
    };
    done.unwrap_or_else(|error| {
        let kind = error.downcast_ref().map(std::io::Error::kind);
        if kind == Some(ErrorKind::BrokenPipe) {
            return ExitCode::from(CLOSED_PIPE);
        }
        // Nobody may be there to read it.
        let _ = writeln!(stderr(), "error: {error:#}");
        ExitCode::from(2)
    })
}
