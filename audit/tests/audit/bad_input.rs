//! What cannot be read is told in one line each, and the rest is audited.

use std::fs;

use crate::project::{PITFALL, Project, Told};

/// Audits a project with one finding, and gives the lines of standard error.
#[track_caller]
fn lines(project: &Project) -> Vec<String> {
    let told = project.audit(&["--format", "json"]);
    assert_eq!(
        (told.found(), told.code),
        (vec!["src/lib.rs:1".to_owned()], Some(0))
    );
    told.err.lines().map(str::to_owned).collect()
}

#[test]
fn a_file_that_is_no_rust_is_told_with_its_line() {
    let project = Project::with(PITFALL);
    project.write("src/broken.rs", "fn f() {}\n\nfn g( {\n");
    project.write("src/odd.rs", "fn f() {}\nfn g() = ;\n");
    let lines = lines(&project);
    assert!(
        lines[0].starts_with("warning: src/broken.rs: line 3: "),
        "{lines:?}"
    );
    assert!(
        lines[1].starts_with("warning: src/odd.rs: line 2: "),
        "{lines:?}"
    );
    assert_eq!(lines.len(), 2);
}

#[test]
fn a_manifest_that_is_no_toml_is_told_with_its_line() {
    let project = Project::with(PITFALL);
    project.write("other/Cargo.toml", "[package]\nname = \n");
    let lines = lines(&project);
    assert!(
        lines[0].starts_with("warning: other/Cargo.toml: line 2: "),
        "{lines:?}"
    );
    assert_eq!(lines.len(), 1);
}

#[test]
fn a_file_that_is_not_utf_8_is_told() {
    let project = Project::with(PITFALL);
    project.write("src/latin.rs", b"// caf\n// \xe9\n");
    assert_eq!(
        lines(&project),
        ["warning: src/latin.rs: line 2: not UTF-8"]
    );
}

#[test]
fn a_file_of_50_mb_is_told() {
    let project = Project::with(PITFALL);
    let file = fs::File::create(project.path("src/huge.rs")).unwrap();
    file.set_len(50_000_000).unwrap();
    assert_eq!(lines(&project), ["warning: src/huge.rs: larger than 4 MiB"]);
}

#[test]
fn a_file_nested_10_000_deep_is_told() {
    let project = Project::with(PITFALL);
    for (name, open, close) in [
        ("a", "(", ")"),
        ("b", "!", ""),
        ("c", "A<B, ", ">"),
        ("d", "|a, b| ", ""),
    ] {
        let nested = format!("{}a{}", open.repeat(10_000), close.repeat(10_000));
        let text = format!("fn f() {{ let a = {nested}; }}\ntype T = {nested};\n");
        project.write(&format!("src/{name}.rs"), text);
    }
    let told = |name| format!("warning: src/{name}.rs: nested too deeply to be read");
    assert_eq!(lines(&project), ["a", "b", "c", "d"].map(told));
}

#[test]
fn a_path_that_is_not_there_or_is_no_rust_is_misuse_and_the_rest_is_audited() {
    let project = Project::with(PITFALL);
    project.write("notes.txt", "");
    let Told { out, err, code } = project.audit(&["--deny", "all", "nowhere", "notes.txt", "src"]);
    assert!(out.contains("src/lib.rs:1:57"), "{out}");
    let lines: Vec<&str> = err.lines().collect();
    assert!(lines[0].starts_with("error: nowhere: "), "{err}");
    assert_eq!(
        lines[1],
        "error: notes.txt: neither a folder, a Rust file nor a Cargo.toml"
    );
    assert_eq!((lines.len(), code), (2, Some(2)));
}

#[test]
fn a_folder_without_a_cargo_toml_is_told_and_audited() {
    let project = Project::empty();
    project.write("src/lib.rs", PITFALL);
    assert_eq!(
        lines(&project),
        ["warning: no Cargo.toml stands above src/lib.rs: files without one are read as one crate"]
    );
}

#[test]
fn a_folder_without_rust_is_told() {
    let told = Project::empty().audit(&[]);
    assert_eq!(
        told.err,
        "warning: nothing is audited: no Rust file is here\n"
    );
    assert_eq!(told.out, "0 likely, 0 to look at, in 0 files\n");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::process::CommandExt;
    use std::path::Path;
    use std::process::Command;

    use super::*;
    use crate::project::told;

    #[test]
    fn circles_of_links_are_told_and_not_followed() {
        let project = Project::with(PITFALL);
        symlink("..", project.path("src/up")).unwrap();
        symlink("self.rs", project.path("src/self.rs")).unwrap();
        symlink("lib.rs", project.path("src/same.rs")).unwrap();
        let lines = lines(&project);
        assert!(lines[0].starts_with("warning: src/self.rs: "), "{lines:?}");
        assert_eq!(
            lines[1],
            "warning: src/up: a link to a folder that holds it: not followed"
        );
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn a_link_that_leads_elsewhere_is_told() {
        let project = Project::with(PITFALL);
        let other = Project::with(PITFALL);
        symlink(other.path("src"), project.path("src/other")).unwrap();
        assert_eq!(
            lines(&project),
            ["warning: src/other: a link that leads elsewhere: not followed"]
        );
        assert_eq!(project.found(&["src/other"]), ["src/other/lib.rs:1"]);
    }

    #[test]
    fn what_may_not_be_read_is_told() {
        let project = Project::with(PITFALL);
        project.write("src/secret.rs", PITFALL);
        project.write("closed/a.rs", PITFALL);
        let deny = |name: &str, mode| {
            fs::set_permissions(project.path(name), fs::Permissions::from_mode(mode)).unwrap();
        };
        deny("src/secret.rs", 0o000);
        deny("closed", 0o000);
        deny("", 0o755);
        let mut command = project.command(&["--format", "json"]);
        // Root may read everything: as another user the program is run from where that one may.
        if fs::read(project.path("src/secret.rs")).is_ok() {
            let copy = project.path("program");
            fs::copy(env!("CARGO_BIN_EXE_cargo-inference-audit"), &copy).unwrap();
            command = Command::new(Path::new(&copy));
            command
                .args(["--format", "json"])
                .current_dir(project.path(""))
                .uid(65_534)
                .gid(65_534);
        }
        let told = told(command.output().unwrap());
        deny("closed", 0o755);
        assert_eq!(
            (told.found(), told.code),
            (vec!["src/lib.rs:1".to_owned()], Some(0))
        );
        let lines: Vec<&str> = told.err.lines().collect();
        assert!(lines[0].starts_with("warning: "), "{lines:?}");
        assert!(lines[0].contains("closed: Permission denied"), "{lines:?}");
        assert_eq!(
            lines[1],
            "warning: src/secret.rs: Permission denied (os error 13)"
        );
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn a_name_does_not_command_the_terminal() {
        let project = Project::with(PITFALL);
        project.write("src/a\x1b[31m\nb.rs", "fn f( {");
        let lines = lines(&project);
        assert_eq!(lines.len(), 1);
        assert!(!lines[0].contains('\x1b'), "{lines:?}");
    }
}
