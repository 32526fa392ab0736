//! Makes a test of each Rust block in the Markdown that is not in the book.

use std::path::Path;

fn main() {
    let root = Path::new("../..");
    let mut files = vec![root.join("README.md"), "README.md".into()];
    // A folder, so that a new chapter's README is noticed.
    println!(
        "cargo:rerun-if-changed={}",
        root.join("exercises").display()
    );
    let chapters = std::fs::read_dir(root.join("exercises")).expect("exercises/ is there");
    let readmes = chapters
        .flatten()
        .map(|chapter| chapter.path().join("README.md"));
    files.extend(readmes.filter(|readme| readme.is_file()));
    files.sort();

    println!("cargo:rerun-if-changed=build.rs");
    // The test compares this list with the folders: skeptic says nothing of a file that it was not given.
    let list: Vec<String> = files
        .iter()
        .map(|file| format!("{:?}", file.display().to_string()))
        .collect();
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let covered = format!("const COVERED: &[&str] = &[{}];\n", list.join(", "));
    std::fs::write(Path::new(&out).join("covered.rs"), covered).expect("OUT_DIR is writable");
    skeptic::generate_doc_tests(&files);
}
