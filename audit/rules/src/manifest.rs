//! A Cargo.toml, with places.

use toml_edit::Document;

/// A Cargo.toml.
pub struct Manifest {
    /// Its text.
    pub text: String,
    /// Its tables, each with its span.
    pub document: Document<String>,
}

impl Manifest {
    /// Reads the text of a Cargo.toml.
    ///
    /// # Errors
    /// One line that says where it is no TOML.
    pub fn read(text: String) -> Result<Self, String> {
        let document = Document::parse(text.clone()).map_err(|error| {
            let line = error
                .span()
                .map_or(1, |span| text[..span.start].lines().count().max(1));
            format!(
                "line {line}: {}",
                error.message().lines().next().unwrap_or_default()
            )
        })?;
        Ok(Self { text, document })
    }
}
