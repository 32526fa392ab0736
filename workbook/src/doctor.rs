use anyhow::{Context, anyhow};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use common::live::{LIVE, LOCKED};
use runner::{End, Limit, Root, is_chapter_name, print_line, run_bounded};

use crate::launch::cargo;

/// Prints a line for each thing that the workbook needs; the exit code is 2 if one is missing.
pub fn examine(root: &Root) -> anyhow::Result<ExitCode> {
    let findings = [
        rust_is_recent_enough(root),
        can_write(
            root,
            "exercises",
            "your answers and the copies that `reset` keeps",
        ),
        can_write(root, "target", "what cargo compiles"),
        can_write(root, ".workbook", "your progress and the built book"),
        port_is_free(3000),
        chapters_are_whole(root),
        a_runtime_is_there(),
    ];
    findings.iter().try_for_each(tell)?;
    Ok(ExitCode::from(if findings.iter().all(Result::is_ok) {
        0
    } else {
        2
    }))
}

/// Prints a line.
pub fn tell(finding: &Finding) -> anyhow::Result<()> {
    match finding {
        Ok(fine) => print_line(format_args!("ok       {fine}")),
        Err(problem) => print_line(format_args!("problem  {problem:#}")),
    }
}

/// What is fine, or what is not and what to do.
pub type Finding = anyhow::Result<String>;

fn rust_is_recent_enough(root: &Root) -> Finding {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .arg("--version")
        .current_dir(root.path())
        .output()
        .map_err(|error| anyhow!("rustc does not start ({error}): install Rust with rustup"))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let minor = |version: &str| {
        version
            .split('.')
            .nth(1)
            .and_then(|minor| minor.parse().ok())
    };
    let needed = env!("CARGO_PKG_RUST_VERSION");
    if minor(&version) < minor(needed) as Option<u32> {
        return Err(anyhow!(
            "{version}: the workbook needs {needed}; run `rustup update stable`"
        ));
    }
    Ok(format!("{version} (needs {needed})"))
}

fn can_write(root: &Root, folder: &str, what: &str) -> Finding {
    let probe = root.path().join(folder).join(".doctor");
    let written = probe
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(&probe, ""))
        .and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => Ok(format!("{folder}/ can be written: {what}")),
        Err(error) => Err(anyhow!("{folder}/: {error}; it holds {what}")),
    }
}

fn port_is_free(port: u16) -> Finding {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(format!("port {port} is free")),
        Err(_) if is_the_workbook(port) => Ok(format!("port {port} has your open workbook")),
        Err(_) => Err(anyhow!(
            "port {port} is in use: is the workbook open already? Else `cargo workbook --port {}`",
            port + 1
        )),
    }
}

fn is_the_workbook(port: u16) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET {LIVE} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.take(4096).read_to_string(&mut answer)?;
        Ok::<_, std::io::Error>(answer)
    };
    ask().is_ok_and(|answer| answer.ends_with(LOCKED))
}

fn chapters_are_whole(root: &Root) -> Finding {
    let names = root.names()?;
    for name in &names {
        let chapter = root.chapter(name)?;
        let missing = |path: &Path| format!("{} is missing", root.shown(path));
        if !chapter.exercise().is_file() {
            let way_out = format!("`cargo workbook reset {}` brings it back", chapter.short());
            return Err(anyhow!("{}; {way_out}", missing(&chapter.exercise())));
        }
    }
    let pages = std::fs::read_dir(root.path().join("src")).context("src")?;
    let of_no_chapter = pages
        .flatten()
        .filter_map(|page| Some(page.file_name().to_str()?.strip_suffix(".md")?.to_owned()))
        .find(|page| is_chapter_name(page) && !names.contains(page));
    match of_no_chapter {
        Some(page) => Err(anyhow!(
            "exercises/{page} is missing: take the folder from the workbook's download again"
        )),
        None => Ok(format!("{} chapters are whole", names.len())),
    }
}

/// A library runs code of its own while it is loaded, so that it is looked at in a process of its own: a program that is
/// compiled where a library is to be looked at, and nobody else waits for.
fn a_runtime_is_there() -> Finding {
    let Some(library) = std::env::var_os("ORT_DYLIB_PATH").filter(|value| !value.is_empty()) else {
        return Ok(
            "models run on the embedded runtime, ort-tract: ORT_DYLIB_PATH is not set".into(),
        );
    };
    let library = Path::new(&library).display();
    let workbook = Root::at(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let cannot = |error| anyhow!("{library}: it cannot be looked at ({error})");
    let built = cargo(&workbook, "build", "runtime-probe")
        .arg("--quiet")
        .status();
    if !built.map_err(cannot)?.success() {
        return Err(anyhow!(
            "{library}: it cannot be looked at: see cargo's message above"
        ));
    }
    let mut probe = cargo(&workbook, "run", "runtime-probe");
    probe.arg("--quiet");
    let probe = run_bounded(probe, Limit::Wall(PROBE_LIMIT)).map_err(cannot)?;
    match probe.end {
        End::Itself(status) if status.success() => {
            Ok(format!("models run on {}", probe.stdout.trim()))
        }
        End::Itself(status) if status.code() == Some(2) => Err(anyhow!("{}", probe.stderr.trim())),
        End::Itself(status) => Err(anyhow!(
            "{library}: to load it ends the process ({status}); unset ORT_DYLIB_PATH to use the embedded runtime"
        )),
        _ => Err(anyhow!(
            "{library}: to load it did not end within {} s; unset ORT_DYLIB_PATH to use the embedded runtime",
            PROBE_LIMIT.as_secs()
        )),
    }
}

const PROBE_LIMIT: Duration = Duration::from_secs(20);

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};

    use super::*;

    #[test]
    fn an_open_workbook_is_told_from_others_that_listen() {
        for (said, expected) in [(LOCKED, true), ("{\"live\":false}", false), ("", false)] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = String::new();
                BufReader::new(&stream).read_line(&mut asked).unwrap();
                assert!(asked.starts_with(&format!("GET {LIVE} ")), "{asked}");
                write!(stream, "HTTP/1.0 200 OK\r\n\r\n{said}").unwrap();
            });
            assert_eq!(is_the_workbook(port), expected, "{said}");
            server.join().unwrap();
        }
    }
}
