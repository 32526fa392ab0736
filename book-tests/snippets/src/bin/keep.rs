//! `keep FOLDER TARGET`: runs the one snippet in FOLDER/block.md through mdbook-keeper and prints what
//! came of it: `Successful`, `CompileFailed` or `RunFailed`, and then what the compiler said.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use mdbook::book::{Book, Chapter};
use mdbook_keeper_lib::BookKeeper;
use snippets::root;
use toml_05::value::{Table, Value};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("which folder?")?);
    let target_dir = arguments.next().context("which target folder?")?;

    let page = std::fs::read_to_string(folder.join("block.md"))?;
    let mut book = Book::new();
    book.push_item(Chapter::new("block", page, "block.md", Vec::new()));

    let crates = root().join("book-tests/snippets/crates");
    let mut options = Table::new();
    let mut set = |key: &str, value: Value| options.insert(key.to_owned(), value);
    set("manifest_dir", text(&crates));
    set("target_dir", target_dir.into());
    set("test_dir", text(&folder));
    set("externs", externs(&crates)?.into());
    set("terminal_colors", false.into());

    let results = BookKeeper::new().real_run(Some(&options), root(), &mut book)?;
    ensure!(
        results.len() == 1,
        "keeper sees {} Rust blocks, not one",
        results.len()
    );
    for result in results.values() {
        // The type is private. What it prints of itself is `Kind(Output { .., stderr: "..." })`.
        let told = format!("{result:?}");
        let kind = told.split('(').next().unwrap_or_default();
        let stderr = told.rsplit_once("stderr: \"").map_or("", |(_, rest)| rest);
        let stderr = stderr.trim_end_matches(" })").trim_end_matches('"');
        println!("{kind}\n{}", unescaped(stderr));
    }
    Ok(())
}

fn text(path: &Path) -> Value {
    path.display().to_string().into()
}

/// The crates that snippets may use. Keeper's own search for them looks where cargo no longer puts them.
fn externs(package: &Path) -> Result<Vec<String>> {
    let manifest: toml::Table = std::fs::read_to_string(package.join("Cargo.toml"))?.parse()?;
    let dependencies = manifest["dependencies"]
        .as_table()
        .context("no dependencies")?;
    Ok(dependencies
        .keys()
        .map(|name| name.replace('-', "_"))
        .collect())
}

/// Undoes what `{:?}` does to a text.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        plain.push(match (c, rest.clone().next()) {
            ('\\', Some(escaped)) => {
                rest.next();
                match escaped {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    quoted => quoted,
                }
            }
            _ => c,
        });
    }
    plain
}
