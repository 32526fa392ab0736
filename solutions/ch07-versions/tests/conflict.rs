//! What cargo makes of the versions of `ort`, shown with crates that are empty, but have the names, the versions and
//! the requirements of the real ones. Nothing is fetched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The page shows this as `cargo tree` printed it with the real crates on 2026-11-23, without the path.
const SHOWN: &str = include_str!("../../../src/figures/ch07-conflict.txt");

#[test]
fn two_crates_that_want_different_ort_sys_are_refused_as_the_page_shows() {
    let cargo = Service::new("ort = \"=2.0.0-rc.15\"\nort-tract = \"0.5\"").tree();
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

#[test]
fn only_an_equals_sign_pins_a_release_candidate_for_all() {
    let selects = |service: &Service, version: &str| {
        let tree = service.tree();
        let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
        assert!(tree.contains(&format!("ort v{version}\n")), "{tree}");
    };
    selects(&Service::new("ort = \"2.0.0-rc.14\""), "2.0.0-rc.15");
    let service = Service::new("ort = \"=2.0.0-rc.14\"");
    selects(&service, "2.0.0-rc.14");
    // A lock file pins as well, for whoever has it and until it is updated.
    service.depend_on("ort = \"2.0.0-rc.14\"");
    selects(&service, "2.0.0-rc.14");
    service.cargo(&["update"]);
    selects(&service, "2.0.0-rc.15");
}

#[test]
fn the_pinned_crate_and_the_backend_go_together() {
    let cargo = Service::new("ort = \"=2.0.0-rc.14\"\nort-tract = \"0.5\"").tree();
    assert!(
        cargo.status.success(),
        "{}",
        String::from_utf8_lossy(&cargo.stderr)
    );
}

/// A service in a folder of its own, beside stubs of what it may depend on.
struct Service {
    folder: TempDir,
}

impl Service {
    fn new(dependencies: &str) -> Service {
        let folder = tempfile::tempdir().unwrap();
        let registry = folder.path().join("registry");
        for version in ["2.0.0-rc.14", "2.0.0-rc.15"] {
            let links = "links = \"onnxruntime\"\nbuild = \"build.rs\"";
            package(&registry, "ort-sys", version, links, "");
            let needs = format!("ort-sys = \"={version}\"");
            package(&registry, "ort", version, "", &needs);
        }
        let needs = "ort-sys = \"=2.0.0-rc.14\"";
        package(&registry, "ort-tract", "0.5.0+0.23", "", needs);
        let service = Service { folder };
        service.depend_on(dependencies);
        service
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("service-0.1.0")
    }

    /// Writes its manifest. A lock file stays.
    fn depend_on(&self, dependencies: &str) {
        let needs = format!("{dependencies}\n\n[workspace]");
        package(self.folder.path(), "service", "0.1.0", "", &needs);
    }

    fn tree(&self) -> Output {
        self.cargo(&["tree"])
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let registry = self.folder.path().join("registry");
        Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--offline")
            .arg("--config=source.crates-io.replace-with='stubs'")
            .arg(format!(
                "--config=source.stubs.directory='{}'",
                registry.display()
            ))
            .current_dir(self.path())
            .env("CARGO_TERM_COLOR", "never")
            .output()
            .unwrap()
    }
}

/// A package that is empty, as a directory source has them.
fn package(folder: &Path, name: &str, version: &str, more: &str, dependencies: &str) {
    let folder = folder.join(format!("{name}-{version}"));
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
