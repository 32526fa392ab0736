//! The board as an instructor starts it, mistakes included: one line, exit code 2, nothing lost.

#[expect(dead_code, reason = "these tests need a part of it")]
#[path = "../../tests/workbook/fixture.rs"]
mod fixture;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Stdio;
#[cfg(unix)]
use std::sync::{Arc, Mutex};

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

/// A disk that can only be read answers so, to every user.
#[test]
fn a_board_that_cannot_write_beside_its_class_is_one_line() {
    let fixture = with_a_class();
    std::fs::create_dir(fixture.path(".workbook/class.lock")).unwrap();
    let err = refused(&fixture, &["--port=0"]);
    assert!(
        err.contains("class.lock") && err.contains("must be able to write beside its class"),
        "{err}"
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

/// A board that is open, and what it has said on standard error.
#[cfg(unix)]
struct Open {
    board: std::process::Child,
    url: String,
    /// Held, so that the board can print.
    _lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    said: Arc<Mutex<String>>,
    listener: std::thread::JoinHandle<()>,
}

#[cfg(unix)]
impl Open {
    fn by(mut command: std::process::Command) -> Open {
        let streams = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut board = streams.spawn().unwrap();
        let mut lines = BufReader::new(board.stdout.take().unwrap()).lines();
        let here = lines.next().unwrap().unwrap();
        let url = here.trim_start_matches("The board is at ");
        let url = url.split("?key=").next().unwrap().to_owned();
        let said = Arc::new(Mutex::new(String::new()));
        let (stderr, heard) = (board.stderr.take().unwrap(), Arc::clone(&said));
        let listener = std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                *heard.lock().unwrap() += &format!("{line}\n");
            }
        });
        Open {
            board,
            url,
            _lines: lines,
            said,
            listener,
        }
    }

    /// Sends as a workbook does that has begun nothing. Returns the status.
    fn join(&self, name: &str) -> u16 {
        let key: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
        let (name, key) = (name.to_owned(), format!("{key:0>32}"));
        let chapters = BTreeMap::new();
        let sending = Sending {
            name,
            key,
            chapters,
        };
        let agent = ureq::Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .build()
            .new_agent();
        let answer = agent
            .post(format!("{}verdicts", self.url))
            .header("authorization", "Bearer my-own-code")
            .header("content-type", "application/json")
            .send(&serde_json::to_vec(&sending).unwrap());
        answer.unwrap().status().as_u16()
    }

    /// Ends it with a signal, and returns all that it has said on standard error.
    fn end(mut self, signal: &str) -> String {
        let id = self.board.id().to_string();
        std::process::Command::new("kill")
            .args([signal, &id])
            .status()
            .unwrap();
        self.board.wait().unwrap();
        self.listener.join().unwrap();
        self.said.lock().unwrap().clone()
    }
}

#[cfg(unix)]
const OPEN: [&str; 2] = ["--port=0", "--code=my-own-code"];

/// So it opens on a disk that is full.
#[test]
fn a_class_that_has_its_code_is_opened_without_a_write() {
    let fixture = with_a_class();
    let store = Store::open(&fixture.path(CLASS)).unwrap();
    let code = store.code(None).unwrap();
    store.settle().unwrap();
    let written = std::fs::read(fixture.path(CLASS)).unwrap();
    assert_eq!(store.code(None).unwrap(), code);
    store.settle().unwrap();
    assert!(
        std::fs::read(fixture.path(CLASS)).unwrap() == written,
        "nothing was written"
    );
}

#[cfg(unix)]
#[test]
fn a_class_whose_file_is_deleted_or_replaced_under_its_board_is_saved_and_goes_on() {
    type Harm = fn(&Fixture);
    let harms: [(&str, Harm); 4] = [
        ("deleted", |fixture| {
            std::fs::remove_file(fixture.path(CLASS)).unwrap()
        }),
        ("deleted with its folder", |fixture| {
            std::fs::remove_dir_all(fixture.path(".workbook")).unwrap()
        }),
        ("left without its journal", |fixture| {
            std::fs::remove_file(fixture.path(".workbook/class.sqlite-wal")).unwrap()
        }),
        ("replaced", |fixture| {
            let other = fixture.path("other.sqlite");
            Store::open(&other).unwrap();
            std::fs::rename(other, fixture.path(CLASS)).unwrap();
        }),
    ];
    for (how, harm) in harms {
        let fixture = Fixture::new();
        let open = Open::by(fixture.command(&OPEN));
        assert_eq!(open.join("Ada"), 200);
        harm(&fixture);
        assert_eq!(open.join("Bo"), 503, "{how}");
        let saved = fixture.path(".workbook/class.rescued-1.sqlite");
        fixture::wait_until("the board to say so", || {
            !open.said.lock().unwrap().is_empty()
        });
        let said = open.end("-INT");
        assert_eq!(said.lines().count(), 1, "{how}: {said}");
        assert!(
            said.contains("was deleted or replaced while the board is open"),
            "{said}"
        );
        assert!(
            said.contains("class.rescued-1.sqlite; end the board"),
            "{said}"
        );

        // As the line says.
        std::fs::rename(saved, fixture.path(CLASS)).unwrap();
        let open = Open::by(fixture.command(&["--port=0"]));
        assert_eq!(open.join("Bo"), 200, "{how}");
        open.end("-INT");
        let mut csv = Vec::new();
        let store = Store::open(&fixture.path(CLASS)).unwrap();
        store.export(&mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert!(
            csv.contains("\"Ada\"") && csv.contains("\"Bo\""),
            "{how}: {csv}"
        );
    }
}

/// No file of it may grow beyond 100 or 200 KiB, as the shell counts: that is how a full disk answers.
#[cfg(unix)]
#[test]
fn a_board_that_cannot_write_says_so_once_and_has_whatever_it_has_acknowledged() {
    let fixture = Fixture::new();
    let command = fixture.command(&OPEN);
    let mut limited = std::process::Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\""])
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(command.get_current_dir().unwrap());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    let open = Open::by(limited);
    let room: Vec<String> = (10..60).map(|number| format!("Learner {number}")).collect();
    let taken: Vec<&String> = room.iter().filter(|name| open.join(name) == 200).collect();
    assert!(
        (1..room.len()).contains(&taken.len()),
        "{} of 50",
        taken.len()
    );
    let said = open.end("-KILL");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains("keep their verdicts and send again"),
        "{said}"
    );

    let store = Store::open(&fixture.path(CLASS)).unwrap();
    for name in &taken {
        assert_eq!(store.named(name).unwrap().len(), 1, "{name}");
    }
    drop(store);
    let open = Open::by(fixture.command(&OPEN));
    for name in &room {
        assert_eq!(open.join(name), 200, "{name}");
    }
    open.end("-INT");
}
