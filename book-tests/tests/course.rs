//! What a course on a platform runs is what a learner runs: `docs/course.yml`.

use std::fs;
use std::path::Path;

use runner::Root;

fn read(file: &str) -> String {
    let root = Root::find().unwrap();
    fs::read_to_string(root.path().join("docs").join(file)).unwrap()
}

/// The workflow's own script, on folders as its steps lay them out, with a cargo that only looks.
#[cfg(unix)]
#[test]
fn the_workflow_takes_a_learner_s_exercises_and_nothing_else() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for (chapter, answer) in [("ch01-first", Some("my answer")), ("ch02-second", None)] {
        write(
            &format!("handed-out/exercises/{chapter}/src/lib.rs"),
            "shipped",
        );
        write(
            &format!("handed-out/exercises/{chapter}/src/check.rs"),
            "the check",
        );
        write(
            &format!("mine/exercises/{chapter}/src/check.rs"),
            "no check",
        );
        if let Some(answer) = answer {
            write(&format!("mine/exercises/{chapter}/src/lib.rs"), answer);
        }
    }
    write(
        "bin/cargo",
        "#!/bin/sh\necho \"$@\"; cat exercises/*/src/*.rs; exit 101\n",
    );
    let cargo = folder.path().join("bin/cargo");
    fs::set_permissions(cargo, fs::Permissions::from_mode(0o755)).unwrap();

    let workflow = read("course.yml");
    let (_, script) = workflow.split_once("run: |\n").unwrap();
    let path = std::env::var("PATH").unwrap();
    // As GitHub runs `shell: bash`.
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
        .current_dir(folder.path().join("handed-out"))
        .env(
            "PATH",
            format!("{}:{path}", folder.path().join("bin").display()),
        )
        .env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(101), "{output:?}");
    let summary = fs::read_to_string(folder.path().join("summary.md")).unwrap();
    assert_eq!(
        summary,
        "```text\ntest -p exercises\nthe checkmy answerthe check"
    );
    let lib = |chapter: &str| {
        Path::new("handed-out/exercises")
            .join(chapter)
            .join("src/lib.rs")
    };
    assert!(
        !folder.path().join(lib("ch02-second")).exists(),
        "what a learner has deleted is not passed"
    );
}
