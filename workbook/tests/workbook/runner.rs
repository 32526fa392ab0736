//! What a run of checks makes of answers that are right, wrong, broken, or never end.

use crate::fixture::{CHECKS, Fixture, RIGHT_ANSWER, WRONG_ANSWER, has_ended, run, wait_until};
use runner::{CheckState, Event, Limits, Observer, Outcome, Verdict, one_line, run_exercise, text};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

#[test]
fn a_right_answer_passes() {
    let verdict = Fixture::new().verdict_on(RIGHT_ANSWER);
    assert!(verdict.passes(), "{verdict:#?}");
    assert_eq!(one_line(&verdict), "passes");
}

#[test]
fn a_wrong_answer_is_told_with_its_message_and_place_first() {
    let verdict = Fixture::new().verdict_on(WRONG_ANSWER);
    assert_eq!(one_line(&verdict), "1 of 2 checks pass");
    let told = text(&verdict);
    assert!(told.starts_with("✗ the answer is right\n"), "{told}");
    assert!(told.contains("the answer must be 42"), "{told}");
    assert!(
        told.contains("at exercises/ch01-first/src/check.rs:9"),
        "{told}"
    );
    assert!(told.ends_with("✓ there is an answer\n"), "{told}");
}

#[test]
fn an_answer_that_does_not_compile_is_told_in_rustc_s_words() {
    let verdict = Fixture::new().verdict_on("pub fn answer() -> u32 { \"42\" }\n");
    let Outcome::DoesNotCompile { errors } = &verdict.outcome else {
        panic!("{verdict:#?}")
    };
    assert!(errors[0].contains("mismatched types"), "{}", errors[0]);
    assert!(
        errors[0].contains("exercises/ch01-first/src/lib.rs:1"),
        "{}",
        errors[0]
    );
}

#[test]
fn an_answer_that_renames_what_the_checks_call_is_told_to_keep_the_names() {
    let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("fn answer", "fn reply"));
    let Outcome::DoesNotCompile { errors } = &verdict.outcome else {
        panic!("{verdict:#?}")
    };
    assert!(
        errors[0].ends_with("give it the names, arguments and types that it had.\n"),
        "{}",
        errors[0]
    );
}

#[test]
fn an_answer_that_never_ends_is_stopped_and_hides_no_other_check() {
    let code = RIGHT_ANSWER.replace("    42", "    #[allow(clippy::empty_loop)]\n    loop {}");
    let fixture = Fixture::new();
    fixture.write(
        "exercises/ch01-first/src/check.rs",
        &CHECKS.replace("let _ = super::answer();", ""),
    );
    let verdict = fixture.verdict_on(&code);
    let checks = verdict.checks().unwrap();
    assert_eq!(checks[0].state, CheckState::Passed);
    assert_eq!(checks[1].state, CheckState::TimedOut);
    assert_eq!(one_line(&verdict), "1 of 2 checks pass, timed out");
}

#[test]
fn an_answer_that_prints_without_end_is_stopped_too() {
    let code = RIGHT_ANSWER.replace("    42", "    loop {\n        println!(\"42\");\n    }");
    let verdict = Fixture::new().verdict_on(&code);
    assert_eq!(verdict.checks().unwrap()[0].state, CheckState::TimedOut);
}

#[cfg(target_os = "linux")]
#[test]
fn the_processes_that_a_stopped_check_started_are_ended_with_it() {
    let code = r#"
pub fn answer() -> u32 {
    let child = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    std::fs::write("child.pid", child.id().to_string()).unwrap();
    loop {
        std::thread::park();
    }
}

#[cfg(test)]
mod check;
"#;
    let fixture = Fixture::new();
    let verdict = fixture.verdict_on(code);
    assert_eq!(verdict.checks().unwrap()[1].state, CheckState::TimedOut);
    let child = fixture.read("exercises/ch01-first/child.pid");
    wait_until("the child's end", || has_ended(&child));
}

#[test]
fn a_check_that_did_not_run_is_no_pass() {
    let verdict = Fixture::new().verdict_on("pub fn answer() -> u32 {\n    42\n}\n");
    assert!(!verdict.passes());
    let check = &verdict.checks().unwrap()[0];
    assert_eq!(check.state, CheckState::DidNotRun);
    assert!(
        check.message.contains("keep `#[cfg(test)] mod check;`"),
        "{}",
        check.message
    );
}

#[test]
fn an_answer_that_ends_the_process_is_no_pass() {
    let ends = "ended the check's process before the check was done";
    let result = "println!(\"test check::there_is_an_answer ... ok\\n\\ntest result: ok. 2 passed; 0 failed\");";
    for (way_out, message) in [
        ("std::process::exit(0)".to_owned(), ends),
        (format!("{result} std::process::exit(0)"), ends),
        (
            "std::process::exit(3)".to_owned(),
            "ended without a verdict",
        ),
        (
            "std::process::abort()".to_owned(),
            "ended without a verdict",
        ),
    ] {
        let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("    42", &way_out));
        for check in verdict.checks().unwrap() {
            assert_eq!(check.state, CheckState::Failed, "{way_out}");
            assert!(
                check.message.contains(message),
                "{way_out}: {}",
                check.message
            );
        }
    }
}

#[test]
fn an_answer_that_shows_the_checks_other_code_is_no_pass() {
    for (code, line) in [
        ("#![cfg(not(test))]\n".to_owned() + RIGHT_ANSWER, 1),
        (RIGHT_ANSWER.replace("42", "if cfg!(test) { 42 } else { 41 }"), 2),
        (RIGHT_ANSWER.replace("42", "if std::cfg!(test) { 42 } else { 41 }"), 2),
        (RIGHT_ANSWER.replace("42", "if matches!(cfg!(test), true) { 42 } else { 41 }"), 2),
        ("macro_rules! tests { ($name:ident) => { #[cfg(test)] mod $name { #[test] fn the_answer_is_right() {} } } }\ntests!(check);\n".to_owned(), 2),
        (RIGHT_ANSWER.replace("mod check;", "mod check {\n    #[test]\n    fn the_answer_is_right() {}\n}"), 5),
    ] {
        let verdict = Fixture::new().verdict_on(&code);
        for check in verdict.checks().unwrap() {
            assert_eq!(check.state, CheckState::DidNotRun, "{code}");
            let at = format!("exercises/ch01-first/src/lib.rs:{line}");
            assert_eq!(check.at.as_deref(), Some(at.as_str()), "{}", check.message);
        }
    }
}

#[test]
fn an_answer_that_prints_much_may_pass() {
    let much =
        "    for _ in 0..100_000 {\n        println!(\"{}\", \"x\".repeat(100));\n    }\n    42";
    let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("    42", much));
    assert!(verdict.passes(), "{verdict:#?}");
}

#[test]
fn a_panic_after_much_output_is_still_told() {
    let much = "    for _ in 0..100_000 {\n        eprintln!(\"{}\", \"x\".repeat(100));\n    }\n    panic!(\"at the end\")";
    let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("    42", much));
    assert_eq!(verdict.checks().unwrap()[0].message, "at the end");
}

#[test]
fn what_would_move_the_terminal_s_cursor_is_not_passed_on() {
    let panic = "    panic!(\"\\u{1b}[2Jcleared\\u{7}\")";
    let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("    42", panic));
    assert_eq!(verdict.checks().unwrap()[0].message, "[2Jcleared");
}

#[cfg(target_os = "linux")]
#[test]
fn a_loop_and_a_wait_that_never_end_are_told_apart() {
    for (code, message) in [
        (
            "loop {\n        std::hint::black_box(());\n    }",
            "used 2 s of processor time",
        ),
        (
            "loop {\n        std::thread::park();\n    }",
            "a thread waits for what never comes",
        ),
    ] {
        let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("42", code));
        let check = &verdict.checks().unwrap()[1];
        assert_eq!(check.state, CheckState::TimedOut);
        assert!(check.message.contains(message), "{}", check.message);
    }
}

#[test]
fn a_check_may_have_a_limit_of_its_own_and_run_alone() {
    let fixture = Fixture::new();
    let toml = "exercises/ch01-first/chapter.toml";
    let alone = fixture.read(toml).replace(
        "name = \"the_answer_is_right\"",
        "name = \"the_answer_is_right\"\nalone = true\nlimit = 60",
    );
    fixture.write(toml, &alone);
    assert!(fixture.verdict_on(RIGHT_ANSWER).passes());
}

#[test]
fn the_steps_that_led_to_a_failure_are_kept_as_data() {
    let fixture = Fixture::new();
    let traced = CHECKS.replace(
        "    assert_eq!(super::answer()",
        "    std::fs::write(std::env::var(\"CHECK_TRACE\").unwrap(), \"{\\\"steps\\\":[]}\").unwrap();\n    assert_eq!(super::answer()",
    );
    fixture.write("exercises/ch01-first/src/check.rs", &traced);
    let trace = |answer| {
        let verdict = fixture.verdict_on(answer);
        verdict.checks().unwrap()[1]
            .trace
            .as_ref()
            .map(ToString::to_string)
    };
    assert_eq!(trace(WRONG_ANSWER).as_deref(), Some("{\"steps\":[]}"));
    assert_eq!(trace(RIGHT_ANSWER), None);
}

#[test]
fn of_several_promises_the_one_that_was_broken_is_quoted() {
    let fixture = Fixture::new();
    let toml = "exercises/ch01-first/chapter.toml";
    let both = fixture
        .read(toml)
        .replace("promises = [2]", "promises = [1, 2]");
    fixture.write(toml, &both);
    let quoted = |checks: &str| {
        fixture.write("exercises/ch01-first/src/check.rs", checks);
        let text = text(&fixture.verdict_on(WRONG_ANSWER));
        let lines = text.lines();
        let quoted = lines.filter_map(|line| line.trim().strip_prefix("promise "));
        quoted.map(str::to_owned).collect::<Vec<_>>()
    };
    let names_the_second = CHECKS.replace(
        "    assert_eq!(super::answer()",
        "    std::fs::write(std::env::var(\"CHECK_PROMISE\").unwrap(), \"2\").unwrap();\n    assert_eq!(super::answer()",
    );
    let [first, second] = ["1: There is an answer.", "2: The answer is 42."];
    assert_eq!(quoted(CHECKS), [first, second]);
    assert_eq!(quoted(&names_the_second), [second]);
}

#[test]
fn a_panic_in_the_answer_is_told_with_its_place_in_the_answer() {
    let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("    42", "    todo!()"));
    let check = &verdict.checks().unwrap()[0];
    assert_eq!(check.message, "not yet implemented");
    assert_eq!(
        check.at.as_deref(),
        Some("exercises/ch01-first/src/lib.rs:2")
    );
}

#[test]
fn an_exercise_that_is_missing_or_not_utf_8_says_how_to_get_it_back() {
    let fixture = Fixture::new();
    let exercise = fixture.path("exercises/ch01-first/src/lib.rs");
    let message = || {
        let (out, _, code) = fixture.workbook(&["check", "ch01"]);
        assert_eq!(code, Some(2));
        out
    };
    std::fs::write(&exercise, b"// caf\xe9\n").unwrap();
    assert!(
        message().contains(
            "src/lib.rs is not UTF-8 text: save it as UTF-8; `cargo workbook reset ch01`"
        )
    );
    std::fs::remove_file(&exercise).unwrap();
    assert!(message().contains(
        "src/lib.rs is missing; `cargo workbook reset ch01` brings the shipped text back"
    ));
}

/// What an observer is told of a run, a line for each.
fn told(run: impl FnOnce(Observer<'_>) -> Verdict) -> (Vec<String>, Verdict) {
    let told = Mutex::new(Vec::new());
    let verdict = run(Some(&|event| {
        let line = match event {
            Event::Phase { phase, .. } => serde_json::to_string(&phase).unwrap(),
            Event::Ended(check) => format!("{} {:?}", check.name, check.state),
        };
        told.lock().unwrap().push(line);
    }));
    (told.into_inner().unwrap(), verdict)
}

#[test]
fn how_far_a_run_is_is_told_from_its_beginning_to_each_check_s_end() {
    let fixture = Fixture::new();
    let chapter = fixture.root().chapter("ch01-first").unwrap();
    let run = |observer: Observer<'_>| {
        run_exercise(&fixture.root(), &chapter, Limits::default(), observer)
    };
    let (first, verdict) = told(run);
    assert_eq!(one_line(&verdict), "1 of 2 checks pass");
    assert_eq!(
        first[0],
        r#"{"step":"compiling","crate":null,"done":0,"of":null}"#
    );
    for expected in [
        r#"{"step":"running","done":0,"of":2}"#,
        "there_is_an_answer Passed",
        "the_answer_is_right Failed",
    ] {
        assert!(first.iter().any(|line| line == expected), "{first:?}");
    }
    // One crate, its own: nothing else is compiled. That is known from the first time.
    let (second, _) = told(run);
    assert_eq!(second[0], r#"{"step":"linking"}"#);
}

#[test]
fn how_long_the_last_check_took_is_told_at_the_next_one_s_beginning() {
    let fixture = Fixture::new();
    let chapter = fixture.root().chapter("ch01-first").unwrap();
    let before = || {
        let told = Mutex::new(None);
        let observer = |event| {
            if let Event::Phase { before, .. } = event {
                told.lock().unwrap().get_or_insert(before);
            }
        };
        let limits = Limits::default();
        let verdict = run_exercise(&fixture.root(), &chapter, limits, Some(&observer));
        (told.into_inner().unwrap().unwrap(), verdict.milliseconds)
    };
    let (never, took) = before();
    assert_eq!(never, None);
    assert_eq!(before().0.map(u128::from), Some(took));
}

#[test]
fn what_the_compiler_sees_has_its_place_in_the_learner_s_file() {
    let code = "pub fn answer() -> u32 {\n    let unused = 1;\n    \"42\"\n}\n\n#[cfg(test)]\nmod check;\n";
    let verdict = Fixture::new().verdict_on(code);
    let problem = |level: &str| {
        let mut problems = verdict.problems.iter();
        problems.find(|problem| problem.level == level).unwrap()
    };
    let error = problem("error");
    assert_eq!(
        (&*error.file, error.line, error.column, error.end_column),
        ("exercises/ch01-first/src/lib.rs", 3, 5, 9)
    );
    assert_eq!(error.code.as_deref(), Some("E0308"));
    assert_eq!(error.message, "mismatched types");
    assert!(error.label.as_ref().unwrap().starts_with("expected `u32`"));
}

#[test]
fn a_warning_has_its_place_also_where_everything_compiles() {
    let verdict =
        Fixture::new().verdict_on(&RIGHT_ANSWER.replace("    42", "    let x = 1;\n    42"));
    assert!(verdict.passes());
    let [warning] = &*verdict.problems else {
        panic!("{:?}", verdict.problems)
    };
    assert_eq!((&*warning.level, warning.line), ("warning", 2));
}

#[test]
fn a_problem_inside_a_macro_of_another_crate_has_its_place_where_that_is_called() {
    let verdict = Fixture::new()
        .verdict_on(&RIGHT_ANSWER.replace("    42", "    assert_eq!(\"a\", 1);\n    42"));
    let problem = &verdict.problems[0];
    assert_eq!(
        (&*problem.file, problem.line, problem.column),
        ("exercises/ch01-first/src/lib.rs", 2, 5)
    );
}

#[test]
fn a_cold_start_is_not_told_how_long_a_warm_one_took() {
    let fixture = Fixture::new();
    assert!(fixture.verdict_on(RIGHT_ANSWER).passes());
    std::fs::remove_dir_all(fixture.path("target")).unwrap();
    let chapter = fixture.root().chapter("ch01-first").unwrap();
    let first = Mutex::new(None);
    let observer = |event| {
        if let Event::Phase { before, .. } = event {
            first.lock().unwrap().get_or_insert(before);
        }
    };
    let limits = Limits::default();
    run_exercise(&fixture.root(), &chapter, limits, Some(&observer));
    assert_eq!(first.into_inner().unwrap(), Some(None));
}

#[test]
fn a_right_answer_that_the_compiler_warns_of_thousands_of_times_passes() {
    let unused = |number| format!("fn unused_{number}() {{}}\n");
    let unused: String = (0..5000).map(unused).collect();
    let verdict = Fixture::new().verdict_on(&(RIGHT_ANSWER.to_owned() + &unused));
    assert!(verdict.passes(), "{}", text(&verdict));
}

#[test]
fn nothing_that_code_says_moves_the_cursor_of_the_terminal() {
    let fixture = Fixture::new();
    for answer in [
        RIGHT_ANSWER.replace("    42", "    panic!(\"\\x1b[2J\\u{9b}2J a message\")"),
        RIGHT_ANSWER.replace("    42", "    compile_error!(\"\\x1b[2J a message\")"),
        RIGHT_ANSWER.replace("    42", "    \"\x1b[2J a message\""),
    ] {
        let told = text(&fixture.verdict_on(&answer));
        assert!(told.contains("a message"), "{told}");
        let moves = |c: char| c.is_control() && c != '\n';
        assert!(!told.contains(moves), "{told:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_process_that_left_its_check_is_ended_and_makes_no_right_answer_fail() {
    let fixture = Fixture::new();
    let starts = "    let child = std::process::Command::new(\"setsid\").args([\"sleep\", \"1000\"]).spawn().unwrap();\n    \
                  std::fs::write(format!(\"child-{}.pid\", child.id()), \"\").unwrap();\n    42";
    let verdict = fixture.verdict_on(&RIGHT_ANSWER.replace("    42", starts));
    assert!(verdict.passes(), "{}", text(&verdict));
    let files = fixture.files("exercises/ch01-first");
    let left: Vec<&str> = files
        .iter()
        .filter_map(|file| file.strip_prefix("child-")?.strip_suffix(".pid"))
        .collect();
    assert_eq!(left.len(), 2, "one of each check: {files:?}");
    for process in left {
        wait_until("the process's end", || has_ended(process));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_check_uses_too_much_of_is_named() {
    for (code, message) in [
        (
            "std::hint::black_box(vec![1_u8; 5 << 30]).len() as u32",
            "used more than 4 GiB of memory, all that a check may, and was ended: memory allocation of 5368709120 bytes failed",
        ),
        (
            "{ std::fs::File::create(\"large\").unwrap().set_len(2 << 30).unwrap(); 42 }",
            "wrote a file larger than 1 GiB, which a check may not, and was ended",
        ),
    ] {
        let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("42", code));
        assert_eq!(verdict.checks().unwrap()[1].message, message);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn threads_and_processes_without_number_are_ended_and_named() {
    let fork = "unsafe extern \"C\" { safe fn fork() -> i32; safe fn setsid() -> i32; }\n";
    let park = "loop { std::thread::park(); }";
    let had = "had more than 2000 threads and processes, all that a check may, and was ended";
    // Either it is counted in time, or there is no room for another stack.
    let counted_or_no_room = "2000 threads and processes";
    for (code, message) in [
        (
            format!("loop {{ std::thread::spawn(|| {park}); }}"),
            counted_or_no_room,
        ),
        (
            format!(
                "loop {{ let _ = std::thread::Builder::new().stack_size(16 << 10).spawn(|| {park}); }}"
            ),
            had,
        ),
        (format!("loop {{ if fork() == 0 {{ {park} }} }}"), had),
        // Each leaves its group and its parent, as a daemon does.
        (
            format!(
                "loop {{ if fork() == 0 {{ setsid(); if fork() == 0 {{ {park} }} std::process::exit(0) }} }}"
            ),
            had,
        ),
        // The system may refuse another one before they are counted.
        (
            format!(
                "{{ for _ in 0..2100 {{ if fork() == 0 {{ {park} }} }} panic!(\"no process is left\") }}"
            ),
            had,
        ),
    ] {
        let fixture = Fixture::new();
        fixture.write(
            "exercises/ch01-first/src/check.rs",
            &CHECKS.replace("let _ = super::answer();", ""),
        );
        let answer = RIGHT_ANSWER.replace("42", &code);
        let verdict = fixture.verdict_on(&(fork.to_owned() + &answer));
        let check = &verdict.checks().unwrap()[1];
        assert_eq!(check.state, CheckState::Failed, "{code}: {check:?}");
        assert!(check.message.contains(message), "{code}: {}", check.message);
    }
}

#[test]
fn an_older_file_in_the_text_s_place_is_checked_itself() {
    let fixture = Fixture::new();
    assert!(fixture.verdict_on(RIGHT_ANSWER).passes());
    // As where the clock went back, or where the file was moved here.
    let put = |text: &str, hours: u64| {
        let path = fixture.path("exercises/ch01-first/src/lib.rs");
        fixture.write("exercises/ch01-first/src/lib.rs", text);
        let file = std::fs::File::options().append(true).open(path).unwrap();
        let then = SystemTime::now() - Duration::from_secs(hours * 3600);
        file.set_modified(then).unwrap();
        let chapter = fixture.root().chapter("ch01-first").unwrap();
        let limits = Limits::default();
        run_exercise(&fixture.root(), &chapter, limits, None).passes()
    };
    let passed = [
        put(WRONG_ANSWER, 2),
        put(RIGHT_ANSWER, 3),
        put(RIGHT_ANSWER, 2),
        put("no Rust\n", 4),
        put(WRONG_ANSWER, 5),
    ];
    assert_eq!(passed, [false, true, true, false, false]);
}

#[test]
fn a_build_script_is_named_and_not_run() {
    let fixture = Fixture::new();
    fixture.write("exercises/ch01-first/build.rs", "fn main() { loop {} }\n");
    let told = one_line(&fixture.verdict_on(RIGHT_ANSWER));
    assert!(
        told.contains("exercises/ch01-first/build.rs is no part of the exercise"),
        "{told}"
    );
}

#[test]
fn what_keeps_code_from_being_linked_is_told_in_one_line() {
    let fixture = Fixture::new();
    let linker = "[target.'cfg(all())']\nlinker = \"a-linker-that-is-not-there\"\n";
    fixture.write(".cargo/config.toml", linker);
    let told = one_line(&fixture.verdict_on(RIGHT_ANSWER));
    assert!(
        told.contains("linker `a-linker-that-is-not-there` not found"),
        "{told}"
    );
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn a_crate_that_is_not_there_and_cannot_be_fetched_is_named() {
    let fixture = Fixture::new();
    let toml = "exercises/ch01-first/Cargo.toml";
    let with_a_crate = fixture.read(toml) + "\n[dependencies]\nserde = \"1\"\n";
    fixture.write(toml, &with_a_crate);
    fixture.write(".cargo/config.toml", "[net]\noffline = true\n");
    let mut command = fixture.command(&["check", "ch01"]);
    command.env("CARGO_HOME", fixture.path("empty"));
    let (out, _, code) = run(command);
    assert_eq!(code, Some(2));
    assert_eq!(
        out,
        "ch01-first  crates are missing that only the network has (error: no matching package named `serde` found): \
         once it is there, `cargo fetch` brings all of them\n"
    );
}

#[cfg(unix)]
#[test]
fn a_workbook_may_stand_in_a_folder_of_any_name() {
    let long = "x".repeat(200);
    let fixture = Fixture::in_folder(&format!("it's \"here\" $(now) ü#/{long}/a b\\c"));
    assert!(fixture.verdict_on(RIGHT_ANSWER).passes());
    let (out, _, code) = fixture.workbook(&["check", "ch02"]);
    assert_eq!(code, Some(1));
    assert!(
        out.contains("at exercises/ch02-second/src/check.rs:9"),
        "{out}"
    );
    let (out, _, _) = fixture.workbook(&["check", "ch01", "--with", "shipped.rs"]);
    assert!(
        out.contains("at exercises/ch01-first/src/check.rs:9"),
        "{out}"
    );
}
