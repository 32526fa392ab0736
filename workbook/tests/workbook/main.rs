//! The workbook's own tests: what its chapters claim, and its runner and commands on good and bad input.

mod answers;
mod claims;
mod commands;
mod figures;
mod fixture;
mod manifest;
mod runner;
mod schedules;

/// The command under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_workbook");
