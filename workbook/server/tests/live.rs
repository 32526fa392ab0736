//! The server as a reader meets it: a real process, a real save, and what page and terminal are told.

#[expect(dead_code, reason = "these tests need a part of it")]
#[path = "../../tests/workbook/fixture.rs"]
mod fixture;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fixture::{Fixture, RIGHT_ANSWER, run};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_workbook-server");

const EXERCISE: &str = "exercises/ch01-first/src/lib.rs";

/// Ample for a build on a busy machine; only a test that fails waits for it.
const TIMEOUT: Duration = Duration::from_secs(120);

struct Server {
    process: Child,
    /// What it said before it said where the book is.
    before: Vec<String>,
    terminal: Box<dyn Iterator<Item = std::io::Result<String>>>,
    port: u16,
    /// What the address that it shows ends with.
    key: String,
}

impl Server {
    fn start(fixture: &Fixture) -> Server {
        Server::start_with(fixture, &[])
    }

    fn start_with(fixture: &Fixture, arguments: &[&str]) -> Server {
        let mut command = fixture.command(&["--port", "0"]);
        command.args(arguments);
        Server::run(command)
    }

    fn run(mut command: Command) -> Server {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut terminal = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut before = Vec::new();
        let (port, key) = loop {
            let line = terminal.next().unwrap().unwrap();
            match line.strip_prefix("The book is at http://127.0.0.1:") {
                Some(address) => {
                    let (port, key) = address.split_once("/?key=").unwrap();
                    break (port.parse().unwrap(), key.to_owned());
                }
                None => before.push(line),
            }
        };
        Server {
            process,
            before,
            terminal: Box::new(terminal),
            port,
            key,
        }
    }

    /// What it answers to whoever asks for a path, the head first.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let head = format!("Host: 127.0.0.1:{}\r\nConnection: close", self.port);
        write!(stream, "GET /{path} HTTP/1.1\r\n{head}\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// What a page must send along to change something.
    fn token(&self) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let (port, key) = (self.port, &self.key);
        let head = format!("Host: 127.0.0.1:{port}\r\nCookie: workbook-{port}={key}");
        write!(
            stream,
            "GET /workbook.json HTTP/1.1\r\n{head}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, token) = answer.split_once("\"token\":\"").unwrap();
        token.split('"').next().unwrap().to_owned()
    }

    /// Of a request that saves an exercise, with a body of so many bytes.
    fn head_of_a_save(&self, length: usize) -> String {
        let (port, key, token) = (self.port, &self.key, self.token());
        format!(
            "PUT /workbook/exercise/ch01-first HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\
             Origin: http://127.0.0.1:{port}\r\nCookie: workbook-{port}={key}\r\n\
             Content-Type: application/json\r\nx-workbook-token: {token}\r\n\
             Content-Length: {length}\r\n\r\n"
        )
    }

    /// The news as they come, one JSON text each.
    fn news(&self) -> impl Iterator<Item = String> + use<> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        let (port, key) = (self.port, &self.key);
        let cookie = format!("Cookie: workbook-{port}={key}");
        write!(
            stream,
            "GET /workbook/news HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{cookie}\r\n\r\n"
        )
        .unwrap();
        // A line comes every few seconds, also when there is no news.
        let until = Instant::now() + TIMEOUT;
        let mut lines = BufReader::new(stream)
            .lines()
            .map(|line| line.expect("news within two minutes"))
            .take_while(move |_| Instant::now() < until);
        // Once it has sent its head, the server misses no news for us.
        assert!(lines.any(|line| line.is_empty()), "no answer");
        lines.filter_map(|line| line.strip_prefix("data: ").map(str::to_owned))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[track_caller]
fn wait_for(news: &mut impl Iterator<Item = String>, parts: &[&str]) {
    let found = news.any(|news| parts.iter().all(|part| news.contains(part)));
    assert!(found, "the news ended without {parts:?}");
}

#[test]
fn saving_an_exercise_changes_its_verdict_in_the_page_and_in_the_terminal() {
    let fixture = Fixture::new();
    let mut server = Server::start(&fixture);
    let mut news = server.news();
    let line = |line: &str| format!("\"line\":\"{line}\"");
    wait_for(
        &mut news,
        &[
            "ch01-first",
            &line("1 of 2 checks pass"),
            "the answer must be 42",
        ],
    );
    wait_for(&mut news, &["ch02-second", &line("1 of 2 checks pass")]);

    fixture.write(EXERCISE, RIGHT_ANSWER);
    wait_for(
        &mut news,
        &["ch01-first", &line("passes"), "\"passes\":true"],
    );
    assert!(
        server
            .terminal
            .any(|line| line.unwrap() == "ch01-first  passes")
    );
}

#[test]
fn the_page_gets_verdicts_also_when_nobody_reads_the_terminal_any_more() {
    let fixture = Fixture::new();
    let mut server = Server::start(&fixture);
    let mut news = server.news();
    // The terminal's end closes.
    let terminal = std::mem::replace(&mut server.terminal, Box::new(std::iter::empty()));
    drop(terminal);
    wait_for(&mut news, &["\"verdict\"", "ch02-second"]);
    for answer in [RIGHT_ANSWER, "pub fn answer() {}\n", RIGHT_ANSWER] {
        fixture.write(EXERCISE, answer);
        let passes = format!("\"passes\":{}", answer == RIGHT_ANSWER);
        wait_for(&mut news, &["\"verdict\"", "ch01-first", &passes]);
    }
}

#[test]
fn how_far_a_check_is_and_each_of_its_results_come_before_the_verdict() {
    let fixture = Fixture::new();
    let server = Server::start(&fixture);
    let mut news = server.news();
    wait_for(&mut news, &["\"verdict\"", "ch02-second"]);
    fixture.write(EXERCISE, RIGHT_ANSWER);
    wait_for(
        &mut news,
        &["\"checking\"", "ch01-first", "\"running\",\"done\":0"],
    );
    let told: Vec<String> = news
        .by_ref()
        .take_while(|news| !news.contains("\"kind\":\"verdict\""))
        .collect();
    for check in ["there_is_an_answer", "the_answer_is_right"] {
        let ended = |news: &String| news.contains("\"kind\":\"check\"") && news.contains(check);
        assert!(told.iter().any(ended), "{told:?}");
    }
}

#[test]
fn a_save_that_does_not_compile_is_told_in_rustc_s_words() {
    let fixture = Fixture::new();
    let server = Server::start(&fixture);
    let mut news = server.news();
    fixture.write(EXERCISE, "pub fn answer() -> u32 { \"42\" }\n");
    wait_for(
        &mut news,
        &["ch01-first", "does not compile", "mismatched types"],
    );
}

#[test]
fn saving_a_page_builds_the_book_and_reloads() {
    let fixture = Fixture::new();
    let server = Server::start(&fixture);
    let mut news = server.news();
    fixture.write("src/ch01-first.md", "# First\n\nChanged.\n");
    wait_for(&mut news, &["reload"]);
    assert!(server.get("ch01-first.html").contains("Changed."));
}

#[test]
fn the_book_and_the_editor_stay_when_cargo_sweeps_its_folder() {
    let fixture = Fixture::new();
    let server = Server::start(&fixture);
    let mut news = server.news();
    wait_for(&mut news, &["\"verdict\"", "ch02-second"]);
    std::fs::remove_dir_all(fixture.path("target")).unwrap();
    for path in ["ch01-first.html", "workbook/editor/ace.js"] {
        let answer = server.get(path);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{path}: {answer}");
    }
    fixture.write(EXERCISE, RIGHT_ANSWER);
    wait_for(&mut news, &["ch01-first", "\"passes\":true"]);
}

#[test]
fn a_second_start_says_where_the_first_is_and_a_later_one_takes_its_place() {
    let fixture = Fixture::new();
    let server = Server::start(&fixture);
    let (_, err, code) = run(fixture.command(&["--port", "0"]));
    assert_eq!(code, Some(2));
    let (port, key) = (server.port, &server.key);
    let url = format!("http://127.0.0.1:{port}/?key={key}");
    let expected =
        format!("the workbook is open already, at {url}: `--open` opens it in the browser\n");
    assert_eq!(err, expected);
    // Killed, it cannot tidy up.
    drop(server);
    let again = Server::start(&fixture);
    assert_eq!(again.key, url.split_once("key=").unwrap().1);
}

#[test]
fn a_text_that_is_too_large_is_answered_and_who_says_nothing_is_cut_off() {
    let fixture = Fixture::new();
    let server = Server::start(&fixture);
    let port = server.port;
    let open = || {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream
    };
    let head = |length: usize| server.head_of_a_save(length);
    let answer = |mut stream: TcpStream| {
        let mut line = String::new();
        // Nothing, where the connection is closed without a word.
        let _ = BufReader::new(&mut stream).read_line(&mut line);
        line.trim_end().to_owned()
    };
    let mut silent = open();
    let mut half_a_head = open();
    write!(half_a_head, "GET / HTTP/1.1\r\nHo").unwrap();
    let mut half_a_body = open();
    write!(half_a_body, "{}", head(100)).unwrap();

    let mut too_large = open();
    write!(too_large, "{}", head(8 << 20)).unwrap();
    too_large.write_all(&vec![b' '; 8 << 20]).unwrap();
    assert_eq!(answer(too_large), "HTTP/1.1 413 Payload Too Large");
    assert_eq!(answer(half_a_body), "HTTP/1.1 408 Request Timeout");
    assert_eq!(half_a_head.read(&mut [0]).unwrap_or(0), 0);
    assert_eq!(silent.read(&mut [0]).unwrap_or(0), 0);
}

#[test]
fn a_port_in_use_is_one_line_that_names_another() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let fixture = Fixture::new();
    let (_, err, code) = run(fixture.command(&["--port", &port.to_string()]));
    assert_eq!(code, Some(2));
    let other = port.wrapping_add(1);
    assert_eq!(
        err,
        format!("port {port} is in use: is the workbook open already? Else add `--port {other}`\n")
    );
}

#[test]
fn an_address_that_is_no_board_s_is_one_line() {
    let fixture = Fixture::new();
    let join = [
        "--port",
        "0",
        "--join",
        "http://192.168.1.20",
        "--as",
        "Ada",
    ];
    let (_, err, code) = run(fixture.command(&join));
    assert_eq!(code, Some(2));
    assert_eq!(
        err,
        "--join http://192.168.1.20: a class board's address is http://HOST:PORT/CODE; copy it from the \
         instructor's screen\n"
    );
}

#[test]
fn a_class_whose_board_is_away_does_not_hold_up_a_verdict() {
    let fixture = Fixture::new();
    fixture.write(EXERCISE, RIGHT_ANSWER);
    // Taken and never answered.
    let away = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/k7q2mx4p", away.local_addr().unwrap());
    let mut server = Server::start_with(&fixture, &["--join", &url, "--as", "Ada"]);
    assert!(
        server.before[0].ends_with(" as Ada."),
        "{:?}",
        server.before
    );
    assert!(
        server.before[1].ends_with("never code, never a message."),
        "{:?}",
        server.before
    );
    assert!(
        server
            .terminal
            .any(|line| line.unwrap() == "ch01-first  passes")
    );
}

#[test]
fn a_book_that_does_not_build_is_one_line() {
    let fixture = Fixture::new();
    fixture.write("book.toml", "[book\n");
    let (_, err, code) = run(fixture.command(&["--port", "0"]));
    assert_eq!(code, Some(2));
    assert!(err.starts_with("the book does not build: "), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
}

/// `KILLS=1000 cargo test -p workbook-server --test live a_kill -- --nocapture` kills as often, and counts what it finds.
#[test]
fn a_kill_at_any_moment_of_a_save_loses_no_text() {
    let kills = std::env::var("KILLS").map_or(20, |kills| kills.parse().unwrap());
    let fixture = Fixture::new();
    let mut now = fixture.read(EXERCISE);
    // Kills are spread over this time. It follows the machine: half of them are to come before the text is written.
    let mut span = Duration::from_millis(20);
    let (mut answered, mut written) = (0, 0);
    for kill in 0..kills {
        let mut command = fixture.command(&["--port", "0"]);
        // No check is of interest here.
        command.env("CARGO", "true");
        let mut server = Server::run(command);
        let text = format!("{kill:04}\n").repeat(20_000);
        let body = serde_json::json!({ "was": now, "text": text }).to_string();
        let head = server.head_of_a_save(body.len());
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let begin = Instant::now();
        stream.write_all((head + &body).as_bytes()).unwrap();
        // A golden ratio's multiples are spread evenly, however many there are.
        let part = f64::from(kill) * 0.618_034 % 1.0;
        while begin.elapsed() < span.mul_f64(part) {
            std::hint::spin_loop();
        }
        server.process.kill().unwrap();
        server.process.wait().unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        let is_answered = answer.starts_with("HTTP/1.1 204");
        let found = fixture.read(EXERCISE);
        span = span.mul_f64(if found == text { 0.9 } else { 1.1 });
        assert!(found == text || found == now, "kill {kill}: half a text");
        assert!(
            found == text || !is_answered,
            "kill {kill}: a save that was answered is lost"
        );
        answered += u32::from(is_answered);
        written += u32::from(found == text);
        let folder = fixture.path(".workbook/history/ch01-first");
        for earlier in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let earlier = std::fs::read_to_string(earlier.path()).unwrap_or_default();
            let is_whole = earlier.is_empty() || earlier.len() == 100_000;
            assert!(is_whole, "kill {kill}: half a text in the history");
        }
        now = found;
    }
    println!("{kills} kills: {written} texts written, {answered} of them answered, none lost");
}
