//! The commands as a reader types them, wrong ones included: one line, exit code 2, nothing lost.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use runner::Root;

use crate::fixture::{Fixture, RIGHT_ANSWER, WRONG_ANSWER, has_ended, run, wait_until};

const EXERCISE: &str = "exercises/ch01-first/src/lib.rs";

/// Runs a command that must be refused and gives its one line.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let (out, err, code) = Fixture::new().workbook(arguments);
    assert_eq!(code, Some(2), "{out}{err}");
    assert_eq!(err.lines().count(), 1, "one line, not: {err}");
    err
}

#[test]
fn check_prints_a_line_for_each_chapter_then_the_first_failure_then_the_next_step() {
    let fixture = Fixture::new();
    fixture.write(EXERCISE, RIGHT_ANSWER);
    let (out, _, code) = fixture.workbook(&["check"]);
    assert_eq!(code, Some(1));
    let head = "ch01-first   passes\nch02-second  1 of 2 checks pass\n\n✗ the answer is right\n";
    assert!(out.starts_with(head), "{out}");
    assert!(out.ends_with("Next: cargo workbook hint ch02\n"), "{out}");
}

#[test]
fn another_text_may_be_named_from_the_folder_that_the_user_is_in() {
    let fixture = Fixture::new();
    fixture.write("notes/mine.rs", RIGHT_ANSWER);
    for (folder, file) in [
        ("notes", "mine.rs"),
        ("", "notes/mine.rs"),
        ("notes", "../exercises/ch02-second/shipped.rs"),
    ] {
        let mut command = fixture.command(&["show", "ch01", file]);
        command.current_dir(fixture.path(folder));
        let (out, err, code) = run(command);
        assert_eq!((err.as_str(), code), ("", Some(0)), "{file}");
        assert!(out.contains("pub fn answer()"), "{file}: {out}");
    }
}

#[test]
fn show_without_a_file_names_those_that_there_are() {
    let fixture = Fixture::new();
    let (_, err, code) = fixture.workbook(&["show", "ch02"]);
    assert_eq!(err, "which text of ch02-second: shipped.rs?\n");
    assert_eq!(code, Some(2));
}

#[test]
fn check_with_another_file_leaves_the_exercise_alone() {
    let fixture = Fixture::new();
    fixture.write("exercises/ch01-first/mine.rs", RIGHT_ANSWER);
    let (out, _, code) = fixture.workbook(&["check", "ch01", "--with", "mine.rs"]);
    assert_eq!((out.as_str(), code), ("ch01-first  passes\n", Some(0)));
    assert_eq!(fixture.read(EXERCISE), WRONG_ANSWER);
}

#[test]
fn hints_come_one_at_a_time_and_the_last_one_stays() {
    let fixture = Fixture::new();
    let hint = || fixture.workbook(&["hint", "ch01"]).0;
    assert_eq!(hint(), "Hint 1 of 3 for ch01-first: look here\n");
    assert_eq!(hint(), "Hint 2 of 3 for ch01-first: it is wrong\n");
    for _ in 0..2 {
        let last = hint();
        assert!(
            last.starts_with("Hint 3 of 3 for ch01-first: write 42\nThat was the last one."),
            "{last}"
        );
    }
    fixture.workbook(&["reset", "ch01"]);
    assert_eq!(hint(), "Hint 1 of 3 for ch01-first: look here\n");
}

#[test]
fn reset_keeps_every_version_of_the_learner_s() {
    let fixture = Fixture::new();
    for (number, yours) in [(1, "// first try\n"), (2, "// second try\n")] {
        fixture.write(EXERCISE, yours);
        let (out, _, code) = fixture.workbook(&["reset", "ch01"]);
        let kept = format!("exercises/ch01-first/src/lib.yours-{number}.rs");
        assert_eq!(out, format!("{EXERCISE} is as shipped; yours is {kept}\n"));
        assert_eq!(code, Some(0));
        assert_eq!(fixture.read(EXERCISE), WRONG_ANSWER);
        assert_eq!(fixture.read(&kept), yours);
    }
}

#[test]
fn reset_of_an_untouched_exercise_makes_no_copy_and_of_a_missing_one_brings_it_back() {
    let fixture = Fixture::new();
    assert_eq!(
        fixture.workbook(&["reset", "1"]).0,
        format!("{EXERCISE} was as shipped already: nothing was changed\n")
    );
    fs::remove_file(fixture.path(EXERCISE)).unwrap();
    assert_eq!(
        fixture.workbook(&["reset", "1"]).0,
        format!("{EXERCISE} was missing and is as shipped\n")
    );
    assert_eq!(fixture.read(EXERCISE), WRONG_ANSWER);
    assert!(
        !fixture
            .path("exercises/ch01-first/src/lib.yours-1.rs")
            .exists()
    );
}

#[cfg(unix)]
#[test]
fn reset_on_a_full_disk_loses_nothing_and_leaves_nothing() {
    let fixture = Fixture::new();
    fixture.write(EXERCISE, "// mine\n");
    let before = fixture.files("exercises/ch01-first/src");
    // No byte can be written to a file, as on a full disk.
    let mut full = Command::new("sh");
    full.args([
        "-c",
        "trap '' XFSZ; ulimit -f 0; exec \"$0\" reset ch01",
        crate::PROGRAM,
    ])
    .current_dir(fixture.path("."))
    .env_remove("CARGO_MANIFEST_DIR");
    let (_, err, code) = run(full);
    assert_eq!(code, Some(2));
    assert!(err.contains(&format!("{EXERCISE} is as it was")), "{err}");
    assert_eq!(fixture.read(EXERCISE), "// mine\n");
    assert_eq!(fixture.files("exercises/ch01-first/src"), before);
}

#[test]
fn a_text_with_other_line_ends_is_as_shipped() {
    let fixture = Fixture::new();
    fixture.write(EXERCISE, &WRONG_ANSWER.replace('\n', "\r\n"));
    let (out, _, _) = fixture.workbook(&["reset", "ch01"]);
    assert_eq!(
        out,
        format!("{EXERCISE} was as shipped already: nothing was changed\n")
    );
}

#[cfg(unix)]
#[test]
fn reset_keeps_the_file_s_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    fixture.write(EXERCISE, "// mine\n");
    let file = fixture.path(EXERCISE);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o664)).unwrap();
    fixture.workbook(&["reset", "ch01"]);
    let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o664);
}

#[test]
fn a_chapter_is_found_by_number_name_and_part_of_it() {
    let fixture = Fixture::new();
    for filter in [
        "2",
        "02",
        "ch02",
        "ch2",
        "Ch 2",
        "chapter 2",
        "Chapter-02",
        "second",
        "ch02-second",
        "ch02-second/",
    ] {
        assert_eq!(
            fixture.root().one(filter).unwrap(),
            "ch02-second",
            "{filter}"
        );
    }
}

#[test]
fn a_chapter_may_be_named_in_two_words() {
    let (out, _, _) = Fixture::new().workbook(&["hint", "chapter", "2"]);
    assert_eq!(out, "Hint 1 of 3 for ch02-second: look here\n");
}

#[test]
fn an_unknown_chapter_is_told_which_there_are() {
    let expected = "no chapter matches `ch09`: the chapters are ch01-first, ch02-second\n";
    for command in ["check", "hint", "reset"] {
        assert_eq!(refused(&[command, "ch09"]), expected);
    }
    for other in ["9", "chapter 9", "ch02-first", ""] {
        assert_eq!(refused(&["check", other]), expected.replace("ch09", other));
    }
}

#[test]
fn two_chapters_where_one_is_needed_are_told_apart() {
    assert_eq!(
        refused(&["hint", "ch0"]),
        "`ch0` matches ch01-first and ch02-second: name one of them\n"
    );
}

#[test]
fn an_unknown_command_or_flag_is_one_line() {
    assert_eq!(
        refused(&["chek"]),
        "unrecognized subcommand 'chek': a similar subcommand exists: 'check'; see `cargo workbook --help`\n"
    );
    assert!(refused(&["--prot", "3001"]).starts_with("unexpected argument '--prot' found"));
    assert!(refused(&["--port", "70000"]).starts_with("invalid value '70000' for '--port <PORT>'"));
    assert!(
        refused(&["hint"])
            .starts_with("the following required arguments were not provided: <CHAPTER>")
    );
}

#[test]
fn a_class_is_joined_with_a_name_and_opened_on_an_address() {
    assert!(
        refused(&["--join", "http://192.168.1.20:3100/k7q2mx4p"])
            .starts_with("the following required arguments were not provided: --as <NAME>")
    );
    assert!(refused(&["--as", "Ada"]).contains("--join <URL>"));
    assert!(refused(&["class", "--bind", "everywhere"]).starts_with("invalid value 'everywhere'"));
    assert!(refused(&["class", "--yes"]).contains("--clear"));
}

#[test]
fn a_file_to_check_with_must_exist_and_else_is_told_which_there_are() {
    let fixture = Fixture::new();
    fixture.write("exercises/ch01-first/answers/right/a.rs", RIGHT_ANSWER);
    let refused = |file: &str| fixture.workbook(&["check", "ch01", "--with", file]).1;
    assert_eq!(
        refused("wrong/nothing.rs"),
        "there is no exercises/ch01-first/wrong/nothing.rs: there are shipped.rs\n"
    );
    assert_eq!(
        refused("answers/right/b.rs"),
        "there is no exercises/ch01-first/answers/right/b.rs: there are answers/right/a.rs\n"
    );
}

#[test]
fn a_reader_that_goes_away_ends_a_command_without_a_word() {
    let fixture = Fixture::new();
    let mut command = fixture.command(&["list"]);
    command.stdout(closed_pipe()).stderr(Stdio::piped());
    let ended = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert_eq!(ended.status.code(), Some(141));
}

#[test]
fn what_was_pasted_moves_nothing_in_the_terminal() {
    assert_eq!(
        refused(&["hint", "ch\u{1b}[31m09\nch01"]),
        "no chapter matches `ch [31m09 ch01`: the chapters are ch01-first, ch02-second\n"
    );
}

/// One row for each command: how it ends when it does what it should, and when it cannot.
#[test]
fn each_command_ends_with_a_code_of_the_table() {
    type Lines<'a> = &'a [&'a [&'a str]];
    let commands: [(&str, Lines, Lines); 11] = [
        ("check", &[&["ch01"]], &[&["ch09"], &["ch02"]]),
        (
            "show",
            &[&["ch01", "shipped.rs"]],
            &[&["ch01", "none.rs"], &["ch01"]],
        ),
        ("answers", &[&["ch01"]], &[&["ch09"], &["ch02"]]),
        ("new", &[&["ch03-third", "Third"]], &[&["third", "Third"]]),
        ("hint", &[&["CH01"], &["1"]], &[&["ch09"], &["ch02"], &[]]),
        ("reset", &[&["ch01"]], &[&["ch09"], &["ch02"]]),
        ("history", &[&["ch01"]], &[&["ch09"], &["ch02"]]),
        ("list", &[], &[&[], &["ch01"]]),
        // A program of its own, whose tests hold its codes; the tiny workbook has it not.
        ("audit", &[], &[]),
        ("class", &[], &[&["--bind", "everywhere"]]),
        ("doctor", &[], &[&[]]),
    ];
    let fixture = Fixture::new();
    fixture.write(EXERCISE, RIGHT_ANSWER);
    // A broken manifest.
    fixture.write("exercises/ch02-second/chapter.toml", "title = ");
    let (help, _, _) = fixture.workbook(&["--help"]);
    let told = help.split("Commands:\n").nth(1).unwrap();
    let told = told.lines().take_while(|line| !line.is_empty());
    let told: Vec<&str> = told
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(told, commands.map(|(command, _, _)| command));
    for (command, does, does_not) in commands {
        for (rows, expected) in [(does, 0), (does_not, 2)] {
            for arguments in rows {
                let words = [&[command], *arguments].concat();
                let (out, err, code) = fixture.workbook(&words);
                assert_eq!(code, Some(expected), "{words:?}: {out}{err}");
                assert!(err.lines().count() <= 1, "{words:?}: {err}");
                assert!(!err.contains("panicked"), "{words:?}: {err}");
            }
        }
        if command != "audit" {
            let (_, _, code) = fixture.workbook(&[command, "--help"]);
            assert_eq!(code, Some(0), "{command} --help");
        }
    }
    // What `new` made takes more from a workspace than this one has.
    fs::remove_dir_all(fixture.path("exercises/ch03-third")).unwrap();
    fixture.write(EXERCISE, WRONG_ANSWER);
    assert_eq!(fixture.workbook(&["check", "ch01"]).2, Some(1));
    fixture.write(
        "exercises/ch01-first/answers/right/wrong.rs",
        &format!("// keeps all: it does not\n{WRONG_ANSWER}"),
    );
    assert_eq!(fixture.workbook(&["answers", "ch01"]).2, Some(1));
    let (version, _, code) = fixture.workbook(&["--version"]);
    assert_eq!(code, Some(0));
    assert!(version.starts_with("cargo workbook "), "{version}");
}

#[test]
fn the_readme_and_the_help_have_the_same_exit_codes() {
    let (help, _, _) = Fixture::new().workbook(&["--help"]);
    let rows = help.split("Exit codes:\n").nth(1).unwrap().lines();
    let rows: Vec<String> = rows
        .map(|row| row.trim().split_once(' ').unwrap())
        .map(|(code, says)| format!("| {code} | {} |", says.trim()))
        .collect();
    assert_eq!(rows.len(), 5);
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let table = readme.split("| Exit code |").nth(1).unwrap().lines();
    let table: Vec<&str> = table.skip(2).take_while(|line| !line.is_empty()).collect();
    assert_eq!(table, rows);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_of_code_is_refused_before_it_is_read() {
    let fixture = Fixture::new();
    let pipe = fixture.path("exercises/ch01-first/pipe.rs");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    fixture.write("exercises/ch01-first/large.rs", &" ".repeat(2 << 20));
    for (file, problem) in [
        ("wrong/..", "exercises/ch01-first is a folder, no file"),
        ("/dev/zero", "/dev/zero is a pipe or a device, no file"),
        ("pipe.rs", "is a pipe or a device, no file"),
        ("large.rs", "has 2097152 bytes: 524288 at the most are read"),
    ] {
        fs::create_dir_all(fixture.path("exercises/ch01-first/wrong")).unwrap();
        for command in [
            &["check", "ch01", "--with", file][..],
            &["show", "ch01", file],
        ] {
            let (out, err, code) = fixture.workbook(command);
            assert_eq!((out.as_str(), code), ("", Some(2)), "{file}: {err}");
            assert!(err.contains(problem) && err.lines().count() == 1, "{err}");
        }
    }
}

#[test]
fn a_folder_in_the_exercise_s_place_is_put_aside_by_a_reset() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.path(EXERCISE)).unwrap();
    fixture.write(&format!("{EXERCISE}/mine.txt"), "mine");
    let (out, _, code) = fixture.workbook(&["check", "ch01"]);
    assert_eq!(code, Some(2));
    assert!(
        out.contains("is a folder, no file; `cargo workbook reset ch01`"),
        "{out}"
    );
    let (out, err, code) = fixture.workbook(&["reset", "ch01"]);
    assert_eq!((err.as_str(), code), ("", Some(0)), "{out}");
    assert_eq!(fixture.read(EXERCISE), WRONG_ANSWER);
    assert_eq!(
        fixture.read("exercises/ch01-first/src/lib.yours-1.rs/mine.txt"),
        "mine"
    );
}

/// A pipe whose reader is gone already.
fn closed_pipe() -> Stdio {
    std::io::pipe().unwrap().1.into()
}

#[test]
fn a_chapter_that_passes_needs_no_hint_until_it_is_changed() {
    let fixture = Fixture::new();
    fixture.write(EXERCISE, RIGHT_ANSWER);
    fixture.workbook(&["check", "ch01"]);
    let hint = || fixture.workbook(&["hint", "ch01"]).0;
    assert_eq!(hint(), "ch01-first passes: the next one is ch02-second\n");
    fixture.workbook(&["reset", "ch01"]);
    assert_eq!(hint(), "Hint 1 of 3 for ch01-first: look here\n");
}

#[test]
fn outside_a_workbook_every_command_says_where_to_go() {
    let fixture = Fixture::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = fixture.command(&["list"]);
    command.current_dir(elsewhere.path());
    let (_, err, code) = run(command);
    assert_eq!(code, Some(2));
    assert!(err.starts_with("not inside the workbook: "), "{err}");
}

#[test]
fn without_cargo_the_check_says_what_to_install() {
    let fixture = Fixture::new();
    let mut command = fixture.command(&["check", "ch01"]);
    command
        .env_remove("CARGO")
        .env("PATH", fixture.path("no-programs-here"));
    let (out, _, code) = run(command);
    assert_eq!(code, Some(2));
    assert_eq!(
        out,
        "ch01-first  cargo is not on the PATH: install Rust with rustup, or open a new terminal\n"
    );
}

#[test]
fn list_names_every_chapter_with_its_number_title_and_subject() {
    let (out, _, _) = Fixture::new().workbook(&["list"]);
    assert_eq!(
        out,
        "ch01-first   1 · A question\n             The answer\nch02-second  2 · A question\n             The answer\n"
    );
}

#[test]
fn list_marks_what_is_solved() {
    let fixture = Fixture::new();
    fixture.write(EXERCISE, RIGHT_ANSWER);
    fixture.workbook(&["check"]);
    let (out, _, _) = fixture.workbook(&["list"]);
    let marked: Vec<&str> = out.lines().filter(|line| line.ends_with("  ✓")).collect();
    assert_eq!(marked, ["ch01-first   1 · A question  ✓"]);
    fixture.workbook(&["reset", "ch01"]);
    let (out, _, _) = fixture.workbook(&["list"]);
    assert!(
        out.starts_with("ch01-first   1 · A question  solved before, now as shipped\n"),
        "{out}"
    );
}

#[test]
fn list_names_a_broken_chapter_and_lists_the_others() {
    let fixture = Fixture::new();
    fixture.write("exercises/ch01-first/chapter.toml", "title = ");
    let (out, err, code) = fixture.workbook(&["list"]);
    assert_eq!(
        out,
        "ch02-second  2 · A question\n             The answer\n"
    );
    assert!(
        err.starts_with("exercises/ch01-first/chapter.toml:1: "),
        "{err}"
    );
    assert_eq!(err.lines().count(), 1, "{err}");
    assert_eq!(code, Some(2));
}

#[test]
fn list_says_which_checks_it_counts() {
    let fixture = Fixture::new();
    let toml = "exercises/ch01-first/chapter.toml";
    let another = "[[check]]\nname = \"zz_more\"\nshipped = \"fails\"\npromises = [2]\n";
    fixture.write(toml, &(fixture.read(toml) + another));
    let checks = "exercises/ch01-first/src/check.rs";
    fixture.write(
        checks,
        &(fixture.read(checks) + "#[test]\nfn zz_more() { panic!() }\n"),
    );
    fixture.write(EXERCISE, RIGHT_ANSWER);
    let (out, _, _) = fixture.workbook(&["check", "ch01"]);
    assert!(out.starts_with("ch01-first  2 of 3 checks pass"), "{out}");
    let (out, _, _) = fixture.workbook(&["list"]);
    assert!(
        out.starts_with("ch01-first   1 · A question  1 of 2\n"),
        "{out}"
    );
    let last = "Counted are the checks that the shipped code fails; a verdict counts all.\n";
    assert!(out.ends_with(last), "{out}");
}

/// The numbers of a chapter's earlier texts, and what the list says of each.
fn listed(fixture: &Fixture) -> Vec<(String, String)> {
    let (out, err, code) = fixture.workbook(&["history", "ch01"]);
    assert_eq!(code, Some(0), "{err}");
    let rows = out.lines().filter_map(|line| {
        let (number, rest) = line.trim().split_once(' ')?;
        number.parse::<u32>().ok()?;
        Some((number.to_owned(), rest.trim().to_owned()))
    });
    rows.collect()
}

#[test]
fn a_text_that_a_reset_replaced_is_listed_and_brought_back() {
    let fixture = Fixture::new();
    let (out, _, _) = fixture.workbook(&["history", "ch01"]);
    assert_eq!(
        out,
        format!("{EXERCISE} was never seen with a text of yours\n")
    );
    fixture.write(EXERCISE, "// mine\n");
    fixture.workbook(&["reset", "ch01"]);
    let texts = listed(&fixture);
    assert_eq!(texts.len(), 1);
    assert!(
        texts[0]
            .1
            .contains("1 lines  1 lines that are not in it now"),
        "{texts:?}"
    );

    fixture.write(EXERCISE, "// and now\n");
    let (out, _, _) = fixture.workbook(&["history", "ch01", "--restore", &texts[0].0]);
    assert!(
        out.starts_with(&format!("{EXERCISE} is text 1 again")),
        "{out}"
    );
    assert_eq!(fixture.read(EXERCISE), "// mine\n");
    // What stood there is kept too.
    let texts = listed(&fixture);
    let (now, before) = (&texts[0].1, &texts[1]);
    assert!(now.ends_with("as it is now"), "{texts:?}");
    fixture.workbook(&["history", "ch01", "--restore", &before.0]);
    assert_eq!(fixture.read(EXERCISE), "// and now\n");

    let (_, err, code) = fixture.workbook(&["history", "ch01", "--restore", "99"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("no text is kept as 99: there are"), "{err}");
}

#[test]
fn a_check_keeps_what_it_checked_and_the_history_keeps_twenty_different_texts() {
    let fixture = Fixture::new();
    fixture.write(EXERCISE, RIGHT_ANSWER);
    fixture.workbook(&["check", "ch01"]);
    assert_eq!(listed(&fixture).len(), 1);
    let chapter = fixture.root().chapter("ch01-first").unwrap();
    let history = runner::History::of(&fixture.root(), &chapter);
    let text = |number: usize| format!("// text {number}\n");
    for number in [1, 2, 1, 1, 3].into_iter().chain(4..=22) {
        history.note(text(number).as_bytes());
    }
    let texts = history.texts();
    let kept: Vec<&str> = texts.iter().map(|earlier| earlier.text.as_str()).collect();
    let expected: Vec<String> = (3..=22).rev().map(text).collect();
    assert_eq!(kept, expected);
}

#[test]
fn a_history_of_large_texts_is_bounded_too() {
    let fixture = Fixture::new();
    let chapter = fixture.root().chapter("ch01-first").unwrap();
    let history = runner::History::of(&fixture.root(), &chapter);
    for number in 0..8 {
        history.note(format!("// {number}{}", " ".repeat(500_000)).as_bytes());
    }
    let size: usize = history
        .texts()
        .iter()
        .map(|earlier| earlier.text.len())
        .sum();
    assert!(
        (1_500_000..=2 * 1024 * 1024).contains(&size),
        "{size} bytes"
    );
    let before = history.texts();
    history.note(" ".repeat(600_000).as_bytes());
    assert_eq!(history.texts(), before, "no exercise is so large");
}

#[test]
fn doctor_finds_a_missing_exercise() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.path(EXERCISE)).unwrap();
    let (out, _, code) = fixture.workbook(&["doctor"]);
    assert_eq!(code, Some(2), "{out}");
    assert!(
        out.contains(&format!(
            "problem  {EXERCISE} is missing; `cargo workbook reset ch01`"
        )),
        "{out}"
    );
}

#[test]
fn doctor_finds_a_missing_chapter_by_its_page() {
    let fixture = Fixture::new();
    fs::remove_dir_all(fixture.path("exercises/ch01-first")).unwrap();
    let (out, _, code) = fixture.workbook(&["doctor"]);
    assert_eq!(code, Some(2), "{out}");
    assert!(
        out.contains("problem  exercises/ch01-first is missing"),
        "{out}"
    );
}

#[test]
fn doctor_tells_which_runtime_is_in_use() {
    let fixture = Fixture::new();
    let told = |library: Option<&Path>| {
        let mut doctor = fixture.command(&["doctor"]);
        doctor.env_remove("ORT_DYLIB_PATH");
        if let Some(library) = library {
            doctor.env("ORT_DYLIB_PATH", library);
        }
        run(doctor).0
    };
    let reporting = |version| stand_in_runtime::reporting(version, &fixture.path("")).unwrap();
    let has = |out: String, line: &str| assert!(out.contains(line), "no `{line}` in\n{out}");
    has(told(None), "ok       models run on the embedded runtime");
    has(
        told(Some(&reporting("1.31.1"))),
        "ok       models run on ONNX Runtime 1.31.1: ",
    );
    has(
        told(Some(&reporting("1.16.3"))),
        "ONNX Runtime 1.16.3 is too old",
    );
    has(
        told(Some(&fixture.path("nowhere.so"))),
        "there is no such file",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_and_a_kill_end_the_checks_that_run() {
    for (signal, code) in [
        ("-INT", Some(130)),
        ("-HUP", Some(130)),
        ("-QUIT", None),
        ("-KILL", None),
    ] {
        a_signal_ends_the_checks_that_run(signal, code);
    }
}

#[cfg(target_os = "linux")]
fn a_signal_ends_the_checks_that_run(signal: &str, expected: Option<i32>) {
    let fixture = Fixture::new();
    let code = RIGHT_ANSWER.replace(
        "    42",
        "    let child = std::process::Command::new(\"sleep\").arg(\"1000\").spawn().unwrap();\n    \
         let ids = format!(\"{} {}\", std::process::id(), child.id());\n    \
         let new = format!(\"{}.new\", child.id());\n    \
         std::fs::write(&new, ids).unwrap();\n    std::fs::rename(new, \"check.pid\").unwrap();\n    \
         loop {\n        std::thread::park();\n    }",
    );
    fixture.write(EXERCISE, &code);
    let mut command = fixture.command(&["check", "ch01"]);
    command
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    let mut workbook = command.spawn().unwrap();
    let pid_file = fixture.path("exercises/ch01-first/check.pid");
    let pid = || fs::read_to_string(&pid_file).unwrap_or_default();
    wait_until("the check's start", || !pid().is_empty());
    let pids = pid();
    let (check, child) = pids.split_once(' ').unwrap();
    let interrupt = std::process::Command::new("kill")
        .args([signal, &workbook.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    assert_eq!(workbook.wait().unwrap().code(), expected);
    wait_until("the check's end", || has_ended(check));
    if expected.is_none() {
        // What the check had started is found by the next one.
        fixture.workbook(&["check", "ch02"]);
    }
    wait_until("its child's end", || has_ended(child));
}

#[cfg(unix)]
#[test]
fn doctor_for_a_workshop_says_what_brings_a_missing_linker() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    let rustc = "#!/bin/sh\n[ \"$1\" = --version ] && echo 'rustc 1.99.0' && exit\n\
                 echo 'error: linker `cc` not found' >&2\nexit 1\n";
    fixture.write("rustc", rustc);
    let path = fixture.path("rustc");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = fixture.command(&["doctor", "--workshop"]);
    command.env("RUSTC", path).env_remove("ORT_DYLIB_PATH");
    let (out, _, code) = run(command);
    assert_eq!(code, Some(2), "{out}");
    assert!(out.contains("problem  linker `cc` not found: "), "{out}");
    assert!(
        out.lines().last().unwrap().starts_with("not ready: "),
        "{out}"
    );
}

#[cfg(unix)]
#[test]
fn reset_in_a_folder_that_nobody_may_write_changes_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    fixture.write(EXERCISE, RIGHT_ANSWER);
    let folder = fixture.path("exercises/ch01-first/src");
    let allow = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    if fs::write(folder.join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let (_, err, code) = fixture.workbook(&["reset", "ch01"]);
    allow(0o755);
    assert_eq!(code, Some(2), "{err}");
    assert_eq!(err.lines().count(), 1, "one line, not: {err}");
    assert_eq!(fixture.read(EXERCISE), RIGHT_ANSWER);
}

/// What a reader copies from a text: each command is one, takes the flags, and finds the chapter's file.
#[test]
fn every_command_that_a_text_shows_can_be_run() {
    let fixture = Fixture::new();
    let root = Root::at(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let mut problems = Vec::new();
    for (file, shown) in shown_commands(root.path()) {
        let words: Vec<&str> = shown.split_whitespace().collect();
        let is_flag = |word: &&str| word.starts_with("--");
        let command: Vec<&str> = words
            .iter()
            .copied()
            .take(1)
            .filter(|word| !is_flag(word))
            .collect();
        // The auditor tells itself what it takes, and the tiny workbook has it not.
        let asked: &[&str] = match command[..] {
            ["audit"] => &[],
            _ => &command,
        };
        let (help, _, code) = fixture.workbook(&[asked, &["--help"]].concat());
        let has = |flag: &str| help.split_whitespace().any(|word| word == flag);
        let is_known = code == Some(0) && words.iter().copied().filter(is_flag).all(has);
        let finds_its_file = match words.iter().find(|word| word.ends_with(".rs")) {
            Some(file) => {
                let chapter = root.one(words[1]).unwrap();
                let folder = root.path().join("exercises").join(chapter);
                folder.join(file).is_file()
            }
            None => true,
        };
        if !is_known || !finds_its_file {
            problems.push(format!("{file}: cargo workbook {shown}"));
        }
    }
    assert_eq!(problems, Vec::<String>::new());
}

/// Each `cargo workbook ...` of the README, the book and the exercises, with its file and without its first two words.
fn shown_commands(root: &Path) -> Vec<(String, String)> {
    let exercises = fs::read_dir(root.join("exercises")).unwrap();
    let mut folders: Vec<_> = exercises.map(|entry| entry.unwrap().path()).collect();
    folders.extend(["", "src", "src/instructor"].map(|folder| root.join(folder)));
    let files = folders.iter().flat_map(fs::read_dir).flatten();
    let files = files.map(|entry| entry.unwrap().path());
    let mut shown = Vec::new();
    for file in files.filter(|file| file.extension().is_some_and(|kind| kind == "md")) {
        let text = fs::read_to_string(&file).unwrap();
        for rest in text.split("cargo workbook").skip(1) {
            let command = rest.split(['`', '#', '<', '\n']).next().unwrap_or_default();
            shown.push((file.display().to_string(), command.trim().to_owned()));
        }
    }
    assert!(shown.len() > 20, "only {shown:?}");
    shown
}
