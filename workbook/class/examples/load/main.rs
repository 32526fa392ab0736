//! A room of 500 learners who each get a verdict every second, for a minute, on loopback:
//! `cargo run --release -p workbook-class --example load`, or `-- LEARNERS SECONDS`. With `-- day` before them a whole day of a
//! room, with all that goes wrong in it: see `day.rs`.
//!
//! Every acknowledged verdict is read back from the file by a connection of its own, and the last ones again
//! after the board has ended. Latency is from when a verdict was due, so that a late answer delays no clock.

#[cfg(target_os = "linux")]
mod day;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use common::key::Key;
use common::sending::{ChapterVerdict, Sending};
use runner::CheckState;
use runner::Root;
use rusqlite::{Connection, OpenFlags};
use workbook_class::outline::{Chapter, Outline};
use workbook_class::store::{Arrived, Store};
use workbook_class::web::{Board, serve};

const CODE: &str = "k7q2mx4p";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &&str| text.parse().unwrap();
    match words.as_slice() {
        #[cfg(target_os = "linux")]
        ["day", numbers @ ..] => {
            let seconds = numbers.get(1).map_or(600, number);
            day::run(numbers.first().map_or(200, number), seconds);
        }
        #[cfg(target_os = "linux")]
        ["board", file, port] => day::be_the_board(Path::new(file), port.parse().unwrap()),
        numbers => {
            let seconds = numbers.get(1).map_or(60, number);
            minute(numbers.first().map_or(500, number), seconds);
        }
    }
}

fn minute(learners: u32, seconds: u32) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("class.sqlite");
    let outline = Arc::new(Outline::of(&Root::find().unwrap()).unwrap());

    join(&file, &outline, learners);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let port = start_board(&runtime, &file, 0);
    let page = thread::spawn(move || watch_the_page(port));
    let (acknowledged, to_read) = channel();
    let reader = thread::spawn({
        let file = file.clone();
        move || read_back(&file, &to_read)
    });

    let start = Instant::now() + Duration::from_secs(1);
    let room: Vec<_> = (0..learners)
        .map(|learner| {
            let (outline, acknowledged) = (Arc::clone(&outline), acknowledged.clone());
            let due = start + Duration::from_secs(1) * learner / learners;
            let work = move || learn(learner, due, seconds, port, &outline, &acknowledged);
            thread::Builder::new()
                .stack_size(512 << 10)
                .spawn(work)
                .unwrap()
        })
        .collect();
    drop(acknowledged);
    let mut latencies: Vec<Duration> = room
        .into_iter()
        .flat_map(|one| one.join().unwrap())
        .collect();
    let (stored, latest) = reader.join().unwrap();

    // The board ends and its file is opened again.
    runtime.shutdown_timeout(Duration::from_secs(1));
    let events = page.join().unwrap();
    let connection = open(&file);
    let kept = latest
        .values()
        .filter(|sent| is_kept(&connection, sent))
        .count();

    latencies.sort();
    let sent = (learners * seconds) as usize;
    let at =
        |share: f64| latencies[((latencies.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{learners} learners, a verdict each second, {seconds} s; {} checks in all",
        checks(&outline)
    );
    println!(
        "sent {sent}, acknowledged {}, stored {stored}, lost {}",
        latencies.len(),
        sent - stored
    );
    println!(
        "after the board's end: {kept} of {} latest verdicts",
        latest.len()
    );
    println!(
        "latency: p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        at(0.5),
        at(0.99),
        at(1.0)
    );
    println!("an open page was told {events} times");
    assert_eq!((stored, kept), (sent, latest.len()), "a verdict was lost");
}

fn checks(outline: &Outline) -> usize {
    outline.0.iter().map(|chapter| chapter.checks.len()).sum()
}

fn name_and_key(learner: u32) -> (String, String) {
    (format!("Learner {learner}"), format!("{learner:032x}"))
}

/// Everybody has joined before: a board lets a room in little by little.
fn join(file: &Path, outline: &Outline, learners: u32) {
    let arrived = |learner| {
        let (name, key) = name_and_key(learner);
        let chapters = BTreeMap::new();
        Arrived {
            from: [127, 0, 0, 1].into(),
            sending: Sending {
                name,
                key,
                chapters,
            },
        }
    };
    let room: Vec<Arrived> = (0..learners).map(arrived).collect();
    let mut store = Store::open(file).unwrap();
    store.keep(outline, &room, 0, |_| true).unwrap();
}

/// Starts a board on this port, or on a free one for port 0, and returns the port.
fn start_board(runtime: &tokio::runtime::Runtime, file: &Path, port: u16) -> u16 {
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind(("127.0.0.1", port)))
        .unwrap();
    let address = listener.local_addr().unwrap();
    let outline = Outline::of(&Root::find().unwrap()).unwrap();
    let store = Store::open(file).unwrap();
    let key = Key::new("key", address.port());
    let board = Board::new(store, outline, address, CODE.into(), String::new(), key).unwrap();
    runtime.spawn(serve(listener, board));
    address.port()
}

/// What one learner's workbook was acknowledged.
struct Acknowledged {
    name: String,
    chapter: String,
    verdict: ChapterVerdict,
}

/// Sends as the workbook does, with the same client. Returns how long each answer took.
fn learn(
    learner: u32,
    first: Instant,
    seconds: u32,
    port: u16,
    outline: &Outline,
    acknowledged: &Sender<Acknowledged>,
) -> Vec<Duration> {
    let agent = agent();
    let (name, key) = name_and_key(learner);
    let mut latencies = Vec::new();
    for second in 0..seconds {
        let due = first + Duration::from_secs(second.into());
        thread::sleep(due.saturating_duration_since(Instant::now()));
        let chapter = &outline.0[((learner + second) as usize) % outline.0.len()];
        let verdict = verdict(chapter, learner + second);
        let chapters = BTreeMap::from([(chapter.name.clone(), verdict.clone())]);
        let sending = Sending {
            name: name.clone(),
            key: key.clone(),
            chapters,
        };
        let sent = send(&agent, port, &sending);
        match sent.and_then(|mut response| response.body_mut().read_to_string()) {
            Ok(_) => {
                latencies.push(due.elapsed());
                let (name, chapter) = (name.clone(), chapter.name.clone());
                acknowledged
                    .send(Acknowledged {
                        name,
                        chapter,
                        verdict,
                    })
                    .unwrap();
            }
            Err(error) => eprintln!("{name}, second {second}: {error}"),
        }
    }
    latencies
}

fn open(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

type Latest = BTreeMap<(String, String), Acknowledged>;

/// Counts the acknowledged verdicts that are in the file, and keeps the latest of each learner's chapter.
fn read_back(file: &Path, acknowledged: &Receiver<Acknowledged>) -> (usize, Latest) {
    let connection = open(file);
    let (mut stored, mut latest) = (0, Latest::new());
    for sent in acknowledged {
        stored += usize::from(is_kept(&connection, &sent));
        latest.insert((sent.name.clone(), sent.chapter.clone()), sent);
    }
    (stored, latest)
}

fn is_kept(connection: &Connection, sent: &Acknowledged) -> bool {
    kept(connection, &sent.name, &sent.chapter) == states(&sent.verdict)
}

/// Of each check of a learner's chapter how it ended, as the file has it.
fn kept(connection: &Connection, name: &str, chapter: &str) -> BTreeMap<String, String> {
    let query = "SELECT check_name, verdict FROM verdict JOIN present ON present.id = learner
                 WHERE name = ?1 AND chapter = ?2";
    let mut query = connection.prepare(query).unwrap();
    let rows = query.query_map([name, chapter], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// The same of a verdict.
fn states(verdict: &ChapterVerdict) -> BTreeMap<String, String> {
    let checks = verdict.checks.iter();
    checks
        .map(|(check, state)| (check.clone(), state.as_str().to_owned()))
        .collect()
}

/// A verdict on a chapter. Each number has another pattern of states, so that an old verdict is not taken for a new one.
fn verdict(chapter: &Chapter, number: u32) -> ChapterVerdict {
    let pattern = number.wrapping_mul(2_654_435_761).rotate_left(16);
    let state = |at: usize| match pattern >> (at % 32) & 1 {
        1 => CheckState::Passed,
        _ => CheckState::Failed,
    };
    let checks = chapter.checks.iter().enumerate();
    ChapterVerdict {
        compiles: true,
        checks: checks
            .map(|(at, check)| (check.clone(), state(at)))
            .collect(),
    }
}

/// The client that a workbook has.
fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(10)));
    config.build().new_agent()
}

fn send(
    agent: &ureq::Agent,
    port: u16,
    sending: &Sending,
) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
    agent
        .post(format!("http://127.0.0.1:{port}/verdicts"))
        .header("authorization", format!("Bearer {CODE}"))
        .header("content-type", "application/json")
        .send(&serde_json::to_vec(sending).unwrap())
}

/// The instructor has the page open. Returns how often it was told something.
fn watch_the_page(port: u16) -> usize {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        stream,
        "GET /news HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: workbook-{port}=key\r\n\r\n"
    )
    .unwrap();
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.filter(|line| line.starts_with("data: ")).count()
}
