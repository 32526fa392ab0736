//! The board as an instructor starts it, mistakes included: one line, exit code 2, nothing lost.

#[allow(dead_code)]
#[path = "../../tests/workbook/fixture.rs"]
mod fixture;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Stdio;

use fixture::{Fixture, run};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_workbook-class");

#[track_caller]
fn refused(fixture: &Fixture, arguments: &[&str]) -> String {
    let (out, err, code) = run(fixture.command(arguments));
    assert_eq!(code, Some(2), "{out}{err}");
    assert_eq!(err.lines().count(), 1, "one line, not: {err}");
    err
}

#[test]
fn a_port_in_use_is_one_line_that_names_another() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let other = port.wrapping_add(1);
    assert_eq!(
        refused(&Fixture::new(), &[&format!("--port={port}")]),
        format!(
            "port {port} is in use: is the board open already? Else try `cargo workbook class --port {other}`\n"
        )
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
    let fixture = Fixture::new();
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
    let fixture = Fixture::new();
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
    assert_eq!(clear(&["--clear", "--yes"], ""), copy(2));
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
