//! `cargo workbook new` makes a chapter that its checks refuse as shipped and pass as solved.

use std::fs;

use runner::{Limits, Root, Variant, run_variant};

use crate::fixture::Fixture;

/// What a chapter takes from the workspace.
const WORKSPACE: &str = r#"
[workspace]
resolver = "3"
members = ["exercises/ch[0-9]*"]

[workspace.package]
edition = "2024"
rust-version = "1.92"
license = "MIT OR Apache-2.0"
publish = false

[workspace.lints]
"#;

#[test]
fn a_new_chapter_is_whole_and_gone_when_it_is_deleted() {
    let fixture = Fixture::new();
    let workbook = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let checks = format!(
        "\n[workspace.dependencies]\nchecks.path = {:?}\n",
        format!("{workbook}/checks")
    );
    fixture.write("Cargo.toml", &(WORKSPACE.to_owned() + &checks));
    // Without it cargo would ask the network for versions.
    let lock = fs::read_to_string(format!("{workbook}/Cargo.lock")).unwrap();
    fixture.write("Cargo.lock", &lock);
    let before = fixture.root().names().unwrap();
    let (out, err, code) = fixture.workbook(&["new", "ch03-toy", "A toy"]);
    assert_eq!((err.as_str(), code), ("", Some(0)));
    assert!(out.ends_with("Next: bash .ci/draw ch03\n"), "{out}");
    assert!(
        fixture
            .read("src/SUMMARY.md")
            .contains("- [First](ch01-first.md)\n- [3 · A toy](ch03-toy.md)\n")
    );

    let root: Root = fixture.root();
    let chapter = root.chapter("ch03-toy").unwrap();
    let failed = |variant: &Variant| {
        let verdict = run_variant(&root, variant, Limits::default(), None);
        let checks = verdict.checks().unwrap_or_else(|| panic!("{verdict:#?}"));
        let failed = checks.iter().filter(|check| !check.passed());
        failed.map(|check| check.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        failed(&Variant::shipped(&chapter)),
        ["every_request_is_in_a_batch"]
    );
    assert_eq!(
        failed(&Variant::wrong(&chapter, "always_one_more.rs")),
        ["no_batch_is_empty"]
    );
    assert!(failed(&Variant::solution(&root, &chapter)).is_empty());

    fs::remove_dir_all(fixture.path("exercises/ch03-toy")).unwrap();
    assert_eq!(fixture.root().names().unwrap(), before);
}

#[test]
fn a_name_or_a_title_that_cannot_be_is_refused_and_nothing_is_written() {
    let fixture = Fixture::new();
    for (name, title, expected) in [
        ("toy", "A toy", "`toy` is no chapter's name"),
        ("ch3-toy", "A toy", "`ch3-toy` is no chapter's name"),
        ("ch03-Toy", "A toy", "`ch03-Toy` is no chapter's name"),
        ("ch02-toy", "A toy", "ch02-second has that number"),
        ("ch03-toy", "A \"toy\"", "a title is a line without quotes"),
    ] {
        let (_, err, code) = fixture.workbook(&["new", name, title]);
        assert_eq!(code, Some(2), "{name}: {err}");
        assert!(err.starts_with(expected), "{name}: {err}");
        assert!(!fixture.path("solutions").exists(), "{name}");
    }
}

#[test]
fn what_is_left_of_another_chapter_is_named_and_nothing_is_written() {
    let fixture = Fixture::new();
    fixture.write("src/figures/ch03-card.svg", "");
    let summary = fixture.read("src/SUMMARY.md");
    let (_, err, code) = fixture.workbook(&["new", "ch03-toy", "A toy"]);
    assert_eq!(code, Some(2));
    assert_eq!(
        err,
        "src/figures/ch03-card.svg is there already: delete it, or take another number than ch03\n"
    );
    assert_eq!(fixture.files("exercises"), ["ch01-first", "ch02-second"]);
    assert_eq!(fixture.read("src/SUMMARY.md"), summary);
}
