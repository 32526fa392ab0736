//! A program that is copied away from where cargo has built it does not find the embedded runtime, and says so.

use std::fs;
use std::process::Command;

const IS_AWAY: &str = "PROGRAM_IS_AWAY";

#[test]
fn away_from_cargos_folder_the_embedded_runtime_is_told_missing() {
    if std::env::var_os(IS_AWAY).is_some() {
        let refusal = runtime::environment().expect_err("there is none");
        println!("{refusal}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let away = folder.path().join("away.exe");
    fs::copy(std::env::current_exe().unwrap(), &away).unwrap();
    let output = Command::new(away)
        .arg("--nocapture")
        .env(IS_AWAY, "1")
        .env_remove("ORT_DYLIB_PATH")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("start the program where cargo has built it"),
        "{output:?}"
    );
}
