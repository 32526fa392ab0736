//! `cargo workbook class`: the class board on the instructor's machine.

use anyhow::{Context, anyhow};
use std::fs::File;
use std::io::{BufWriter, Write, stdin};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use common::arguments::{self, Class};
use common::key::Key;
use runner::{Root, print_line, say_error};
use tokio::net::TcpListener;
use workbook_class::code;
use workbook_class::outline::Outline;
use workbook_class::store::{Change, Store, hold, put_away};
use workbook_class::web::{Board, serve};

/// `cargo workbook class`.
#[derive(Parser)]
#[command(name = "cargo workbook class", bin_name = "cargo workbook class")]
struct Arguments {
    #[command(flatten)]
    class: Class,
}

#[tokio::main]
async fn main() -> ExitCode {
    runner::exit_code(match arguments::read::<Arguments>() {
        Ok(Arguments { class }) => run(class).await.map(|()| ExitCode::SUCCESS),
        Err(done) => done,
    })
}

async fn run(arguments: Class) -> anyhow::Result<()> {
    let root = Root::find()?;
    let file = root.state_dir().join("class.sqlite");
    std::fs::create_dir_all(file.with_file_name("")).with_context(|| root.shown(&file))?;
    let has_a_class = || match file.exists() {
        true => Ok(()),
        false => Err(anyhow!(
            "there is no class yet: {} is where a board keeps it",
            root.shown(&file)
        )),
    };
    if let Some(to) = &arguments.export {
        has_a_class()?;
        return export(&Store::open(&file)?, to);
    }
    if let Some(name) = &arguments.remove {
        has_a_class()?;
        return remove(Store::open(&file)?, name);
    }
    if arguments.close || arguments.reopen {
        has_a_class()?;
        return close(Store::open(&file)?, arguments.close);
    }
    let _held = hold(&file)?;
    if arguments.clear {
        has_a_class()?;
        return clear(&root, &file, arguments.yes);
    }

    let outline = Outline::of(&root)?;
    let code = arguments.code.as_deref().map(code::accept).transpose()?;
    let bind = arguments.bind;
    let listener = listen(bind, arguments.port).await?;
    let address = listener.local_addr()?;
    let store = Store::open(&file)?;
    let code = store.code(code.as_deref())?;
    let join = format!(
        "cargo workbook --join http://{}/{code} --as NAME",
        seen_by_the_room(address)
    );

    let key = Key::kept(&file.with_file_name("key"), address.port())?;
    let url = key.opens(&format!("http://{}/", seen_from_here(address)));
    // A board whose terminal is gone is still there for the room.
    let say = |line: &str| drop(print_line(line));
    say(&format!("The board is at {url}"));
    say(&format!("Learners join with: {join}"));
    if bind.is_loopback() {
        say("Only this machine reaches it; `--bind 0.0.0.0` opens it to the network.");
    }
    if store.is_closed()? {
        say("The class is closed to new learners; `cargo workbook class --reopen` opens it.");
    }
    let kept = format!("Verdicts are kept in {}. Ctrl-C ends.", root.shown(&file));
    let at_the_end = store.again()?;
    ctrlc::set_handler(move || {
        let settled = at_the_end.settle();
        settled.unwrap_or_else(|error| say_error(format_args!("{error:#}")));
        std::process::exit(130);
    })
    .context("cannot watch for Ctrl-C")?;
    say(&kept);
    match serve(
        listener,
        Board::new(store, outline, address, code, join, key)?,
    )
    .await {}
}

async fn listen(bind: IpAddr, port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((bind, port)).await.map_err(|error| {
        let other = port.checked_add(1).unwrap_or(3100);
        match error.kind() {
            std::io::ErrorKind::AddrInUse => anyhow!(
                "port {port} is in use: is the board open already? Else add `--port {other}`"
            ),
            std::io::ErrorKind::AddrNotAvailable => {
                anyhow!(
                    "{bind} is no address of this machine: try `--bind 0.0.0.0`, all that it has"
                )
            }
            _ => anyhow!("cannot listen on {bind}, port {port} ({error}): try `--port {other}`"),
        }
    })
}

/// Where the instructor's browser finds the board.
fn seen_from_here(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// Where the room finds it: on the address that this machine would leave from.
fn seen_by_the_room(address: SocketAddr) -> String {
    if !address.ip().is_unspecified() {
        return address.to_string();
    }
    // To connect a UDP socket sends nothing; it only chooses the way. The address is one of documentation.
    let way = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    match way {
        Ok(way) => SocketAddr::new(way.ip(), address.port()).to_string(),
        Err(_) => format!("ADDRESS-OF-THIS-MACHINE:{}", address.port()),
    }
}

fn export(store: &Store, to: &Path) -> anyhow::Result<()> {
    let failed = |error: std::io::Error| {
        let way_out = match error.kind() {
            std::io::ErrorKind::AlreadyExists => "it stays as it is; name another file",
            _ => "nothing was exported",
        };
        anyhow!("{}: {error}; {way_out}", to.display())
    };
    let mut file = BufWriter::new(File::create_new(to).map_err(failed)?);
    let written = store.export(&mut file).and_then(|()| file.flush());
    if let Err(error) = written {
        drop(file);
        let _ = std::fs::remove_file(to);
        return Err(failed(error));
    }
    print_line(format_args!("The class is in {}", to.display()))
}

fn remove(mut store: Store, name: &str) -> anyhow::Result<()> {
    let found = store.named(name)?;
    let learner = match found.as_slice() {
        [learner] => learner,
        [] => {
            return Err(anyhow!(
                "no learner of this class is called \"{name}\": the board's page lists the names"
            ));
        }
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|learner| format!("\"{}\"", learner.name))
                .collect();
            return Err(anyhow!(
                "several names look like \"{name}\": {}; remove one on the board's page",
                names.join(", ")
            ));
        }
    };
    store.change(Change::Remove(learner.id))?;
    print_line(format_args!(
        "\"{}\" is removed; the board's page can let this learner back in",
        learner.name
    ))
}

fn close(mut store: Store, closed: bool) -> anyhow::Result<()> {
    store.change(Change::Closed(closed))?;
    print_line(match closed {
        true => "The class takes no new learners; who has joined stays",
        false => "The class takes new learners again",
    })
}

fn clear(root: &Root, file: &Path, is_sure: bool) -> anyhow::Result<()> {
    if !is_sure {
        print_line(
            "Forget this class: its learners, their verdicts and its code? Its file is kept under another name. [y/N]",
        )?;
        let mut answer = String::new();
        // Where nobody can answer, nothing is cleared.
        let _ = stdin().read_line(&mut answer);
        if !matches!(answer.trim(), "y" | "Y" | "yes") {
            return print_line("Nothing was cleared");
        }
    }
    let copy: PathBuf = put_away(file)?;
    print_line(format_args!(
        "The board is empty; the class as it was is {}",
        root.shown(&copy)
    ))
}
