//! The board as an instructor starts it, mistakes included: one line, exit code 2, nothing lost.

#[expect(dead_code, reason = "these tests need a part of it")]
#[path = "../../tests/workbook/fixture.rs"]
mod fixture;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Stdio;

use common::sending::Sending;
use fixture::{Fixture, run};
use workbook_class::outline::Outline;
use workbook_class::store::{Answer, Arrived, Store, hold};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_workbook-class");

#[track_caller]
fn refused(fixture: &Fixture, arguments: &[&str]) -> String {
    let (out, err, code) = run(fixture.command(arguments));
    assert_eq!(code, Some(2), "{out}{err}");
    assert_eq!(err.lines().count(), 1, "one line, not: {err}");
    err
}

const CLASS: &str = ".workbook/class.sqlite";

fn with_a_class() -> Fixture {
    let fixture = Fixture::new();
    std::fs::create_dir_all(fixture.path(".workbook")).unwrap();
    Store::open(&fixture.path(CLASS)).unwrap();
    fixture
}

#[test]
fn a_port_in_use_is_one_line_that_names_another() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let other = port.wrapping_add(1);
    assert_eq!(
        refused(&Fixture::new(), &[&format!("--port={port}")]),
        format!("port {port} is in use: is the board open already? Else add `--port {other}`\n")
    );
}

#[test]
fn an_address_of_another_machine_or_a_poor_code_is_one_line() {
    let fixture = Fixture::new();
    let err = refused(&fixture, &["--port=0", "--bind=192.0.2.1"]);
    assert!(
        err.starts_with("192.0.2.1 is no address of this machine"),
        "{err}"
    );
    let err = refused(&fixture, &["--port=0", "--code=abc"]);
    assert!(err.starts_with("--code takes 6 to 64 letters"), "{err}");
}

#[test]
fn an_export_never_overwrites() {
    let fixture = with_a_class();
    let file = fixture.path("class.csv");
    let flag = format!("--export={}", file.display());
    let (out, err, code) = run(fixture.command(&[&flag]));
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert_eq!(
        fixture.read("class.csv"),
        "learner,chapter,check,verdict,since,last_seen\r\n"
    );
    fixture.write("class.csv", "mine");
    assert!(refused(&fixture, &[&flag]).contains("it stays as it is; name another file"));
    assert_eq!(fixture.read("class.csv"), "mine");
}

#[test]
fn a_class_is_cleared_after_a_yes_and_not_without() {
    let fixture = with_a_class();
    let clear = |arguments: &[&str], answer: &str| {
        let mut command = fixture.command(arguments);
        let mut board = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = board.stdin.take().unwrap().write_all(answer.as_bytes());
        let output = board.wait_with_output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for answer in ["", "\n", "n\n"] {
        assert!(clear(&["--clear"], answer).ends_with("Nothing was cleared\n"));
    }
    let copy = |number| {
        format!(
            "The board is empty; the class as it was is .workbook/class.cleared-{number}.sqlite\n"
        )
    };
    assert!(clear(&["--clear"], "y\n").ends_with(&copy(1)));
    assert!(refused(&fixture, &["--clear", "--yes"]).starts_with("there is no class yet"));
    Store::open(&fixture.path(CLASS)).unwrap();
    assert_eq!(clear(&["--clear", "--yes"], ""), copy(2));
}

#[test]
fn a_learner_is_removed_and_the_class_closed_while_a_board_is_open() {
    let fixture = with_a_class();
    let done = |arguments: &[&str]| {
        let (out, err, code) = run(fixture.command(arguments));
        assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
        out
    };
    let _held = hold(&fixture.path(CLASS)).unwrap();
    let mut store = Store::open(&fixture.path(CLASS)).unwrap();
    let join = |name: &str, number: u8| Arrived {
        from: [127, 0, 0, 1].into(),
        sending: Sending {
            name: name.into(),
            key: format!("{number:032x}"),
            chapters: BTreeMap::new(),
        },
    };
    let room = [join("Ian", 1), join("Bo", 2), join("Lan", 3)];
    let outline = Outline(Vec::new());
    store.keep(&outline, &room, 0, |_| true).unwrap();
    assert_eq!(
        done(&["--remove=bo"]),
        "\"Bo\" is removed; the board's page can let this learner back in\n"
    );
    let err = refused(&fixture, &["--remove", "Bo"]);
    assert!(
        err.starts_with("no learner of this class is called \"Bo\""),
        "{err}"
    );
    // Drawn like the one, and the other in small letters.
    let err = refused(&fixture, &["--remove", "lan"]);
    assert!(
        err.starts_with("several names look like \"lan\": \"Ian\", \"Lan\""),
        "{err}"
    );
    assert!(done(&["--close"]).contains("who has joined stays"));
    let answers = store.keep(&outline, &[join("Cy", 4)], 0, |_| true).unwrap();
    assert_eq!(answers, [Answer::Closed]);
    assert!(done(&["--reopen"]).contains("takes new learners again"));
    let err = refused(&fixture, &["--close", "--reopen"]);
    assert!(err.contains("cannot be used with"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_board_that_is_ended_leaves_the_class_in_one_file() {
    let fixture = Fixture::new();
    let mut command = fixture.command(&["--port=0", "--code=my-own-code"]);
    let mut board = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(board.stdout.take().unwrap()).lines();
    for line in lines.map(Result::unwrap) {
        if line.ends_with("Ctrl-C ends.") {
            let ctrl_c = ["-INT", &board.id().to_string()];
            std::process::Command::new("kill")
                .args(ctrl_c)
                .status()
                .unwrap();
        }
    }
    assert_eq!(board.wait().unwrap().code(), Some(130));
    std::fs::copy(fixture.path(CLASS), fixture.path("copy.sqlite")).unwrap();
    let copy = Store::open(&fixture.path("copy.sqlite")).unwrap();
    assert_eq!(copy.code(None).unwrap(), "my-own-code");
}

#[test]
fn what_a_board_holds_is_neither_cleared_nor_given_a_second_board() {
    let fixture = with_a_class();
    let _held = hold(&fixture.path(CLASS)).unwrap();
    for arguments in [&["--clear", "--yes"][..], &["--port=0"]] {
        let err = refused(&fixture, arguments);
        assert!(err.starts_with("the board of this class is open"), "{err}");
    }
    assert!(fixture.path(CLASS).exists());
}

#[test]
fn without_a_class_nothing_is_exported() {
    let fixture = Fixture::new();
    let flag = format!("--export={}", fixture.path("class.csv").display());
    for flag in [&flag, "--remove=Ada", "--close", "--reopen"] {
        assert!(refused(&fixture, &[flag]).starts_with("there is no class yet"));
    }
    assert!(!fixture.path("class.csv").exists());
}

#[test]
fn a_board_whose_terminal_is_gone_goes_on_and_other_commands_end_without_a_word() {
    let fixture = Fixture::new();
    let gone = || Stdio::from(std::io::pipe().unwrap().1);
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let mut command = fixture.command(&[&format!("--port={port}")]);
    let mut board = command.stdout(gone()).stderr(gone()).spawn().unwrap();
    fixture::wait_until("the board", || {
        std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    assert_eq!(board.try_wait().unwrap(), None, "it goes on");
    board.kill().unwrap();
    board.wait().unwrap();
    let mut command = fixture.command(&["--clear", "--yes"]);
    let ended = command
        .stdout(gone())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert_eq!(ended.status.code(), Some(141));
}

#[test]
fn a_board_stays_on_this_machine_unless_told_and_says_how_to_join() {
    for (bind, warns) in [("127.0.0.1", true), ("0.0.0.0", false)] {
        let fixture = Fixture::new();
        let mut command =
            fixture.command(&["--port=0", "--code=my-own-code", &format!("--bind={bind}")]);
        let mut board = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(board.stdout.take().unwrap())
            .lines()
            .map(Result::unwrap);
        let here = lines.next().unwrap();
        assert!(
            here.starts_with("The board is at http://127.0.0.1:"),
            "{here}"
        );
        let join = lines.next().unwrap();
        assert!(
            join.starts_with("Learners join with: cargo workbook --join http://"),
            "{join}"
        );
        assert!(join.ends_with("/my-own-code --as NAME"), "{join}");
        assert_eq!(
            lines
                .next()
                .unwrap()
                .starts_with("Only this machine reaches it"),
            warns
        );
        board.kill().unwrap();
        board.wait().unwrap();
    }
}
