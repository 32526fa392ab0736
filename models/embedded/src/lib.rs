//! `ort-tract` as a shared library that `ort` loads as it loads any ONNX Runtime.
//!
//! No crate calls this one: what depends on it has the library built, `runtime` finds it.

use std::ffi::{CStr, c_char};
use std::ptr;

use ort_sys::{ORT_API_VERSION, OrtApi, OrtApiBase};

static API: OrtApi = ort_tract::api();
static BASE: OrtApiBase = OrtApiBase {
    GetApi: get_api,
    GetVersionString: get_version_string,
};

/// ONNX Runtime 1.N has the versions 1 to N of the API.
const VERSION: &CStr = c"1.24.0";
const _: () = assert!(ORT_API_VERSION == 24, "`VERSION` names another API");

/// The one symbol that every ONNX Runtime exports.
#[unsafe(no_mangle)]
extern "system" fn OrtGetApiBase() -> *const OrtApiBase {
    &BASE
}

extern "system" fn get_version_string() -> *const c_char {
    VERSION.as_ptr()
}

/// NULL for each other version: the table may be shorter or longer than its caller takes it to be.
extern "system" fn get_api(version: u32) -> *const OrtApi {
    if version == ORT_API_VERSION {
        &API
    } else {
        ptr::null()
    }
}
