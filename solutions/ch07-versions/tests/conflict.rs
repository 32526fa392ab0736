//! What cargo says when two crates want different `ort-sys`: shown with crates that are empty, but have
//! the names, the versions and the requirements of the real ones.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The page shows this as `cargo tree` printed it with the real crates on 2026-11-23.
const SHOWN: &str = include_str!("../../../src/figures/ch07-conflict.txt");

#[test]
fn two_crates_that_want_different_ort_sys_are_refused_as_the_page_shows() {
    let folder = tempfile::tempdir().unwrap();
    let registry = folder.path().join("registry");
    for version in ["2.0.0-rc.14", "2.0.0-rc.15"] {
        let links = "links = \"onnxruntime\"\nbuild = \"build.rs\"";
        let folder = registry.join(format!("ort-sys-{version}"));
        package(&folder, "ort-sys", version, links, "");
    }
    let needs = "ort-sys = \"=2.0.0-rc.15\"";
    package(&registry.join("ort"), "ort", "2.0.0-rc.15", "", needs);
    let needs = "ort-sys = \"=2.0.0-rc.14\"";
    package(
        &registry.join("ort-tract"),
        "ort-tract",
        "0.5.0+0.23",
        "",
        needs,
    );
    let service = folder.path().join("service");
    let needs = "ort = \"=2.0.0-rc.15\"\nort-tract = \"0.5\"\n\n[workspace]";
    package(&service, "service", "0.1.0", "", needs);

    let cargo = Command::new(env!("CARGO"))
        .args(["tree", "--offline"])
        .arg("--config=source.crates-io.replace-with='stubs'")
        .arg(format!(
            "--config=source.stubs.directory='{}'",
            registry.display()
        ))
        .current_dir(&service)
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&cargo.stderr);
    // Who explains, and at what length, is another matter in each cargo.
    for line in [
        "failed to select a version for `ort-sys`.",
        "required by package `ort-tract v0.5.0+0.23`",
        "versions that meet the requirements `=2.0.0-rc.14` are: 2.0.0-rc.14",
        "previously selected package `ort-sys v2.0.0-rc.15`",
    ] {
        assert!(SHOWN.contains(line), "the page does not show: {line}");
        assert!(
            said.contains(line),
            "cargo does not say: {line}\nbut\n{said}"
        );
    }
}

/// A package that is empty, as a directory source has them.
fn package(folder: &Path, name: &str, version: &str, more: &str, dependencies: &str) {
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2024\"\n{more}\n\n\
         [dependencies]\n{dependencies}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/lib.rs"), "").unwrap();
    fs::write(folder.join("build.rs"), "fn main() {}").unwrap();
    fs::write(folder.join(".cargo-checksum.json"), "{\"files\":{}}").unwrap();
}
