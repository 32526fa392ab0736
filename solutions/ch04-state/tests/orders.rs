//! Holds the file by which the page's figure is tested to what happens now in each order of two requests' steps.
//! `DRAW=1 cargo test -p ch04-state-solution --test orders` writes it anew.

use std::path::Path;
use std::process::Command;

#[test]
fn the_file_holds_what_two_requests_are_answered_from_now() {
    // In an example, for in a test the shipped file asks for its checks; and in the workspace's folder, for there
    // cargo finds all dependencies as `cargo test` has compiled them.
    let run = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--example", "orders"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book-tests/figures/ch04-buffer.json");
    if std::env::var_os("DRAW").is_some() {
        std::fs::write(&file, &run.stdout).unwrap();
    }
    let held = std::fs::read_to_string(&file).unwrap_or_default();
    let now = String::from_utf8(run.stdout).unwrap();
    assert!(
        held.replace("\r\n", "\n") == now,
        "book-tests/figures/ch04-buffer.json is old: run this test with DRAW=1\n{now}"
    );
}
