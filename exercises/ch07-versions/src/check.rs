use std::path::{Path, PathBuf};

use checks::{Failure, counted};
use proptest::prelude::*;
use stand_in_runtime::StandIn;

#[path = "check/changes.rs"]
mod changes;
#[path = "check/faults.rs"]
mod faults;
#[path = "check/files.rs"]
mod files;
#[path = "check/generated.rs"]
mod generated;
#[path = "check/places.rs"]
mod places;
#[path = "check/promises.rs"]
mod promises;
#[path = "check/stage.rs"]
mod stage;

use changes::Change;
use generated::all_hold;
use places::Way;
use stage::{API, File, Libraries, Stage, TESTED};

const NUMBERS: &str =
    "the parts of a version are numbers, compared one by one: neither text nor a fraction";

/// Numbers at which code that reads versions changes its mind.
fn number() -> impl Strategy<Value = u64> {
    prop_oneof![
        3 => prop::sample::select(vec![0, 1, 2, 9, 10, 24, 99, 100, 255, 256, 999, 65_535, 65_536, 4_294_967_295]),
        1 => 0..200_u64,
        1 => 0..=u64::from(u32::MAX),
    ]
}

/// The version of the C API that a release calls.
fn api() -> impl Strategy<Value = u64> {
    prop::sample::select(vec![0, 1, 9, 10, 24, 31, 99, 100, 1000])
}

/// One that no runtime has whose version is three numbers below 2^32.
fn far_api() -> impl Strategy<Value = u64> {
    prop::sample::select(vec![1 << 32, (1 << 32) + 24, 1 << 62])
}

/// How far a number lies from another one.
fn distance() -> impl Strategy<Value = u64> {
    prop::sample::select(vec![0, 1, 2, 8, 40, 90, 1000])
}

/// A release that was tested on 1.`tested`.1, on a runtime of that version.
fn on_version(api: u64, tested: u64, version: &str, why: &str) -> Result<(), Failure> {
    let stage = Stage::of_release(api, &format!("1.{tested}.1"), version);
    let what = format!(
        "ONNX Runtime {version} for a release that calls API version {api} and was tested on 1.{tested}.1"
    );
    stage.holds(&what, why)
}

#[test]
fn what_was_tested_together_may_start() {
    let why = "this is the deployment that the manifest describes";
    Stage::new(TESTED).hold(&format!("the release, on ONNX Runtime {TESTED}"), why);
    all_hold(8, (24..50_u64, 0..50_u64), |(api, later)| {
        let tested = api + later;
        on_version(api, tested, &format!("1.{tested}.1"), why)
    });
}

#[test]
fn a_runtime_without_the_api_version_is_too_old() {
    for version in ["1.9.0", "1.3.1", "1.23.2", "0.99.0", "0.124.0"] {
        Stage::new(version).hold(&format!("ONNX Runtime {version}"), NUMBERS);
    }
    let api = prop_oneof![4 => api(), 1 => far_api()];
    let versions = (api, distance(), number(), any::<bool>());
    all_hold(16, versions, |(api, earlier, number, is_zero)| {
        let latest = api.min(1 << 32).checked_sub(1).filter(|_| !is_zero);
        let version = match latest {
            None => format!("0.{number}.0"),
            Some(latest) => format!("1.{}.{number}", latest.saturating_sub(earlier)),
        };
        on_version(api, 31, &version, NUMBERS)
    });
}

#[test]
fn a_later_minor_version_may_start_with_a_warning() {
    let why =
        "every ONNX Runtime 1.x has all API versions before its own; but this one is untested";
    for version in ["1.32.0", "1.100.0", "1.4294967295.0"] {
        Stage::new(version).hold(&format!("ONNX Runtime {version}"), why);
    }
    let versions = (
        api(),
        distance(),
        any::<bool>(),
        distance(),
        number(),
        number(),
    );
    all_hold(24, versions, |(api, away, is_before, later, patch, far)| {
        // A release may have been tested on a runtime that its next build no longer takes.
        let tested = match is_before {
            true => api.saturating_sub(away),
            false => api + away,
        };
        let first = api.max(tested + 1);
        let minor = if later == 8 {
            far.max(first)
        } else {
            first + later
        };
        on_version(api, tested, &format!("1.{minor}.{patch}"), why)
    });
}

#[test]
fn a_patch_or_an_earlier_minor_version_may_start() {
    let why = "the tested version is one of a range: neither a patch nor an earlier minor version is a reason not to start";
    for version in ["1.24.0", "1.31.0", "1.31.7"] {
        Stage::new(version).hold(&format!("ONNX Runtime {version}"), why);
    }
    let versions = (api(), distance(), distance(), number());
    all_hold(12, versions, |(api, later, earlier, patch)| {
        let tested = api + later + earlier;
        on_version(api, tested, &format!("1.{}.{patch}", api + later), why)
    });
}

#[test]
fn the_next_major_version_is_too_new() {
    let why =
        "2.0 is later than 1.24, although 0 is less than 24; and its C API may be another one";
    for version in ["2.0.0", "2.31.1", "10.24.0"] {
        Stage::new(version).hold(&format!("ONNX Runtime {version}"), why);
    }
    let versions = (api(), number(), number(), number());
    all_hold(12, versions, |(api, major, minor, patch)| {
        let version = format!("{}.{minor}.{patch}", major.max(2));
        on_version(api, api, &version, why)
    });
}

#[test]
fn the_version_is_what_the_library_reports() {
    let why =
        "a file's name is only a label: links, copies and image layers keep it and change the file";
    let named = |name: &str, reports: &str| {
        let mut stage = Stage::new(reports);
        let path = stage.at(name);
        stage.rename(File::Runtime, path).expect("a usual name");
        let what = format!("a library named {name} that reports {reports}");
        stage.hold(&what, why);
    };
    named("libonnxruntime.so.1.31.1", "1.23.2");
    named("libonnxruntime.so.1.9.0", TESTED);
    named("libonnxruntime.1.9.0.dylib", "1.31.7");
    named("libonnxruntime.so.1.100.0", "2.0.0");
    named("onnxruntime-linux-x64-1.9.0/lib/libonnxruntime.so", TESTED);
    named("onnxruntime-1.31.1/1.31.1", "1.9.0");
    // Where a real runtime is at hand: that one too, under a name that is wrong.
    if let Some(stage) = Stage::on_the_real_runtime("libonnxruntime.so.1.9.0") {
        stage.hold("the library of ORT_DYLIB_PATH, named 1.9.0", why);
    }
}

#[test]
fn what_is_no_runtime_is_told_as_such() {
    let why =
        "the right name is on the wrong file: without a word about it, you debug the model first";
    for (what, bytes) in files::no_runtimes() {
        let mut stage = Stage::new(TESTED);
        stage.replace(File::Runtime, &bytes);
        stage.hold(&what, why);
    }
    let why = "what cannot be compared is shown to who can judge it";
    for version in ["nightly", "", "one.two.three", "."] {
        let stage = Stage::new(version);
        stage.hold(
            &format!("a library that reports the version {version:?}"),
            why,
        );
    }
}

#[test]
fn a_library_is_looked_at_before_it_is_loaded() {
    let here = crate::library::Platform::here().to_string();
    let mut files = files::libraries_of_all_machines();
    files.extend(files::universal());
    for (platform, bytes) in files {
        if platform == here {
            continue;
        }
        let mut stage = Stage::new(TESTED);
        stage.replace(File::Runtime, &bytes);
        stage.hold(
            &format!("a library built as {platform}"),
            "a loader can say `No such file or directory` of it; its header says which package was taken",
        );
    }
    cut_libraries_are_not_loaded();
}

fn cut_libraries_are_not_loaded() {
    let why = "to load a library is to run its code, and where one is cut, Linux may end the whole process (SIGBUS)";
    let whole = stand_in_runtime::built().expect("cargo has built the stand-in beside this test");
    // First where everything that is mapped is there, so that a loader takes it and nothing crashes.
    let mapped = files::mapped(&whole);
    for length in [mapped, whole.len() / 2, 4096, 64, 5] {
        let mut stage = Stage::new(TESTED);
        stage.reported = None;
        let witness = stage.at("loaded");
        let told_by = StandIn {
            witness: Some(witness.clone()),
            ..StandIn::reporting(TESTED)
        };
        let path = stage.path(File::Runtime).to_owned();
        told_by
            .write_over(&whole[..length], &path)
            .expect("the folder is ours");
        if !crate::library::built_for(&path).is_ok_and(|platforms| platforms.is_empty()) {
            // This system's format does not tell.
            continue;
        }
        let what = format!("the first {} of a library", share(length, whole.len()));
        let held = stage.holds(&what, why);
        if witness.exists() {
            let expected = "refused for what its header says, and not loaded";
            checks::fail(format!("{what}: it was loaded"), expected, why);
        }
        if let Err(failure) = held {
            failure.raise();
        }
    }
}

fn share(part: usize, whole: usize) -> String {
    match part * 100 / whole {
        0 => counted(part, "byte", "bytes"),
        percent => format!("{percent} %"),
    }
}

#[test]
fn a_missing_file_is_named() {
    for file in File::ALL {
        let stage = Stage::new(TESTED);
        stage.remove(file);
        let why = "of four paths, one is wrong: say which";
        stage.hold(&format!("{} is missing", file.name()), why);
        let mut stage = Stage::new(TESTED);
        stage.point(file, PathBuf::new());
        stage.hold(&format!("the path of {} is empty", file.name()), why);
    }
    let mut stage = Stage::new(TESTED);
    stage.release(File::Tokenizer, b"");
    let why = "a file that is empty is there; whether it is the right one, its hash says";
    stage.hold("an empty tokenizer.json that was tested so", why);
}

#[test]
fn a_folder_is_not_the_file_in_it() {
    let why =
        "a path that exists is not yet a file: a mount without its source makes an empty folder";
    for file in File::ALL {
        let mut stage = Stage::new(TESTED);
        stage.remove(file);
        stage.make_folder(file);
        let what = format!("a folder in the place of {}", file.name());
        stage.hold(&what, why);
        stage.point(file, PathBuf::from(".."));
        stage.hold(&format!("{what}: `..`"), why);
    }
}

#[test]
fn a_file_may_have_any_name() {
    let why = "paths come from whoever deploys: a name says nothing, and need not be text";
    for file in File::ALL {
        let mut stage = Stage::new(TESTED);
        for name in places::names() {
            let path = stage.at(&name);
            if stage.rename(file, path).is_ok() {
                stage.hold(&format!("{} is called {name:?}", file.name()), why);
            }
        }
        let path = stage
            .at("elsewhere")
            .join("..")
            .join("elsewhere")
            .join("file");
        stage.rename(file, path).expect("the folder is ours");
        stage.hold(&format!("{} in a folder of its own", file.name()), why);
        let file_path = stage.path(file).to_owned();
        let mut as_a_folder = file_path.clone().into_os_string();
        as_a_folder.push("/");
        stage.point(file, as_a_folder.into());
        let what = format!("{} with a `/` at the end of its path", file.name());
        stage.hold(&what, why);
        stage.point(file, file_path);
        if let Some(path) = places::from_here(stage.path(file)) {
            stage.point(file, path);
            stage.hold(&format!("{} at a relative path", file.name()), why);
        }
        let path = stage.at("elsewhere").join("nothing");
        stage.point(file, path);
        stage.hold(&format!("{} is missing there", file.name()), why);
    }
    // Whatever is wrong, the refusal has the name.
    let libraries = Libraries::new();
    let of_the_runtime = faults::of_the_runtime().into_iter();
    let others = [
        faults::of_the_model(),
        faults::of_the_tokenizer(),
        faults::of_the_manifest(),
    ];
    let others = others.concat().into_iter();
    let others = others.map(|(what, change)| (what, TESTED, change));
    for (what, version, change) in of_the_runtime.chain(others) {
        let mut stage = Stage::on(&libraries, API, TESTED, version);
        change(&mut stage);
        let way = stage.reach_by(Way::ByANameThatIsNoText);
        // What is told of the fault itself is held by the check of that fault.
        if let Err(failure) = stage.holds(&format!("{what}{way}"), why)
            && failure.promise == Some(2)
        {
            failure.raise();
        }
    }
}

#[test]
fn a_link_is_the_file_that_it_leads_to() {
    let why = "images and packages are made of links: what counts is the file, and whoever reads the line knows the given path";
    for file in File::ALL {
        let mut stage = Stage::new(TESTED);
        let given = stage.path(file).to_owned();
        let real = stage.at("elsewhere").join("libonnxruntime.so.1.9.0");
        stage
            .rename(file, real.clone())
            .expect("the folder is ours");
        stage.point(file, given.clone());
        if places::link(&real, &given).is_err() {
            // Windows may not let us.
            return;
        }
        stage.hold(&format!("a link to {}", file.name()), why);
        lead(&mut stage, file, "a link to a link", &given);
        stage.hold(&format!("a link to a link to {}", file.name()), why);
        let name = Path::new("a link to a link");
        lead(&mut stage, file, "a relative link", name);
        let what = format!("a link to {} that is relative to its folder", file.name());
        stage.hold(&what, why);
        if cfg!(unix) {
            let name = real.file_name().expect("a file");
            let folder = stage.at("elsewhere").join("deeper");
            std::fs::create_dir(&folder).expect("the folder is ours");
            lead(&mut stage, file, "a folder", &folder);
            let path = stage.at("a folder").join("..").join(name);
            stage.point(file, path);
            let what = format!("{} beside the folder to which a link leads", file.name());
            stage.hold(&what, why);
        }
        let other = stage.at("another file");
        stage.point(file, other.clone());
        stage.replace(file, b"another file");
        lead(&mut stage, file, "a link to another file", &other);
        stage.hold(&format!("a link to what is not {}", file.name()), why);
        let nothing = stage.at("nothing");
        lead(&mut stage, file, "a link to nothing", &nothing);
        stage.hold(
            &format!("a link that leads nowhere, for {}", file.name()),
            why,
        );
    }
}

/// Says of a file that it is a link to `to`.
fn lead(stage: &mut Stage, file: File, name: &str, to: &Path) {
    let link = stage.at(name);
    places::link(to, &link).expect("the first link could be made");
    stage.point(file, link);
}

#[test]
fn a_file_that_cannot_be_read_is_told_as_such() {
    let why =
        "the file is there: a refusal that says otherwise sends its reader to the wrong place";
    for file in File::ALL {
        let mut stage = Stage::new(TESTED);
        places::protect(stage.path(file)).expect("the folder is ours");
        stage.hold(
            &format!("{} may be read, but not be changed", file.name()),
            why,
        );
        let Some(_closed) = places::close(stage.path(file)) else {
            // To the superuser every file is open, except a few of the system.
            if file != File::Runtime && cfg!(target_os = "linux") {
                stage.point(file, "/proc/self/mem".into());
                let what = "is /proc/self/mem, a file that not even the superuser can read";
                stage.hold(&format!("{} {what}", file.name()), why);
            }
            continue;
        };
        stage.hold(&format!("{} cannot be read", file.name()), why);
    }
}

#[test]
fn a_model_newer_than_this_runtime_is_refused() {
    let libraries = Libraries::new();
    let why =
        "the model is the tested one, and the host's runtime is older than the one of the test";
    for (version, ir_version, opsets) in [
        ("1.24.4", 14, [("", 25)]),
        ("1.24.4", 13, [("", 26)]),
        ("1.31.1", 14, [("", 26)]),
        ("1.31.1", 8, [("ai.onnx", 28)]),
        ("1.32.0", 14, [("", 99)]),
        ("1.32.0", 8 + (1 << 32), [("", 17)]),
        ("1.32.0", 8, [("", 17 + (1 << 32))]),
    ] {
        holds_model(&libraries, version, TESTED, ir_version, &opsets, why)
            .unwrap_or_else(|failure| failure.raise());
    }
    all_hold(32, header(), |(version, tested, above, _, is_opset)| {
        let (ir_version, opset) = files::limits_of(version);
        let (ir_version, opset) = match is_opset {
            true => (8, opset + above),
            false => (ir_version + above, 17),
        };
        holds_model(&libraries, version, tested, ir_version, &[("", opset)], why)
    });
}

#[test]
fn a_model_that_this_runtime_reads_may_start() {
    let libraries = Libraries::new();
    let why = "a newer runtime reads newer models, and older ones as before";
    for (version, ir_version, opset) in [
        ("1.24.4", 13, 25),
        ("1.31.1", 13, 26),
        ("1.32.0", 14, 28),
        ("1.24.4", 3, 7),
    ] {
        holds_model(&libraries, version, TESTED, ir_version, &[("", opset)], why)
            .unwrap_or_else(|failure| failure.raise());
    }
    let mut stage = Stage::on(&libraries, API, TESTED, TESTED);
    let opset_first = [files::model(0, &[("", 17)]), files::model(8, &[])].concat();
    stage.release(File::Model, &opset_first);
    stage.hold("a model whose IR version is its last field", why);
    all_hold(32, header(), |(version, tested, _, below, is_opset)| {
        let (ir_version, opset) = files::limits_of(version);
        let (ir_version, opset) = match is_opset {
            true => (ir_version, (opset - below).max(1)),
            false => ((ir_version - below).max(1), opset),
        };
        holds_model(
            &libraries,
            version,
            tested,
            ir_version,
            &[("ai.onnx", opset)],
            why,
        )
    });
}

/// A runtime, the tested one, how far above or below a limit, and of which of the two numbers.
fn header() -> impl Strategy<Value = (&'static str, &'static str, i64, i64, bool)> {
    let version = || prop::sample::select(vec!["1.24.4", "1.25.0", "1.31.1", "1.32.0", "1.99.0"]);
    let above = prop::sample::select(vec![1, 2, 3, 71, 1 << 32]);
    (version(), version(), above, 0..30_i64, any::<bool>())
}

/// The release with a model of these versions.
fn holds_model(
    libraries: &Libraries,
    version: &str,
    tested: &str,
    ir_version: i64,
    opsets: &[(&str, i64)],
    why: &str,
) -> Result<(), Failure> {
    let mut stage = Stage::on(libraries, API, tested, version);
    stage.release(File::Model, &files::model(ir_version, opsets));
    let shown: Vec<String> = opsets
        .iter()
        .map(|(domain, version)| format!("{version} of {domain:?}"))
        .collect();
    let what = format!(
        "a model of IR version {ir_version} and opset {} on ONNX Runtime {version}",
        shown.join(", ")
    );
    stage.holds(&what, why)
}

#[test]
fn each_domain_counts_its_opsets_for_itself() {
    let libraries = Libraries::new();
    let why = "version 99 of your own operators is no opset of ONNX; the domains \"\" and \"ai.onnx\" both are";
    for opsets in [
        [("com.example", 99), ("", 17)],
        [("ai.onnx", 17), ("com.example", 99)],
        [("ai.onnx.ml", 26), ("", 17)],
        [("com.example", 1), ("ai.onnx", 99)],
        [("", 17), ("ai.onnx", 99)],
        [("", 99), ("ai.onnx", 17)],
    ] {
        holds_model(&libraries, "1.24.4", TESTED, 8, &opsets, why)
            .unwrap_or_else(|failure| failure.raise());
    }
    let domain = prop::sample::select(vec![
        "",
        "ai.onnx",
        "ai.onnx.ml",
        "ai.onnx-next",
        "ai.onnx ",
        "AI.ONNX",
        "ai",
        " ",
        "com.example",
        "com.microsoft",
    ]);
    let version = prop::sample::select(vec![1, 17, 25, 26, 99, i64::MAX]);
    let opsets = prop::collection::vec((domain, version), 1..5);
    all_hold(40, opsets, |opsets| {
        holds_model(&libraries, "1.24.4", TESTED, 8, &opsets, why)
    });
    let mut stage = Stage::on(&libraries, API, TESTED, "1.24.4");
    let mut opsets = vec![("com.example", 1); 1000];
    opsets.push(("ai.onnx", 99));
    stage.release(File::Model, &files::model(8, &opsets));
    stage.hold(
        "a model that lists a thousand opsets of \"com.example\", and then opset 99 of \"ai.onnx\"",
        why,
    );
}

#[test]
fn what_is_no_model_is_told_as_such() {
    let libraries = Libraries::new();
    for (what, bytes) in files::no_models() {
        let mut stage = Stage::on(&libraries, API, TESTED, TESTED);
        stage.release(File::Model, &bytes);
        stage.hold(
            what,
            "a checkout without its large files leaves a few lines of text under the model's name",
        );
    }
}

#[test]
fn a_tokenizer_of_another_release_is_refused() {
    let why = "both files are right by themselves, and nothing compares them: a good film is now a poor one";
    let mut stage = Stage::new(TESTED);
    let other = files::tokenizer_of_another_release();
    stage.replace(File::Tokenizer, other.as_bytes());
    let what = "a tokenizer in which `good` and `poor` have each other's id";
    stage.hold(what, why);
    stage.replace(File::Tokenizer, models::CLASSIFIER);
    stage.hold("the model in the place of the tokenizer", why);
    let large = changes::padded(File::Tokenizer, models::TOKENIZER.as_bytes(), 17 << 20);
    stage.release(File::Tokenizer, &large);
    stage.replace(File::Tokenizer, &Change::Byte(usize::MAX).of(&large));
    let what = "tokenizer.json of 17 MiB, of which the last byte is another one";
    stage.hold(what, why);
    changes_hold(File::Tokenizer, models::TOKENIZER.as_bytes(), why);
}

#[test]
fn a_model_of_another_release_is_refused() {
    let why = "weights that were trained again, for a tokenizer that was not";
    let mut stage = Stage::new(TESTED);
    stage.replace(File::Model, &files::model_of_another_release());
    stage.hold("a model with one other weight", why);
    changes_hold(File::Model, models::CLASSIFIER, why);
}

/// One of the two files, longer or not, in which a byte is another one, or which was cut or has more at its end.
fn changes_hold(file: File, bytes: &[u8], why: &str) {
    let libraries = Libraries::new();
    let changes = (changes::length(), changes::change(), changes::release());
    all_hold(24, changes, |(length, change, release)| {
        let mut stage = Stage::on(&libraries, API, TESTED, "1.32.0");
        stage.release.name = release.to_owned();
        let whole = changes::padded(file, bytes, length);
        stage.release(file, &whole);
        stage.replace(file, &change.of(&whole));
        let what = format!(
            "{} of {} bytes, {}",
            file.name(),
            whole.len(),
            change.words()
        );
        stage.holds(&what, why)
    });
}

#[test]
fn a_hash_is_compared_to_its_last_digit() {
    let libraries = Libraries::new();
    let why = "the start of a hash is for the eye: a file can be made whose hash begins alike";
    for file in [File::Model, File::Tokenizer] {
        for (what, change) in changes::hashes() {
            let mut stage = Stage::on(&libraries, API, TESTED, TESTED);
            let [model, tokenizer] = [stage.release.model.clone(), stage.release.tokenizer.clone()];
            match file {
                File::Model => stage.release.model = change(&model, &tokenizer),
                _ => stage.release.tokenizer = change(&tokenizer, &model),
            }
            stage.publish();
            stage.hold(
                &format!("a manifest whose hash of {} is {what}", file.name()),
                why,
            );
        }
    }
    let mut stage = Stage::new(TESTED);
    let release = stage.release.clone();
    stage.release.model = release.tokenizer;
    stage.release.tokenizer = release.model;
    stage.publish();
    stage.hold("a manifest in which the two hashes are exchanged", why);
}

#[test]
fn the_manifest_says_what_is_needed_and_what_was_tested() {
    let libraries = Libraries::new();
    let why = "the next release calls a newer API, and comes with another manifest: the code stays";
    let stage = Stage::of_release(31, "1.32.0", "1.30.0");
    let what = "ONNX Runtime 1.30.0 for a release that calls API version 31";
    stage.hold(what, why);
    let stage = Stage::of_release(31, "1.32.0", "1.32.0");
    stage.hold(
        "ONNX Runtime 1.32.0 for a release that was tested on it",
        why,
    );
    for (what, rewrite) in changes::manifests() {
        let mut stage = Stage::on(&libraries, API, TESTED, TESTED);
        let text = rewrite(&stage.release);
        stage.replace(File::Manifest, &text);
        stage.hold(&format!("a manifest {what}"), why);
    }
}

#[test]
fn nothing_that_stands_in_a_file_makes_it_panic() {
    let libraries = Libraries::new();
    let why = "what the promises leave open is still answered";
    for version in [
        "1",
        "1.",
        "1.31",
        "1.x.0",
        "v1.31.1",
        "1.31.1-dev",
        "1.31.0.2",
        "18446744073709551616.1.0",
        "1.18446744073709551616.0",
        "1.99999999999999999999.0",
        "1..5",
        "-1.31.0",
        "٣.٣.٣",
        "1.31.1\n2",
    ] {
        // Whether that is a version, let each answer judge for itself.
        let stage = Stage::new(version);
        stage.hold(&format!("a library that reports {version:?}"), why);
    }
    for tested in [
        "the newest",
        "",
        "1",
        "1.",
        "2.0.0",
        "1.x",
        "0.31.0",
        "1.18446744073709551616.0",
    ] {
        let stage = Stage::on(&libraries, API, tested, TESTED);
        stage.hold(&format!("a manifest that was tested on {tested:?}"), why);
    }
    let mut stage = Stage::new(TESTED);
    stage.release(File::Model, &files::model(8, &[("com.example", 1)]));
    stage.hold("a model without any opset of ONNX", why);
    for hash in ["", "é", "0"] {
        stage.release.tokenizer = hash.to_owned();
        stage.publish();
        stage.hold(&format!("a manifest in which a hash is {hash:?}"), why);
    }
    stage.replace(File::Manifest, b"release = ");
    stage.hold(
        "a manifest that breaks off",
        "what cannot be read is told, too",
    );
    let bytes = prop::collection::vec(any::<u8>(), 0..40);
    all_hold(16, (0..4_usize, bytes), |(file, bytes)| {
        let file = File::ALL[file];
        let mut stage = Stage::on(&libraries, API, TESTED, "1.25.0");
        match file {
            File::Model | File::Tokenizer => stage.release(file, &bytes),
            File::Runtime | File::Manifest => stage.replace(file, &bytes),
        }
        stage.holds(
            &format!(
                "{} is {} of anything",
                file.name(),
                counted(bytes.len(), "byte", "bytes")
            ),
            why,
        )
    });
}

#[test]
fn each_call_looks_anew() {
    let why = "a file is replaced while the process runs: a call tells of the files as they are";
    let mut stage = Stage::new(TESTED);
    stage.hold("the release", why);
    for file in [File::Model, File::Tokenizer] {
        let before = std::fs::read(stage.path(file)).expect("it was written");
        let change = Change::Byte(before.len() / 2);
        stage.replace_unnoticed(file, &change.of(&before));
        stage.hold(
            &format!(
                "{} was changed since the last call, and has its length and its time",
                file.name()
            ),
            why,
        );
        stage.replace(file, &before);
        stage.hold(&format!("{} is again what it was", file.name()), why);
    }
    stage.release.api = 32;
    stage.publish();
    stage.hold("the manifest says another API version than before", why);
    Stage::new("1.9.0").hold("another deployment, on ONNX Runtime 1.9.0", why);
    Stage::new("1.32.0").hold("another deployment, on ONNX Runtime 1.32.0", why);
    calls_do_not_disturb_each_other();
}

/// A call takes a part of a millisecond: with twenty on each thread, some are cut by others however few processors there are.
fn calls_do_not_disturb_each_other() {
    let libraries = Libraries::new();
    let stages = [(24, "1.31.1"), (31, "1.25.0"), (24, "1.32.0")].map(|(api, version)| {
        let mut stage = Stage::on(&libraries, api, TESTED, version);
        stage.release.name = format!("of ONNX Runtime {version}");
        stage.release.tokenizer = "0".repeat(64);
        stage.publish();
        let what = format!("a deployment of another release, on ONNX Runtime {version}");
        stage.hold(&what, "what is told of it alone");
        stage
    });
    let starts = std::sync::Barrier::new(stages.len());
    let answers = |stage: &Stage| {
        starts.wait();
        let calls = (0..20).map(|_| {
            stage.holds(
                "one of three deployments, looked at at once",
                "each call answers for its own deployment, whoever else calls",
            )
        });
        calls.collect::<Result<Vec<()>, Failure>>()
    };
    let failed = std::thread::scope(|scope| {
        let calls = stages
            .each_ref()
            .map(|stage| scope.spawn(move || answers(stage)));
        calls
            .into_iter()
            .find_map(|calls| calls.join().expect("it does not panic").err())
    });
    if let Some(failure) = failed {
        failure.of_promise(1).raise();
    }
}

#[test]
fn of_several_wrong_things_one_is_told() {
    let libraries = Libraries::new();
    let why = "whatever comes first, what is told is true of the file that is named";
    let deployments = (
        prop::sample::select(faults::of_the_runtime()),
        prop::sample::select(faults::of_the_model()),
        prop::sample::select(faults::of_the_tokenizer()),
        prop::sample::select(faults::of_the_manifest()),
        prop::sample::select(places::ways()),
    );
    all_hold(
        64,
        deployments,
        |(runtime, model, tokenizer, manifest, way)| {
            let mut stage = Stage::on(&libraries, API, TESTED, runtime.1);
            runtime.2(&mut stage);
            for (_, change) in [model, tokenizer, manifest] {
                change(&mut stage);
            }
            let way_in_words = stage.reach_by(way);
            let what = format!(
                "{}; {}; {}; {}{way_in_words}",
                runtime.0, model.0, tokenizer.0, manifest.0
            );
            stage.holds(&what, why)
        },
    );
}

checks::earned!();
