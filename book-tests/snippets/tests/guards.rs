//! Bad snippets are caught, each for its reason. Each test is a book of one page.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use snippets::{Keeper, blocks};

static KEEPER: LazyLock<Keeper> = LazyLock::new(|| keeper(120));

/// The snippet that hangs costs as many seconds.
static IMPATIENT_KEEPER: LazyLock<Keeper> = LazyLock::new(|| keeper(20));

fn keeper(seconds: u64) -> Keeper {
    let (program, folder) = (env!("CARGO_BIN_EXE_keep"), env!("CARGO_TARGET_TMPDIR"));
    Keeper::new(program, folder, Duration::from_secs(seconds)).unwrap()
}

/// What a book of this one page is told.
fn told(page: &str) -> Result<(), String> {
    told_by(&KEEPER, page)
}

fn told_by(keeper: &Keeper, page: &str) -> Result<(), String> {
    let book = tempfile::tempdir().unwrap();
    let root = book.path();
    fs::create_dir(root.join("src")).unwrap();
    fs::write(root.join("book.toml"), "[book]\ntitle = \"Snippets\"\n").unwrap();
    fs::write(root.join("src/SUMMARY.md"), "- [Page](page.md)\n").unwrap();
    fs::write(root.join("src/page.md"), page).unwrap();
    fs::write(root.join("src/page.txt"), "two\nlines\n").unwrap();
    let all = blocks(root).and_then(|blocks| {
        blocks
            .iter()
            .try_for_each(|block| match block.says("ignore") {
                true => block.may_be_ignored(),
                false => keeper.prove(block),
            })
    });
    all.map_err(|error| format!("{error:#}"))
}

#[track_caller]
fn is_refused(page: &str, because: &str) {
    let told = told(page).expect_err("this page must be refused");
    assert!(
        told.contains("src/page.md"),
        "it does not say where: {told}"
    );
    assert!(
        told.contains(because),
        "it does not say `{because}`: {told}"
    );
}

#[test]
fn good_snippets_pass() {
    let page = "
A crate of the book, and a hidden line:

```rust
# use arc_swap::ArcSwap;
fn main() {
    assert_eq!(**ArcSwap::from_pointee(0.5).load(), 0.5);
}
```

- in a list

  ```rust,should_panic
  fn main() { panic!(\"as the fence says\") }
  ```

```rust,compile_fail
fn main() { let dim: u8 = 384; }
```

```rust,no_run
fn main() { loop {} }
```
";
    assert_eq!(told(page), Ok(()));
}

#[test]
fn all_crates_of_the_list_are_there() {
    let list = std::fs::read_to_string("crates/Cargo.toml").unwrap();
    let list: toml::Table = list.parse().unwrap();
    let names = list["dependencies"].as_table().unwrap().keys();
    let names: Vec<String> = names
        .map(|name| format!("{} as _", name.replace('-', "_")))
        .collect();
    let page = format!(
        "\n```rust\nuse {{{}}};\nfn main() {{}}\n```\n",
        names.join(", ")
    );
    assert_eq!(told(&page), Ok(()));
}

#[test]
fn a_snippet_that_panics_is_told_with_its_message_and_line() {
    let page = "
```rust
fn main() {
    assert_eq!(16_777_217_u32 as f32, 16_777_216.5, \"another id\");
    panic!(\"the batch is empty\");
}
```
";
    is_refused(page, "the batch is empty");
    is_refused(page, "the block:3:5");
    is_refused(page, "src/page.md:2, the block that begins `fn main() {`");
}

#[test]
fn a_snippet_that_does_not_compile_is_told_with_the_compilers_words() {
    is_refused(
        "```rust\nfn main() { let dim: u8 = 384; }\n```\n",
        "out of range for `u8`",
    );
}

#[test]
fn a_snippet_without_main_is_refused() {
    is_refused("```rust\nlet batch = [1, 2];\n```\n", "does not compile");
    is_refused("```rust\nfn mean() {}\n```\n", "`main` function not found");
}

#[test]
fn a_snippet_of_edition_2024_is_refused_plainly() {
    let page = "```rust\nfn main() { if let Some(a) = Some(1) && a == 1 {} }\n```\n";
    is_refused(page, "keeper compiles for edition 2021 at most");
    is_refused(page, "let chains are only allowed in Rust 2024");
}

#[test]
fn compile_fail_that_compiles_is_refused() {
    is_refused(
        "```rust,compile_fail\nfn main() {}\n```\n",
        "is marked `compile_fail`, but it compiles",
    );
    let panics = "```rust,compile_fail\nfn main() { panic!() }\n```\n";
    is_refused(panics, "is marked `compile_fail`, but it compiles");
}

#[test]
fn should_panic_that_ends_otherwise_is_refused() {
    is_refused(
        "```rust,should_panic\nfn main() {}\n```\n",
        "is marked `should_panic`, but it does not panic",
    );
    let exits = "```rust,should_panic\nfn main() { std::process::exit(3) }\n```\n";
    is_refused(exits, "ends without a panic, but with exit status: 3");
    is_refused(
        "```rust,should_panic\nfn main() { none() }\n```\n",
        "does not compile",
    );
}

#[test]
fn a_snippet_that_exits_with_an_error_is_refused() {
    is_refused(
        "```rust\nfn main() { std::process::exit(3) }\n```\n",
        "with exit status: 3",
    );
}

#[test]
fn a_snippet_that_hangs_is_ended_with_all_that_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("port");
    let page = format!(
        "```rust
fn main() {{
    let listener = std::net::TcpListener::bind(\"127.0.0.1:0\").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    std::fs::write({port:?}, port).unwrap();
    std::sync::mpsc::sync_channel::<()>(0).0.send(()).ok();
    loop {{ std::thread::park() }}
}}
```
"
    );
    let told = told_by(&IMPATIENT_KEEPER, &page).expect_err("this page must be refused");
    assert!(told.contains("did not end within 20 s"), "{told}");
    assert!(is_refused_soon(&port), "the snippet still runs");
}

/// Whether nobody listens any more on the port in this file.
fn is_refused_soon(port: &Path) -> bool {
    let port = fs::read_to_string(port).expect("the snippet has run");
    let deadline = Instant::now() + Duration::from_secs(10);
    while Instant::now() < deadline {
        if TcpStream::connect(format!("127.0.0.1:{port}")).is_err() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

#[test]
fn the_same_snippet_is_run_again_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let ran = folder.path().join("ran");
    let page = format!("```rust\nfn main() {{ std::fs::write({ran:?}, \"\").unwrap() }}\n```\n");
    for _ in 0..2 {
        assert_eq!(told(&page), Ok(()));
        fs::remove_file(&ran).expect("the snippet has run");
    }
}

#[test]
fn a_block_that_is_ignored_must_be_compiled_elsewhere() {
    is_refused(
        "```rust,ignore\nfn main() {}\n```\n",
        "`ignore` is only for includes",
    );
    is_refused("```rust,ignore\n```\n", "nothing stands in this block");
    let missing = "```rust,ignore\n{{#include ../exercises/ch01-none/shipped.rs:none}}\n```\n";
    is_refused(missing, "this include finds no file");
}

#[test]
fn an_include_that_breaks_out_of_its_list_is_refused() {
    let page = "- quoted:\n\n  ```console\n  {{#include page.txt}}\n  ```\n";
    is_refused(page, "is one inside a list?");
}

#[test]
fn a_block_that_keeper_would_not_see_is_refused() {
    is_refused(
        "<details>\n```rust\nfn main() {}\n```\n</details>\n",
        "a blank line is missing",
    );
    is_refused("```\nfn main() {}\n```\n", "without a language");
    is_refused("text\n\n    fn main() {}\n", "an indented code block");
    is_refused("```rs\nfn main() {}\n```\n", "write `rust` first");
    is_refused(
        "```rust,should-panic\nfn main() {}\n```\n",
        "`should-panic` says nothing here",
    );
}
