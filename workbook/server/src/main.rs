//! Serves the book on 127.0.0.1, checks chapters as they are saved and tells the page; and a class board, if
//! the learner has joined one.

#[cfg(all(test, unix))]
#[expect(dead_code, reason = "these tests need a part of it")]
#[path = "../tests/pty/mod.rs"]
mod pty;

mod address;
mod book;
mod checker;
mod class;
mod feed;
mod history;
mod instance;
mod policy;
mod supervise;
mod tally;
mod terminal;
mod watch;
mod web;
mod work;

use anyhow::{anyhow, bail};
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use common::arguments::{self, Serve};
use common::key::{self, Key};
use runner::Root;
use tokio::net::TcpListener;

use crate::address::Address;
use crate::book::Book;
use crate::checker::Checker;
use crate::class::{Class, Invitation};
use crate::feed::Feed;
use crate::instance::Start;
use crate::terminal::Terminal;
use crate::work::Exercises;

/// `cargo workbook` without a command.
#[derive(Parser)]
#[command(name = "cargo workbook", bin_name = "cargo workbook")]
struct Arguments {
    #[command(flatten)]
    serve: Serve,
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match arguments::read::<Arguments>() {
        Ok(Arguments { serve }) => run(serve).await.map(|()| ExitCode::SUCCESS),
        Err(done) => done,
    };
    terminal::restore();
    runner::exit_code(done)
}

async fn run(arguments: Serve) -> anyhow::Result<()> {
    runner::end_all_on_ctrl_c(terminal::restore)?;
    let invitation = match (&arguments.join, &arguments.name) {
        (Some(url), Some(name)) => Some(Invitation::read(url, name)?),
        _ => None,
    };

    let root = Root::find()?;
    let instance = match Start::of(&root)? {
        Start::First(instance) => instance,
        Start::Second(port) => {
            let address = address_of(&root, port)?;
            if !arguments.open {
                let url = address.of("");
                bail!("the workbook is open already, at {url}: `--open` opens it in the browser");
            }
            return runner::print_line(address.open(""));
        }
    };
    let listener = listen(arguments.port).await?;
    let port = listener.local_addr()?.port();
    instance.listens_on(port)?;
    let book = Arc::new(Book::new(&root));
    book.build()?;

    let feed = Arc::new(Feed::default());
    let address = address_of(&root, port)?;
    let terminal = Terminal::open(&root, &feed, &address)?;
    let class = match invitation {
        Some(invitation) => Some(Class::join(
            &root,
            invitation,
            Arc::clone(&feed),
            terminal.clone(),
        )?),
        None => None,
    };
    let checker = Arc::new(Checker::start(
        root.clone(),
        Arc::clone(&feed),
        class,
        terminal.clone(),
    )?);
    checker.check_all()?;
    let _watcher = watch::watch(
        &root,
        Arc::clone(&book),
        Arc::clone(&checker),
        Arc::clone(&feed),
        terminal.clone(),
    )?;

    terminal.say(format!("The book is at {}", address.of("")));
    terminal.say("Save an exercise and its verdict appears here and in the page. Ctrl-C ends.");
    if arguments.open {
        terminal.say(address.open(""));
    }
    let site = web::Site {
        editor: book.unpack_editor()?,
        exercises: Exercises {
            root,
            check: Arc::new(move |name| checker.check_saved(name)),
        },
        book,
        feed,
        token: key::random()?.into(),
        key: address.key,
    };
    match web::serve(listener, site, terminal).await? {}
}

fn address_of(root: &Root, port: u16) -> anyhow::Result<Address> {
    Ok(Address {
        url: format!("http://{}:{port}/", Ipv4Addr::LOCALHOST),
        key: Key::kept(&root.state_dir().join("key"), port)?,
        folder: root.target_dir().join("workbook"),
    })
}

async fn listen(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| {
            let other = port.checked_add(1).unwrap_or(3000);
            match error.kind() {
                std::io::ErrorKind::AddrInUse => anyhow!(
                    "port {port} is in use: is the workbook open already? Else add `--port {other}`"
                ),
                _ => anyhow!("cannot listen on port {port} ({error}): add `--port {other}`"),
            }
        })
}
