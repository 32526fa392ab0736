// keeps all: a file is hashed while it is read, a piece at a time

// ANCHOR: uses
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use manifest::{TestedFile, TestedRuntime};

pub use manifest::Manifest;
pub use refusal::Refusal;
// ANCHOR_END: uses

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    is_the_tested(
        &deployment.tokenizer,
        &manifest.tokenizer,
        &manifest.release,
    )?;
    is_the_tested(&deployment.model, &manifest.model, &manifest.release)?;
    runtime.reads(&manifest::read(&deployment.model)?, &deployment.model)?;
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight

// ANCHOR: tested
fn is_the_tested(path: &Path, tested: &TestedFile, release: &str) -> Result<(), Refusal> {
    let missing = || Refusal::Missing {
        path: path.to_owned(),
    };
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::IsADirectory => missing(),
        _ => Refusal::Unreadable {
            path: path.to_owned(),
            reason: error.to_string(),
        },
    };
    if path.is_dir() {
        return Err(missing());
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let mut hash = Sha256::new();
    let mut piece = [0; 1 << 13];
    loop {
        match file.read(&mut piece).map_err(unreadable)? {
            0 => break,
            length => hash.update(&piece[..length]),
        }
    }
    let found: String = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
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
