// keeps all: everything stands in one function, with a macro for each early return
// on shipped

// ANCHOR: uses
use std::path::PathBuf;

pub use manifest::Manifest;
pub use refusal::Refusal;
// ANCHOR_END: uses

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    macro_rules! refuse {
        ($kind:ident, $path:expr $(, $field:ident: $value:expr)*) => {
            return Err(Refusal::$kind { path: $path.clone(), $($field: $value.into()),* })
        };
    }
    let Deployment {
        runtime: library,
        model,
        tokenizer,
        manifest: manifest_path,
    } = deployment;
    let manifest = Manifest::read(manifest_path)?;
    if !library.is_file() {
        refuse!(Missing, library)
    }
    let platforms = match library::built_for(library) {
        Ok(platforms) => platforms,
        Err(error) => refuse!(Unreadable, library, reason: error.to_string()),
    };
    let here = library::Platform::here();
    if platforms.is_empty() {
        refuse!(NotARuntime, library, found: "no shared library")
    }
    if !platforms.contains(&here) {
        refuse!(WrongPlatform, library, found: platforms[0].to_string(), here: here.to_string())
    }
    let reported = match library::version(library) {
        Ok(reported) => reported,
        Err(error) => refuse!(NotARuntime, library, found: error.to_string()),
    };
    let number = |text: &str, at: usize| {
        let part = text.split('.').nth(at)?;
        part.parse::<u32>().ok().map(u64::from)
    };
    let (Some(major), Some(minor)) = (number(&reported, 0), number(&reported, 1)) else {
        refuse!(NotARuntime, library, found: format!("it reports {reported}"))
    };
    let api = manifest.runtime.api;
    match major {
        0 => refuse!(TooOld, library, found: reported, needs: api),
        1 if minor < api => refuse!(TooOld, library, found: reported, needs: api),
        1 => {}
        _ => refuse!(TooNew, library, found: reported),
    }
    let bytes = manifest::read(model)?;
    let header = match model::header(&bytes) {
        Ok(header) => header,
        Err(reason) => refuse!(NotAModel, model, reason: reason),
    };
    let limits::Limits { ir_version, opset } = limits::of(minor);
    if header.ir_version > ir_version {
        refuse!(ModelTooNew, model, what: "IR version", found: header.ir_version, reads: ir_version,
            runtime: reported)
    }
    let own = ["", "ai.onnx"];
    if let Some(newer) = header
        .opsets
        .iter()
        .rfind(|it| own.contains(&it.domain.as_str()) && it.version > opset)
    {
        refuse!(ModelTooNew, model, what: "opset", found: newer.version, reads: opset, runtime: reported)
    }
    for (path, bytes, tested) in [
        (
            tokenizer,
            manifest::read(tokenizer)?,
            manifest.tokenizer.sha256,
        ),
        (model, bytes, manifest.model.sha256),
    ] {
        let found = manifest::sha256(&bytes);
        if found != tested {
            refuse!(OtherRevision, path, release: &manifest.release, found: found, tested: tested)
        }
    }
    let tested = manifest.runtime.tested;
    let warnings = match number(&tested, 1) {
        Some(known) if known < minor => vec![format!(
            "nobody has tested ONNX Runtime {reported}: the newest tested one is {tested}"
        )],
        _ => vec![],
    };
    Ok(Report {
        runtime: reported,
        warnings,
    })
}
// ANCHOR_END: preflight

// ANCHOR: version

// ANCHOR_END: version
