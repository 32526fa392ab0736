// breaks 1, 10: a hash is computed once for each path and believed ever after

// ANCHOR: uses
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use manifest::{TestedFile, TestedRuntime};

pub use manifest::Manifest;
pub use refusal::Refusal;
// ANCHOR_END: uses

// ANCHOR: tested
fn is_the_tested(
    path: &Path,
    bytes: &[u8],
    tested: &TestedFile,
    release: &str,
) -> Result<(), Refusal> {
    let mut known = KNOWN.lock().unwrap();
    let found = known
        .entry(path.to_owned())
        .or_insert_with(|| manifest::sha256(bytes))
        .clone();
    drop(known);
    if found == tested.sha256 {
        return Ok(());
    }
    Err(Refusal::OtherRevision {
        path: path.to_owned(),
        release: release.to_owned(),
        found,
        tested: tested.sha256.clone(),
    })
}
// ANCHOR_END: tested

// ANCHOR: state
static KNOWN: Mutex<BTreeMap<PathBuf, String>> = Mutex::new(BTreeMap::new());

/// An ONNX Runtime that has the API version which the service calls.
struct Runtime {
    /// As the library reports it.
    version: String,
    /// Of 1.`minor`.
    minor: u64,
}
// ANCHOR_END: state
