//! A stock `mdbook build` makes this same book. The `mdbook` program is mdbook-driver with a command line
//! in front, so that it is enough that the book asks for nothing else; building the program takes
//! three minutes. Where one is installed, both books are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use snippets::{load, root};

#[test]
fn the_book_asks_for_nothing_that_a_stock_mdbook_lacks() {
    let book: toml::Table = std::fs::read_to_string(root().join("book.toml"))
        .unwrap()
        .parse()
        .unwrap();
    assert!(
        !book.contains_key("preprocessor"),
        "a preprocessor must be installed beside mdbook"
    );
    let outputs: Vec<&String> = book["output"].as_table().unwrap().keys().collect();
    assert_eq!(
        outputs,
        ["html"],
        "another renderer must be installed beside mdbook"
    );
    load(&root()).unwrap();
}

#[test]
fn an_installed_mdbook_builds_the_same_files() {
    let version = Command::new("mdbook").arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    if !version.is_ok_and(|version| version == "mdbook v0.5.4") {
        println!("skipped: no mdbook 0.5.4 on the PATH");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let [ours, theirs] = ["ours", "theirs"].map(|name| folder.path().join(name));
    let mut book = load(&root()).unwrap();
    book.config.build.build_dir = ours.clone();
    book.build().unwrap();
    let mut mdbook = Command::new("mdbook");
    mdbook
        .arg("build")
        .arg("--dest-dir")
        .arg(&theirs)
        .current_dir(root());
    assert!(mdbook.status().unwrap().success());
    let (ours, theirs) = (files(&ours), files(&theirs));
    let names: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
    let other: Vec<_> = names
        .into_iter()
        .filter(|name| ours.get(*name) != theirs.get(*name))
        .collect();
    assert!(
        other.is_empty(),
        "a stock mdbook builds other files: {other:?}"
    );
}

/// Every file under `folder` with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in std::fs::read_dir(next)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(folder).unwrap().to_owned();
                files.insert(inside, std::fs::read(path).unwrap());
            }
        }
    }
    files
}
