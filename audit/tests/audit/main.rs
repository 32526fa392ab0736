//! `cargo inference-audit` as a team uses it: on projects in folders of their own.

mod allowed;
mod bad_input;
mod baseline;
mod command;
mod formats;
mod judged;
mod project;
mod reading;
