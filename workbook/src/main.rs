//! `cargo workbook`: show the book, check answers, give hints, bring the shipped text back.
//!
//! The server stands in a package of its own: what a learner asks for in the terminal must not wait
//! until a web server has been compiled.

mod doctor;
mod launch;
mod new;
mod workshop;

use std::env::args_os;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use common::arguments::{self, Class, Serve};
use runner::{Listed, Root, next_hint, print_line, reset_and_tell};

use crate::launch::launch;

const EXIT_CODES: &str = "\
Exit codes:
  0    done; after `check`: every check passes, after `answers`: every verdict is as told
  1    after `check`: a check does not pass, after `answers`: a verdict is another one, after `audit`: something is found that `--deny` names
  2    not done, and one line on standard error says why; after `doctor`: something is missing
  130  ended by Ctrl-C
  141  ended because nothing reads its output any more";

/// Rust AI Inference Pitfalls. Without a command: shows the book and checks chapters as you save them.
#[derive(Parser)]
#[command(
    name = "cargo workbook",
    bin_name = "cargo workbook",
    disable_help_subcommand = true,
    version,
    propagate_version = true,
    after_help = EXIT_CODES
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the checks of one chapter, or of all
    Check {
        /// `ch02`, `2` or `ordering`
        chapter: Vec<String>,
        /// Takes this file, named from the chapter's folder, in place of your src/lib.rs: `shipped.rs`
        /// or one of `wrong/`
        #[arg(long, value_name = "FILE", requires = "chapter")]
        with: Option<PathBuf>,
    },
    /// Shows what is compiled in place of your src/lib.rs when a wrong fix or an answer is checked
    Show {
        /// `ch02`, `2` or `ordering`
        chapter: String,
        /// A file named from the chapter's folder: one of `wrong/`
        file: Option<PathBuf>,
        /// Shows the difference to the text that it changes
        #[arg(long)]
        diff: bool,
    },
    /// Tries the right and wrong answers that stand beside the exercises: for whoever changes checks
    Answers {
        /// `ch02`, `2` or `ordering`; without one, all
        chapter: Vec<String>,
    },
    /// Makes a chapter that compiles, with a check, a wrong fix and a page, for its author to change
    New {
        /// `ch08-name`
        name: String,
        /// What the page is called
        title: String,
    },
    /// Shows the next of a chapter's three hints
    Hint {
        /// `ch02`, `2` or `ordering`
        #[arg(required = true)]
        chapter: Vec<String>,
    },
    /// Brings a chapter's shipped text back and keeps yours beside it
    Reset {
        /// `ch02`, `2` or `ordering`
        #[arg(required = true)]
        chapter: Vec<String>,
    },
    /// Lists the last 20 texts of a chapter's exercise, or brings one back
    History {
        /// `ch02`, `2` or `ordering`
        #[arg(required = true)]
        chapter: Vec<String>,
        /// Puts the text with this number into your src/lib.rs
        #[arg(long, value_name = "NUMBER")]
        restore: Option<u32>,
    },
    /// Lists the chapters and how far you are; ✓ marks what you have solved
    List,
    /// Looks for the book's pitfalls in code of your own: `cargo workbook audit --help` says how
    #[command(disable_help_flag = true, disable_version_flag = true)]
    Audit {
        /// Files and folders; without one, the folder that you are in
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        its_own: Vec<OsString>,
    },
    /// Opens the class board: shows an instructor which checks the room passes and where it is stuck
    Class(Class),
    /// Tells whether this machine has what the workbook needs
    Doctor {
        /// Compiles everything ahead, so that a workshop needs no network
        #[arg(long)]
        workshop: bool,
    },
}

fn main() -> ExitCode {
    runner::exit_code(match arguments::read() {
        Ok(arguments) => run(arguments),
        Err(done) => done,
    })
}

fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Some(command) = arguments.command else {
        return launch(
            &Root::find()?,
            "workbook-server",
            "the book's server",
            args_os().skip(1),
        );
    };
    match command {
        Command::Check { chapter, with } => {
            return runner::check_and_report(in_words(&chapter).as_deref(), with.as_deref());
        }
        Command::Show {
            chapter,
            file,
            diff,
        } => print_line(runner::show(&chapter, file.as_deref(), diff)?.trim_end())?,
        Command::Answers { chapter } => {
            return runner::try_answers(in_words(&chapter).as_deref());
        }
        Command::New { name, title } => print_line(new::make(&Root::find()?, &name, &title)?)?,
        Command::Hint { chapter } => {
            let root = Root::find()?;
            let chapter = root.chapter(&root.one(&chapter.join(" "))?)?;
            print_line(next_hint(&root, &chapter))?;
        }
        Command::Reset { chapter } => {
            let root = Root::find()?;
            let chapter = root.chapter(&root.one(&chapter.join(" "))?)?;
            print_line(reset_and_tell(&root, &chapter)?)?;
        }
        Command::History { chapter, restore } => {
            let root = Root::find()?;
            let chapter = root.chapter(&root.one(&chapter.join(" "))?)?;
            match restore {
                Some(number) => print_line(runner::restore(&root, &chapter, number)?)?,
                None => print_line(runner::history(&root, &chapter)?.join("\n"))?,
            }
        }
        Command::List => {
            let Listed { lines, broken } = runner::list(&Root::find()?)?;
            for line in lines {
                print_line(line)?;
            }
            for error in &broken {
                runner::say_error(format_args!("{error:#}"));
            }
            if !broken.is_empty() {
                return Ok(ExitCode::from(2));
            }
        }
        Command::Audit { its_own } => {
            let its_own = std::iter::once("inference-audit".into()).chain(its_own);
            return launch(&Root::find()?, "inference-audit", "the auditor", its_own);
        }
        Command::Class(_) => {
            let its_own = args_os().skip_while(|argument| argument != "class").skip(1);
            return launch(&Root::find()?, "workbook-class", "the class board", its_own);
        }
        Command::Doctor { workshop: false } => return doctor::examine(&Root::find()?),
        Command::Doctor { workshop: true } => return workshop::prepare(&Root::find()?),
    }
    Ok(ExitCode::SUCCESS)
}

/// A chapter may be named in two words, as in `chapter 3`.
fn in_words(chapter: &[String]) -> Option<String> {
    (!chapter.is_empty()).then(|| chapter.join(" "))
}
