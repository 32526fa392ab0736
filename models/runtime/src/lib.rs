//! What runs the bundled model: the embedded runtime, or the ONNX Runtime of `ORT_DYLIB_PATH`.
