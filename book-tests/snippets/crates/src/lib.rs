//! Empty: mdbook-keeper builds this package to have what the book's Rust blocks may use.
