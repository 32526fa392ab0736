//! Loads the chapters, runs their checks and reports.
//!
//! This library knows chapters, checks and cargo. It knows no book and no web.

mod answers;
mod chapter;
mod check_process;
mod cli;
mod compile;
mod events;
mod exercise;
mod fix;
mod hint;
mod history;
mod honest;
#[cfg(windows)]
mod job;
mod last_check;
mod layout;
mod manifest;
mod origins;
mod print;
mod problem;
mod process;
mod progress;
mod promises;
mod report;
mod reset;
mod root;
mod run;
mod saving;
mod source;
mod tasks;
mod text;
mod variant;
mod verdict;

pub use answers::try_answers;
pub use chapter::{Chapter, heading};
pub use cli::{check_and_report, show};
pub use compile::compile_ahead;
pub use events::{Event, Observer, Phase};
pub use exercise::{Saved, is_as_shipped, read_answer, save_answer};
pub use fix::{NearWrongFix, difference_to_fix, nearest_wrong_fix};
pub use hint::{next_hint, next_unsolved, way_on};
pub use history::{Earlier, History, history, restore};
pub use last_check::still_passes;
pub use manifest::{Audit, Base, Check, Manifest, Minutes, Shipped, Wrong};
pub use print::{ProgressLine, exit_code, print_line, say_error};
pub use problem::Problem;
pub use process::{End, Ended, Limit, TASKS, end_all_and_exit, end_all_on_ctrl_c, run_bounded};
pub use progress::{Done, Listed, Progress, list};
pub use report::{
    COLOURED, PLAIN, Styles, first_failure, one_line, one_line_in, other_checks, short, text,
    text_in,
};
pub use reset::{Reset, reset, reset_and_tell};
pub use root::{Root, is_chapter_name};
pub use run::{Limits, run_exercise, run_variant};
pub use source::{Origin, Source};
pub use text::LARGEST_TEXT;
pub use variant::Variant;
pub use verdict::{CheckResult, CheckState, Outcome, Promise, Verdict};
