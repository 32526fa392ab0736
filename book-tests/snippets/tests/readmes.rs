//! Every Rust block in the Markdown outside the book compiles and runs.

include!(concat!(env!("OUT_DIR"), "/covered.rs"));

/// One test for each block, made by `build.rs`.
mod blocks {
    include!(concat!(env!("OUT_DIR"), "/skeptic-tests.rs"));
}

#[test]
fn every_readme_is_covered() {
    let exercises = std::fs::read_dir("../../exercises").unwrap();
    let mut readmes: Vec<String> = exercises
        .flatten()
        .map(|chapter| chapter.path().join("README.md"))
        .filter(|readme| readme.is_file())
        .map(|readme| readme.display().to_string())
        .chain(["../../README.md".to_owned(), "README.md".to_owned()])
        .collect();
    readmes.sort();
    assert_eq!(COVERED, readmes);
}

/// skeptic takes `compile_fail` for a language of its own and leaves the block out.
#[test]
fn no_readme_marks_a_block_as_failing_to_compile_or_ignored() {
    for file in COVERED {
        let text = std::fs::read_to_string(file).unwrap();
        let fences = text
            .lines()
            .filter(|line| line.trim_start().starts_with("```rust"));
        let left_out: Vec<_> = fences
            .filter(|line| line.contains("compile_fail") || line.contains("ignore"))
            .collect();
        assert!(left_out.is_empty(), "{file}: {left_out:?}");
    }
}

#[test]
fn every_rust_block_has_become_a_test() {
    let made = include_str!(concat!(env!("OUT_DIR"), "/skeptic-tests.rs"));
    let blocks: usize = COVERED
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .map(|text| {
            text.lines()
                .filter(|line| line.trim_start().starts_with("```rust"))
                .count()
        })
        .sum();
    assert!(blocks >= 2, "this package's own README has two");
    assert_eq!(made.matches("#[test]").count(), blocks);
}
