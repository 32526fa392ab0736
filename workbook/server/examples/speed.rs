//! How long a reader waits: `cargo run -p workbook-server --example speed`, with `-- fresh` also from a fresh clone
//! with the crates downloaded. Works on a copy of the workbook; prints medians in seconds.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use runner::Root;

const SAVES: usize = 9;

fn main() {
    let root = Root::find().expect("run inside the workbook");
    let copy = root.path().join("target/speed/workbook");
    // Not the workbook's own: cargo would take what is compiled from the copy for compiled from there.
    let target = root.path().join("target/speed/target");
    let _ = fs::remove_dir_all(&copy);
    copy_tree(root.path(), &copy);
    if std::env::args().any(|argument| argument == "fresh") {
        fresh_clone(&copy, &target);
    }
    saves(&root, &copy, &target);
}

/// For each figure the target folder is empty, so that nothing is compiled already.
fn fresh_clone(copy: &Path, target: &Path) {
    let empty = || {
        let _ = fs::remove_dir_all(target);
    };
    empty();
    let start = Instant::now();
    let mut verdict = cargo(copy, target, &["test", "--package", "exercises", "ch01"]);
    verdict
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    print("fresh clone to the first verdict on ch01", start.elapsed());

    empty();
    let start = Instant::now();
    let mut workbook = cargo(copy, target, &["workbook", "--port", "0"]);
    let (mut server, _) = wait_until_served(workbook.stderr(Stdio::null()));
    print("fresh clone to a readable book", start.elapsed());
    server.kill().unwrap();
    server.wait().unwrap();
}

fn saves(root: &Root, copy: &Path, target: &Path) {
    let mut workbook = cargo(copy, target, &["workbook", "--port", "0"]);
    let (mut server, port) = wait_until_served(workbook.stderr(Stdio::null()));
    let mut news = listen(port);
    let names = root.names().unwrap();
    let mut wait_for = |parts: &[&str]| {
        assert!(
            news.any(|news| parts.iter().all(|part| news.contains(part))),
            "no {parts:?}"
        );
    };
    for name in &names {
        wait_for(&["\"kind\":\"verdict\"", name]);
    }
    for name in &names {
        let exercise = copy.join("exercises").join(name).join("src/lib.rs");
        let time = median_of_saves(&exercise, "//", || {
            wait_for(&["\"kind\":\"verdict\"", name])
        });
        print(&format!("save to verdict, {name}"), time);
    }
    let page = copy.join("src").join(format!("{}.md", names[0]));
    let time = median_of_saves(&page, "<!-- -->", || wait_for(&["reload"]));
    print("save to rebuilt book", time);
    server.kill().unwrap();
    server.wait().unwrap();
}

fn median_of_saves(file: &Path, comment: &str, mut wait: impl FnMut()) -> Duration {
    let text = fs::read_to_string(file).unwrap();
    let mut times: Vec<Duration> = (0..SAVES)
        .map(|save| {
            let changed = format!("{text}\n{comment} {save}\n");
            let start = Instant::now();
            fs::write(file, changed).unwrap();
            wait();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[SAVES / 2]
}

fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target);
    command.env_remove("CARGO_MANIFEST_DIR");
    command
}

fn wait_until_served(command: &mut Command) -> (Child, u16) {
    let mut server = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let port = first
        .trim_end_matches('/')
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    // The server must be able to print on.
    std::thread::spawn(move || lines.for_each(drop));
    (server, port)
}

fn listen(port: u16) -> impl Iterator<Item = String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        stream,
        "GET /workbook/news HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    )
    .unwrap();
    BufReader::new(stream).lines().map_while(Result::ok)
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        if path.is_file() {
            fs::copy(&path, to.join(name)).unwrap();
        } else if !["target", ".git", "book"].contains(&name.to_string_lossy().as_ref()) {
            copy_tree(&path, &to.join(name));
        }
    }
}

fn print(what: &str, time: Duration) {
    println!("{what:42} {:6.2} s", time.as_secs_f64());
}
