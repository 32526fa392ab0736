use std::process::ExitCode;

use runner::Root;

use crate::launch::launch;

#[derive(clap::Args)]
pub struct Serve {
    /// Port on 127.0.0.1
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Opens the book in the browser
    #[arg(long)]
    open: bool,
    /// Joins an instructor's class: sends it which checks pass, and never code
    #[arg(long, value_name = "URL", requires = "name")]
    join: Option<String>,
    /// What the class calls you
    #[arg(long = "as", id = "name", value_name = "NAME", requires = "join")]
    name: Option<String>,
}

/// Shows the book.
pub fn serve(root: &Root, arguments: &Serve) -> anyhow::Result<ExitCode> {
    let mut passed_on = vec!["--port".to_owned(), arguments.port.to_string()];
    if arguments.open {
        passed_on.push("--open".into());
    }
    if let (Some(url), Some(name)) = (&arguments.join, &arguments.name) {
        passed_on.extend(["--join", url, "--as", name].map(str::to_owned));
    }
    launch(root, "workbook-server", "the book's server", &passed_on)
}
