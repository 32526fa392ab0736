//! Holds the file by which the page's figure is tested to what happens now in each order of two requests' steps.

use std::process::Command;

use snapbox::{assert_data_eq, file};

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
    let now = String::from_utf8(run.stdout).unwrap();
    assert_data_eq!(
        now,
        file!["../../../book-tests/figures/ch04-buffer.json"].raw()
    );
}
