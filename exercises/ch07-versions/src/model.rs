//! Reads the header of an ONNX model. Finished: nothing to edit here.

use prost::Message;

/// The versions that a model declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The version of the file format.
    pub ir_version: i64,
    /// The operator sets that its nodes are from, in any order. A domain may be listed twice.
    pub opsets: Vec<Opset>,
}

/// The operators of one domain, in one version. Each domain counts its versions for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opset {
    /// Empty or `ai.onnx`: both name ONNX's own operators. Others are, for instance, `com.microsoft`.
    pub domain: String,
    /// From 1 upwards.
    pub version: i64,
}

/// Reads the header of a model: its graph and its weights are skipped.
///
/// # Errors
/// What is wrong, if the bytes are no ONNX model.
pub fn header(model: &[u8]) -> Result<Header, String> {
    let model = ModelProto::decode(model).map_err(|error| error.to_string())?;
    if model.ir_version == 0 || model.opset_import.is_empty() {
        return Err("it declares no version".into());
    }
    let opsets = model.opset_import.into_iter().map(|opset| Opset {
        domain: opset.domain,
        version: opset.version,
    });
    Ok(Header {
        ir_version: model.ir_version,
        opsets: opsets.collect(),
    })
}

/// The part of `onnx.proto` that this needs. Fields that are not named here are skipped.
#[derive(Message)]
struct ModelProto {
    #[prost(int64, tag = "1")]
    ir_version: i64,
    #[prost(message, repeated, tag = "8")]
    opset_import: Vec<OperatorSetIdProto>,
}

#[derive(Message)]
struct OperatorSetIdProto {
    #[prost(string, tag = "1")]
    domain: String,
    #[prost(int64, tag = "2")]
    version: i64,
}
