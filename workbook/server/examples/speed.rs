//! How long a reader waits, in seconds: `cargo run -p workbook-server --example speed`, and with `-- fresh` also from nothing, with
//! the crates downloaded, into `target/speed`. It saves each exercise and the first page of this workbook, and brings their
//! texts back at its end.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use runner::Root;

const SAVES: usize = 9;

fn main() {
    let root = Root::find().expect("run inside the workbook");
    let names = root.names().expect("exercises/ can be read");
    let fresh = std::env::args().any(|argument| argument == "fresh");
    let target = if fresh {
        let target = root.path().join("target/speed");
        let _ = fs::remove_dir_all(&target);
        target
    } else {
        root.target_dir().to_owned()
    };

    let start = Instant::now();
    let mut workbook = Workbook::open(&root, &target);
    let told = |what: &str| {
        if fresh {
            print(what, start.elapsed());
        }
    };
    told("from nothing to a readable book");
    let mut news = workbook.news();
    for (number, name) in names.iter().enumerate() {
        wait_for(&mut news, &["\"kind\":\"verdict\"", name]);
        if number == 0 {
            told("from nothing to the first verdict");
        }
    }
    told("from nothing to every verdict");

    for name in &names {
        let exercise = root.path().join(format!("exercises/{name}/src/lib.rs"));
        let verdict = || wait_for(&mut news, &["\"kind\":\"verdict\"", name]);
        print(
            &format!("save to verdict, {name}"),
            median_of_saves(exercise, "//", verdict),
        );
    }
    let page = root.path().join(format!("src/{}.md", names[0]));
    let reload = || wait_for(&mut news, &["\"kind\":\"reload\""]);
    print(
        "save to rebuilt book",
        median_of_saves(page, "<!-- -->", reload),
    );
}

/// `cargo workbook`, ended when this is dropped.
struct Workbook {
    process: Child,
    port: u16,
    key: String,
}

impl Workbook {
    /// Returns when it says where the book is.
    fn open(root: &Root, target: &Path) -> Workbook {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(["workbook", "--port", "0"])
            .current_dir(root.path())
            .env("CARGO_TARGET_DIR", target)
            .env_remove("CARGO_MANIFEST_DIR")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = command.spawn().expect("cargo starts");
        let mut lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let address = line.strip_prefix("The book is at http://127.0.0.1:")?;
            let (port, key) = address.split_once("/?key=")?;
            Some((port.parse().ok()?, key.to_owned()))
        });
        // It must be able to print on.
        std::thread::spawn(move || lines.for_each(drop));
        let (port, key) = address.expect("`cargo workbook` says where the book is");
        Workbook { process, port, key }
    }

    fn news(&mut self) -> impl Iterator<Item = String> + use<> {
        let (port, key) = (self.port, &self.key);
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        let cookie = format!("Cookie: workbook-{port}={key}");
        let request =
            format!("GET /workbook/news HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{cookie}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it listens");
        BufReader::new(stream).lines().map_while(Result::ok)
    }
}

impl Drop for Workbook {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn wait_for(news: &mut impl Iterator<Item = String>, parts: &[&str]) {
    let found = news.any(|news| parts.iter().all(|part| news.contains(part)));
    assert!(found, "no {parts:?}");
}

/// A file whose text comes back when this is dropped.
struct Kept {
    file: PathBuf,
    text: String,
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Err(error) = fs::write(&self.file, &self.text) {
            eprintln!("{}: {error}", self.file.display());
        }
    }
}

fn median_of_saves(file: PathBuf, comment: &str, mut wait: impl FnMut()) -> Duration {
    let text = fs::read_to_string(&file).expect("the file can be read");
    let mut times: Vec<Duration> = {
        let kept = Kept { file, text };
        let times = (0..SAVES).map(|save| {
            let changed = format!("{}\n{comment} {save}\n", kept.text);
            let start = Instant::now();
            fs::write(&kept.file, changed).expect("the file can be written");
            wait();
            start.elapsed()
        });
        times.collect()
    };
    // The text that came back is a save too.
    wait();
    times.sort();
    times[SAVES / 2]
}

fn print(what: &str, time: Duration) {
    println!("{what:42} {:6.2} s", time.as_secs_f64());
}
