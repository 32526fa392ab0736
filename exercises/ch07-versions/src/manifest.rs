//! What was tested together. Finished: nothing to edit here.

use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::refusal::Refusal;

/// What a release was tested with, written by the job that tested it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Manifest {
    /// The release's name.
    pub release: String,
    /// The library.
    pub runtime: TestedRuntime,
    /// `model.onnx`.
    pub model: TestedFile,
    /// `tokenizer.json`, which holds the preprocessing too.
    pub tokenizer: TestedFile,
}

/// `[runtime]` of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TestedRuntime {
    /// The version of the C API that the service calls, `ort`'s feature `api-24`. ONNX Runtime 1.24 is
    /// the first that has API version 24, and every later 1.x still has it.
    pub api: u64,
    /// The newest ONNX Runtime that the release was tested on, for instance `1.31.1`.
    pub tested: String,
}

/// `[model]` and `[tokenizer]` of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TestedFile {
    /// Of the whole file, in lower-case hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// Reads a `manifest.toml`.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Unreadable`] or [`Refusal::Manifest`].
    pub fn read(path: &Path) -> Result<Manifest, Refusal> {
        let text = read(path)?;
        toml::from_slice(&text).map_err(|error| Refusal::Manifest {
            path: path.to_owned(),
            reason: error.message().to_owned(),
        })
    }
}

/// The whole file.
///
/// # Errors
/// [`Refusal::Missing`] or [`Refusal::Unreadable`].
pub fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    if !path.is_file() {
        return Err(Refusal::Missing {
            path: path.to_owned(),
        });
    }
    std::fs::read(path).map_err(|error| Refusal::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

/// The hash of `bytes`, as the manifest writes it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
