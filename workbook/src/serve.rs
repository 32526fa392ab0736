use std::process::{Command, ExitCode};

use exercises::{Mistake, Root};

#[derive(clap::Args)]
pub struct Serve {
    /// Port on 127.0.0.1
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Opens the book in the browser
    #[arg(long)]
    open: bool,
}

/// Compiles the server where its progress can be seen, then becomes it.
pub fn serve(root: &Root, arguments: &Serve) -> Result<ExitCode, Mistake> {
    let built = cargo(root, "build")
        .args(SERVER)
        .status()
        .map_err(|error| no_cargo(&error))?;
    if !built.success() {
        return Err(Mistake(
            "the book's server does not compile: see cargo's message above".into(),
        ));
    }
    let mut server = cargo(root, "run");
    server.args(SERVER);
    server.args(["--quiet", "--", "--port", &arguments.port.to_string()]);
    if arguments.open {
        server.arg("--open");
    }
    become_the(server)
}

const SERVER: [&str; 2] = ["--package", "workbook-server"];

/// The cargo that runs us, in the workbook.
pub fn cargo(root: &Root, verb: &str) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg(verb).current_dir(root.path());
    command
}

/// One process instead of a chain of them, so that whoever ends `cargo workbook` ends the server.
#[cfg(unix)]
fn become_the(mut server: Command) -> Result<ExitCode, Mistake> {
    use std::os::unix::process::CommandExt;
    Err(no_cargo(&server.exec()))
}

#[cfg(not(unix))]
fn become_the(mut server: Command) -> Result<ExitCode, Mistake> {
    let status = server.status().map_err(|error| no_cargo(&error))?;
    Ok(ExitCode::from(status.code().map_or(1, |code| code as u8)))
}

fn no_cargo(error: &std::io::Error) -> Mistake {
    Mistake(format!(
        "cannot start cargo ({error}): install Rust with rustup, or open a new terminal"
    ))
}
