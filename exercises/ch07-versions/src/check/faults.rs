//! Deployments in which several files are wrong.

use super::changes::Change;
use super::files;
use super::stage::{File, Stage, TESTED};

/// In words, what is done to a right deployment.
pub type Fault = (&'static str, fn(&mut Stage));

/// In words, the version that the library reports, what is done to it.
pub type OfRuntime = (&'static str, &'static str, fn(&mut Stage));

pub fn of_the_runtime() -> Vec<OfRuntime> {
    vec![
        ("the tested runtime", TESTED, |_| {}),
        ("a later runtime", "1.32.0", |_| {}),
        ("an earlier runtime", "1.24.4", |_| {}),
        ("a runtime that is too old", "1.9.0", |_| {}),
        ("a runtime that is too new", "2.31.1", |_| {}),
        ("a runtime without a version", "nightly", |_| {}),
        ("a text as the runtime", TESTED, |stage| {
            stage.replace(File::Runtime, b"1.31.1\n");
        }),
        ("a runtime for another machine", TESTED, |stage| {
            let here = crate::library::Platform::here().to_string();
            let mut all = files::libraries_of_all_machines().into_iter();
            let (_, bytes) = all.find(|(platform, _)| *platform != here).expect("six");
            stage.replace(File::Runtime, &bytes);
        }),
        ("no runtime", TESTED, |stage| stage.remove(File::Runtime)),
        ("a folder as the runtime", TESTED, |stage| {
            folder(stage, File::Runtime)
        }),
    ]
}

pub fn of_the_model() -> Vec<Fault> {
    vec![
        ("the tested model", |_| {}),
        ("a model of another release", |stage| {
            stage.replace(File::Model, &files::model_of_another_release());
        }),
        ("a tested model of opset 27", |stage| {
            stage.release(File::Model, &files::model(8, &[("", 27)]));
        }),
        ("a model of IR version 99 of another release", |stage| {
            stage.replace(File::Model, &files::model(99, &[("", 99)]));
        }),
        ("a tested text as the model", |stage| {
            stage.release(File::Model, b"<!DOCTYPE html>");
        }),
        ("the tokenizer as the model", |stage| {
            stage.replace(File::Model, models::TOKENIZER.as_bytes());
        }),
        ("no model", |stage| stage.remove(File::Model)),
        ("a folder as the model", |stage| folder(stage, File::Model)),
    ]
}

pub fn of_the_tokenizer() -> Vec<Fault> {
    vec![
        ("the tested tokenizer", |_| {}),
        ("a tokenizer of another release", |stage| {
            let other = files::tokenizer_of_another_release();
            stage.replace(File::Tokenizer, other.as_bytes());
        }),
        ("a tokenizer that is cut short", |stage| {
            let cut = Change::Cut(1).of(models::TOKENIZER.as_bytes());
            stage.replace(File::Tokenizer, &cut);
        }),
        ("the model as the tokenizer", |stage| {
            stage.replace(File::Tokenizer, models::CLASSIFIER);
        }),
        ("no tokenizer", |stage| stage.remove(File::Tokenizer)),
        ("a folder as the tokenizer", |stage| {
            folder(stage, File::Tokenizer)
        }),
    ]
}

pub fn of_the_manifest() -> Vec<Fault> {
    vec![
        ("its manifest", |_| {}),
        ("its manifest, again", |_| {}),
        ("a manifest that was tested on nothing", |stage| {
            stage.release.tested = "nothing".to_owned();
            stage.publish();
        }),
        ("a manifest of another release", |stage| {
            stage.release.name = "2025-01-01".to_owned();
            stage.release.model = "0".repeat(64);
            stage.release.tokenizer = "f".repeat(64);
            stage.publish();
        }),
        ("a manifest that breaks off", |stage| {
            stage.replace(File::Manifest, b"release = ");
        }),
        ("no manifest", |stage| stage.remove(File::Manifest)),
        ("a folder as the manifest", |stage| {
            folder(stage, File::Manifest)
        }),
    ]
}

fn folder(stage: &mut Stage, file: File) {
    stage.remove(file);
    stage.make_folder(file);
}
