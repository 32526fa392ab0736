use crate::Refusal;

#[path = "check/files.rs"]
mod files;
#[path = "check/stage.rs"]
mod stage;

use stage::{API, File, Stage, TESTED};

const NUMBERS: &str =
    "the parts of a version are numbers, compared one by one: neither text nor a fraction";

#[test]
fn what_was_tested_together_may_start() {
    let stage = Stage::new(TESTED);
    let why = "this is the very deployment that the manifest tells of";
    let report = stage.expect_start(&format!("the release, on ONNX Runtime {TESTED}"), why);
    if !report.warnings.is_empty() {
        stage.fail(
            &format!(
                "it may start, with the warning: {}",
                report.warnings.join("; ")
            ),
            "no warning",
            why,
        );
    }
}

#[test]
fn a_runtime_without_the_api_version_is_too_old() {
    for version in ["1.9.0", "1.3.1", "1.23.2", "0.99.0", "0.124.0"] {
        let stage = Stage::new(version);
        stage.expect_refusal(
            &format!("ONNX Runtime {version}"),
            File::Runtime,
            &format!("TooOld, found {version}: the service calls API version {API}"),
            |refusal| matches!(refusal, Refusal::TooOld { found, needs: API, .. } if found == version),
            NUMBERS,
        );
    }
}

#[test]
fn a_later_minor_version_may_start_with_a_warning() {
    for version in ["1.32.0", "1.100.0"] {
        let stage = Stage::new(version);
        let why = "every ONNX Runtime 1.x has all API versions before its own; but nobody has tested this one";
        let report = stage.expect_start(&format!("ONNX Runtime {version}"), why);
        let names_both = |warning: &String| warning.contains(version) && warning.contains(TESTED);
        if !report.warnings.iter().any(names_both) {
            stage.fail(
                &format!(
                    "ONNX Runtime {version} may start, with the warnings {:?}",
                    report.warnings
                ),
                &format!("one that names {version} and {TESTED}, the newest that was tested"),
                why,
            );
        }
    }
}

#[test]
fn an_earlier_minor_version_may_start() {
    for version in ["1.24.0", "1.31.0", "1.31.7"] {
        let why = "what was tested is a point in a range: a patch or an older host is no reason to stand still";
        Stage::new(version).expect_start(&format!("ONNX Runtime {version}"), why);
    }
}

#[test]
fn the_next_major_version_is_too_new() {
    for version in ["2.0.0", "2.31.1", "10.24.0"] {
        let stage = Stage::new(version);
        stage.expect_refusal(
            &format!("ONNX Runtime {version}"),
            File::Runtime,
            &format!("TooNew, found {version}"),
            |refusal| matches!(refusal, Refusal::TooNew { found, .. } if found == version),
            "2.0 is later than 1.24, although 0 is less than 24; and its C API may be another one",
        );
    }
}

#[test]
fn the_version_is_what_the_library_reports() {
    let why =
        "a name is what somebody wrote: links, copies and image layers keep it and change the file";
    let stage = Stage::named("libonnxruntime.so.1.31.1", "1.23.2");
    stage.expect_refusal(
        "a library named 1.31.1 that reports 1.23.2",
        File::Runtime,
        "TooOld, found 1.23.2",
        |refusal| matches!(refusal, Refusal::TooOld { found, .. } if found == "1.23.2"),
        why,
    );
    let stage = Stage::named("libonnxruntime.so.1.9.0", TESTED);
    let what = format!("a library named 1.9.0 that reports {TESTED}");
    let mut seen = vec![(what, TESTED.to_owned(), stage)];
    // Where a real runtime is at hand: that one too, under a name that is wrong.
    seen.extend(
        Stage::on_the_real_runtime("libonnxruntime.so.1.9.0").map(|(version, stage)| {
            let what =
                format!("the library of ORT_DYLIB_PATH, ONNX Runtime {version}, named 1.9.0");
            (what, version, stage)
        }),
    );
    for (what, version, stage) in seen {
        let report = stage.expect_start(&what, why);
        if report.runtime != version {
            stage.fail(
                &format!("the report says of {what}: {}", report.runtime),
                &version,
                why,
            );
        }
    }
}

#[test]
fn what_is_no_runtime_is_told_as_such() {
    let why =
        "the right name on the wrong file: without a word of it, somebody debugs the model first";
    for (what, bytes) in files::no_runtimes() {
        let stage = Stage::new(TESTED);
        stage.replace(File::Runtime, &bytes);
        let is_told = |refusal: &Refusal| matches!(refusal, Refusal::NotARuntime { .. });
        stage.expect_refusal(&what, File::Runtime, "NotARuntime", is_told, why);
    }
    let stage = Stage::new("nightly");
    stage.expect_refusal(
        "a library that reports the version `nightly`",
        File::Runtime,
        "NotARuntime, found: words with `nightly` in them",
        |refusal| matches!(refusal, Refusal::NotARuntime { found, .. } if found.contains("nightly")),
        "what cannot be compared is shown to who can judge it",
    );
}

#[test]
fn a_library_for_another_machine_is_told_as_such() {
    let here = crate::library::Platform::here().to_string();
    for (system, processor, bytes) in files::libraries_of_all_machines() {
        let platform = format!("{system} for {processor}");
        if platform == here {
            continue;
        }
        let stage = Stage::new(TESTED);
        stage.replace(File::Runtime, &bytes);
        stage.expect_refusal(
            &format!("a library built as {platform}"),
            File::Runtime,
            &format!("WrongPlatform, found {platform}, here {here}"),
            |refusal| {
                matches!(refusal, Refusal::WrongPlatform { found, here: at, .. }
                    if found.contains(system) && found.contains(processor) && *at == here)
            },
            "a loader can say `No such file or directory` of it; its header says which package was taken",
        );
    }
}

#[test]
fn a_missing_file_is_named() {
    for file in [File::Runtime, File::Model, File::Tokenizer, File::Manifest] {
        let stage = Stage::new(TESTED);
        stage.remove(file);
        stage.expect_refusal(
            &format!("{} is missing", file.name()),
            file,
            "Missing",
            |refusal| matches!(refusal, Refusal::Missing { .. }),
            "of four paths, one is wrong: say which",
        );
    }
}

#[test]
fn a_folder_is_not_the_file_in_it() {
    for file in [File::Runtime, File::Model, File::Tokenizer, File::Manifest] {
        let stage = Stage::new(TESTED);
        stage.remove(file);
        stage.make_folder(file);
        stage.expect_refusal(
            &format!("a folder in the place of {}", file.name()),
            file,
            "Missing",
            |refusal| matches!(refusal, Refusal::Missing { .. }),
            "a path that exists is not yet a file: a mount without its source makes an empty folder",
        );
    }
}

#[test]
fn a_model_newer_than_this_runtime_is_refused() {
    let why =
        "the model is the tested one, and the host's runtime is older than the one of the test";
    let cases = [
        (
            "1.24.4",
            ("IR version", 14, 13),
            files::model(14, &[("", 25)]),
        ),
        ("1.24.4", ("opset", 26, 25), files::model(13, &[("", 26)])),
        (
            "1.31.1",
            ("IR version", 14, 13),
            files::model(14, &[("", 26)]),
        ),
        (
            "1.31.1",
            ("opset", 28, 26),
            files::model(8, &[("ai.onnx", 28)]),
        ),
        ("1.32.0", ("opset", 99, 28), files::model(14, &[("", 99)])),
    ];
    for (version, (what, found, reads), model) in cases {
        let stage = Stage::new(version);
        stage.release(File::Model, &model);
        stage.expect_refusal(
            &format!("a model of {what} {found} on ONNX Runtime {version}"),
            File::Model,
            &format!("ModelTooNew: {what} {found}, reads up to {reads}, runtime {version}"),
            |refusal| {
                matches!(refusal, Refusal::ModelTooNew { what: w, found: f, reads: r, runtime, .. }
                    if w.to_lowercase().contains(&what[..2].to_lowercase())
                        && (*f, *r) == (found, reads) && runtime == version)
            },
            why,
        );
    }
}

#[test]
fn a_model_that_this_runtime_reads_may_start() {
    let cases = [
        (
            "1.24.4",
            "IR version 13 and opset 25",
            files::model(13, &[("", 25)]),
        ),
        (
            "1.31.1",
            "IR version 13 and opset 26",
            files::model(13, &[("", 26)]),
        ),
        (
            "1.32.0",
            "IR version 14 and opset 28",
            files::model(14, &[("", 28)]),
        ),
        (
            "1.24.4",
            "IR version 3 and opset 7",
            files::model(3, &[("", 7)]),
        ),
    ];
    for (version, what, model) in cases {
        let stage = Stage::new(version);
        stage.release(File::Model, &model);
        let why = "a newer runtime reads newer models, and every runtime reads the old ones";
        stage.expect_start(&format!("a model of {what} on ONNX Runtime {version}"), why);
    }
}

#[test]
fn each_domain_counts_its_opsets_for_itself() {
    let why = "version 99 of your own operators is no opset of ONNX; `` and `ai.onnx` both are";
    for opsets in [
        [("com.example", 99), ("", 17)],
        [("ai.onnx", 17), ("com.example", 99)],
        [("ai.onnx.ml", 26), ("", 17)],
    ] {
        let stage = Stage::new("1.24.4");
        stage.release(File::Model, &files::model(8, &opsets));
        let [first, second] = opsets.map(|(domain, version)| format!("`{domain}` {version}"));
        stage.expect_start(&format!("a model of the opsets {first} and {second}"), why);
    }
    let stage = Stage::new("1.24.4");
    stage.release(
        File::Model,
        &files::model(8, &[("com.example", 1), ("ai.onnx", 99)]),
    );
    stage.expect_refusal(
        "a model of the opsets `com.example` 1 and `ai.onnx` 99",
        File::Model,
        "ModelTooNew: opset 99",
        |refusal| matches!(refusal, Refusal::ModelTooNew { found: 99, .. }),
        why,
    );
}

#[test]
fn what_is_no_model_is_told_as_such() {
    for (what, bytes) in files::no_models() {
        let stage = Stage::new(TESTED);
        stage.release(File::Model, bytes);
        stage.expect_refusal(
            what,
            File::Model,
            "NotAModel",
            |refusal| matches!(refusal, Refusal::NotAModel { .. }),
            "a checkout without its large files leaves a few lines of text under the model's name",
        );
    }
}

#[test]
fn a_tokenizer_of_another_release_is_refused() {
    let stage = Stage::new(TESTED);
    let other = files::tokenizer_of_another_release();
    stage.replace(File::Tokenizer, other.as_bytes());
    stage.expect_other_revision(
        "a tokenizer in which `good` and `poor` have each other's id",
        File::Tokenizer,
        "both files are right by themselves, and nothing compares them: a good film is now a poor one",
    );
}

#[test]
fn a_model_of_another_release_is_refused() {
    let stage = Stage::new(TESTED);
    stage.replace(File::Model, &files::model_of_another_release());
    let why = "weights that were trained again, for a tokenizer that was not";
    stage.expect_other_revision("a model with one other weight", File::Model, why);
}

#[test]
fn the_manifest_says_what_is_needed_and_what_was_tested() {
    let why = "the next release calls a newer API, and comes with another manifest: the code stays";
    let stage = Stage::of_release(31, "1.32.0", "1.30.0");
    stage.expect_refusal(
        "ONNX Runtime 1.30.0 for a release that calls API version 31",
        File::Runtime,
        "TooOld, needs 31",
        |refusal| matches!(refusal, Refusal::TooOld { needs: 31, .. }),
        why,
    );
    let stage = Stage::of_release(31, "1.32.0", "1.32.0");
    let what = "ONNX Runtime 1.32.0 for a release that was tested on it";
    let report = stage.expect_start(what, why);
    if !report.warnings.is_empty() {
        let seen = format!("{what}, with the warnings {:?}", report.warnings);
        stage.fail(&seen, "no warning", why);
    }
}

#[test]
fn nothing_that_stands_in_a_file_makes_it_panic() {
    for version in [
        "1",
        "1.x.0",
        "v1.31.1",
        "1.31.1-dev",
        "18446744073709551616.1.0",
    ] {
        // Whether that is a version, let each answer judge for itself.
        let stage = Stage::new(version);
        let _ = stage.preflight(&format!("a library that reports `{version}`"));
    }
    let stage = Stage::of_release(API, "the newest", TESTED);
    let _ = stage.preflight("a manifest that was tested on `the newest`");
    let stage = Stage::new(TESTED);
    stage.release(File::Model, &files::model(8, &[("com.example", 1)]));
    let _ = stage.preflight("a model without any opset of ONNX");
    stage.replace(File::Manifest, b"release = ");
    stage.expect_refusal(
        "a manifest that breaks off",
        File::Manifest,
        "Manifest",
        |refusal| matches!(refusal, Refusal::Manifest { .. }),
        "what cannot be read is told, too",
    );
}

checks::earned!();
