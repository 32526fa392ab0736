//! Prints which ONNX Runtime the library is that `ORT_DYLIB_PATH` names. Where it is none, the exit code is 2, and stderr says why.

use std::process::ExitCode;

fn main() -> ExitCode {
    let path = runtime_probe::asked_for().unwrap_or_default();
    match runtime_probe::probe(&path) {
        Ok(library) => {
            println!(
                "ONNX Runtime {}: {}",
                library.version,
                library.path.display()
            );
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("{refusal}");
            ExitCode::from(2)
        }
    }
}
