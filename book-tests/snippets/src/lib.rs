//! Compiles and runs the Rust blocks of the book, and refuses what mdbook-keeper lets pass by itself.

mod book;
mod bounded;
mod keeper;

pub use book::{Block, blocks, load, root};
pub use bounded::{Ended, run_bounded};
pub use keeper::Keeper;
