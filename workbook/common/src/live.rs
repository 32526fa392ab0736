//! How a server of the workbook is told from others that listen.

/// Where it says whether it serves a page live: with the key also what a page needs, without it [`LOCKED`].
pub const LIVE: &str = "/workbook.json";

/// The whole answer to whoever has no key.
pub const LOCKED: &str = r#"{"live":false,"locked":true}"#;
