//! Compiles and runs the Rust blocks of the book, and refuses what mdbook-keeper lets pass by itself.

mod book;
mod keeper;

pub use book::{Block, blocks, load, root};
pub use keeper::Keeper;
