//! The workbook's own tests: its runner and commands on good and bad input, and what the book draws from runs.

mod answers;
mod claims;
mod commands;
#[path = "../claims/examined.rs"]
mod examined;
mod facts;
mod fixture;
#[path = "../claims/html.rs"]
mod html;
mod manifest;
mod new;
mod runner;
mod schedules;
mod take_home;

/// The command under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_workbook");
