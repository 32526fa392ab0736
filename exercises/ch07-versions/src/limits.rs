//! What each ONNX Runtime can read. Finished: nothing to edit here.

/// The newest model that a runtime reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The highest IR version.
    pub ir_version: i64,
    /// The highest opset of ONNX's own operators.
    pub opset: i64,
}

/// From which minor version of ONNX Runtime 1.x on. The C API does not tell, so this was measured.
const SINCE: [(u64, Limits); 3] = [
    (24, limits(13, 25)),
    (25, limits(13, 26)),
    (32, limits(14, 28)),
];

const fn limits(ir_version: i64, opset: i64) -> Limits {
    Limits { ir_version, opset }
}

/// What ONNX Runtime 1.`minor` reads, for 1.24 and later. Of one that is newer than this table: at
/// least this.
pub fn of(minor: u64) -> Limits {
    let known = SINCE.iter().rev().find(|(since, _)| *since <= minor);
    known.unwrap_or(&SINCE[0]).1
}
