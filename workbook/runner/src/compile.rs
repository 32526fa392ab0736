use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use anyhow::bail;
use serde::Deserialize;

use crate::events::{Observer, Phase, Phases};
use crate::last_check::LastCheck;
use crate::problem::{Diagnostic, Problem};
use crate::process::{Ended, Limit, Printed, run_bounded, run_observed};
use crate::{Limits, Root, Verdict};

/// What cargo made of a chapter's test program.
#[derive(Clone)]
pub(crate) struct Compiled {
    pub program: Program,
    /// The compiler's errors and warnings about the chapter itself, with their places.
    pub problems: Vec<Problem>,
}

impl Compiled {
    pub(crate) fn executable(&self) -> Option<&Path> {
        match &self.program {
            Program::Made { executable, .. } => Some(executable),
            Program::Errors(_) | Program::CargoFailed(_) => None,
        }
    }
}

/// The program of a chapter's checks, or why there is none.
#[derive(Clone)]
pub(crate) enum Program {
    /// The program, and the compiler's warnings about the chapter itself as rustc renders them.
    Made {
        executable: PathBuf,
        warnings: Vec<String>,
    },
    /// The compiler's errors, as rustc renders them, first one first.
    Errors(Vec<String>),
    /// Cargo could not do its work. Not the learner's code.
    CargoFailed(String),
}

/// One line of `cargo --message-format=json`, as far as it is of use here.
#[derive(Deserialize)]
struct CargoMessage {
    reason: String,
    package_id: Option<String>,
    message: Option<Diagnostic>,
    executable: Option<PathBuf>,
    target: Option<Target>,
    #[serde(default)]
    fresh: bool,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// Compiles the test program of each of `packages` in `workspace`, as many at once as there are processors. After one that does
/// not compile cargo begins with no other: those are [`Program::CargoFailed`].
pub(crate) fn compile(
    workspace: &Path,
    packages: &[Package<'_>],
    target_dir: &Path,
    limit: Duration,
    build: &mut Build<'_>,
) -> Vec<Compiled> {
    let all_failed = |message: String| {
        let failed = || Compiled {
            program: Program::CargoFailed(message.clone()),
            problems: Vec::new(),
        };
        packages.iter().map(|_| failed()).collect()
    };
    let mut command = cargo(workspace);
    command
        .args(["test", "--no-run", "--lib", "--message-format=json"])
        .args(
            packages
                .iter()
                .flat_map(|package| ["--package", package.name]),
        )
        .env("CARGO_TARGET_DIR", target_dir);
    let names: Vec<&str> = packages.iter().map(|package| package.name).collect();
    build.begin(workspace, &names, "normal,build,dev");
    match build.run(command, limit) {
        Ok(ended) => packages
            .iter()
            .map(|package| read(package, &ended))
            .collect(),
        Err(error) => all_failed(error.to_string()),
    }
}

/// Compiles a package of the workbook, or its tests if it `is_tested`, so that nothing is left to compile when it is wanted.
pub fn compile_ahead(
    root: &Root,
    package: &str,
    is_tested: bool,
    observer: Observer<'_>,
) -> anyhow::Result<()> {
    let mut command = cargo(root.path());
    command.args(if is_tested {
        &["test", "--no-run"][..]
    } else {
        &["build"]
    });
    command.args([
        "--message-format=json-render-diagnostics",
        "--package",
        package,
    ]);
    let mut build = Build::new(observer, LastCheck::default());
    let edges = if is_tested {
        "normal,build,dev"
    } else {
        "normal,build"
    };
    build.begin(root.path(), &[package], edges);
    let ended = build.run(command, Limits::default().build)?;
    match ended.status() {
        Some(status) if status.success() => Ok(()),
        _ => bail!("{package} does not compile: {}", first_error(&ended.stderr)),
    }
}

/// A chapter's crate in a workspace.
pub(crate) struct Package<'a> {
    pub name: &'a str,
    /// Its folder inside the workspace.
    pub folder: &'a str,
}

fn cargo(workspace: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace);
    cargo
}

/// Follows cargo while it compiles.
pub(crate) struct Build<'a> {
    phases: Phases<'a>,
    is_observed: bool,
    /// How long earlier checks took, and of how many crates the chapter consisted.
    last: LastCheck,
    /// What counts the crates, until it is started.
    to_count: Option<Command>,
    counted: Option<Receiver<usize>>,
    /// The libraries that are asked for; every other crate is a dependency.
    own: Vec<String>,
    /// The crates that are there, by cargo's name for them.
    crates: BTreeSet<String>,
    newest: Option<String>,
    /// How many dependencies were there already, and how many had to be compiled.
    found: usize,
    compiled: usize,
}

impl<'a> Build<'a> {
    pub(crate) fn new(observer: Observer<'a>, last: LastCheck) -> Build<'a> {
        let before = if last.executable.is_some() {
            last.warm
        } else {
            last.cold
        };
        Build {
            phases: Phases::new(observer, before),
            is_observed: observer.is_some(),
            last,
            to_count: None,
            counted: None,
            own: Vec::new(),
            crates: BTreeSet::new(),
            newest: None,
            found: 0,
            compiled: 0,
        }
    }

    /// `edges` are those along which cargo finds what the packages need, as `cargo tree` calls them.
    fn begin(&mut self, workspace: &Path, packages: &[&str], edges: &str) {
        self.own = packages.iter().map(|package| library(package)).collect();
        self.phases.set(self.phase());
        if let (true, [package], None) = (self.is_observed, packages, self.last.crates) {
            let mut tree = cargo(workspace);
            tree.args(["tree", "--quiet", "--prefix", "none", "--edges", edges])
                .args(["--package", package]);
            self.to_count = Some(tree);
        }
    }

    /// Runs cargo until it ends by itself.
    fn run(&mut self, command: Command, limit: Duration) -> anyhow::Result<Ended> {
        let ended = run_observed(command, Limit::Wall(limit), &mut |printed| {
            self.follow(printed);
        });
        match ended {
            Ok(ended) if ended.status().is_none() => {
                bail!("cargo did not end within {} s", limit.as_secs())
            }
            Ok(ended) => Ok(ended),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                bail!("cargo is not on the PATH: install Rust with rustup, or open a new terminal")
            }
            Err(error) => bail!("cargo does not start: {error}"),
        }
    }

    fn phase(&self) -> Phase {
        let done = self.crates.len();
        match self.last.crates {
            Some(of) if done + 1 >= of => Phase::Linking,
            of => Phase::Compiling {
                last: self.newest.clone(),
                done,
                of,
            },
        }
    }

    fn follow(&mut self, printed: &[Printed]) {
        let counted = self
            .counted
            .as_ref()
            .and_then(|counted| counted.try_recv().ok());
        let mut is_further = counted.is_some();
        self.last.crates = counted.or(self.last.crates);
        for line in printed {
            match line {
                Printed::Out(line) => is_further |= self.count(line),
                Printed::Err(line) => match waits_for(line) {
                    // Cargo says so once, and waits for as long as it takes.
                    Some(behind) => self.phases.set(Phase::Waiting {
                        behind: behind.into(),
                    }),
                    None => is_further |= line.trim_start().starts_with("Compiling "),
                },
            }
        }
        if is_further {
            self.phases.set(self.phase());
            // Not earlier: it would wait for the same downloads, and hold them up.
            self.counted = self
                .to_count
                .take()
                .and_then(count_crates)
                .or(self.counted.take());
        }
        self.phases.tick();
    }

    /// Whether this line of cargo's says that one crate more is there.
    fn count(&mut self, line: &str) -> bool {
        let Ok(CargoMessage {
            reason,
            package_id: Some(package),
            target: Some(target),
            fresh,
            ..
        }) = serde_json::from_str(line)
        else {
            return false;
        };
        let is_build_script = target.kind.iter().any(|kind| kind == "custom-build");
        if reason != "compiler-artifact" || is_build_script || !self.crates.insert(package) {
            return false;
        }
        if !self.own.contains(&target.name) {
            *if fresh {
                &mut self.found
            } else {
                &mut self.compiled
            } += 1;
            self.phases.before = match self.amount() {
                Amount::Nothing => self.phases.before,
                Amount::Part => None,
                Amount::Most => self.last.cold,
            };
        }
        self.newest = Some(target.name);
        true
    }

    /// How much had to be compiled.
    fn amount(&self) -> Amount {
        match self.compiled {
            0 => Amount::Nothing,
            compiled if compiled > self.found => Amount::Most,
            _ => Amount::Part,
        }
    }

    /// What to keep of a check that has ended, for the next one. `executable` is the program of its checks.
    pub(crate) fn noted(self, verdict: &Verdict, executable: Option<PathBuf>) -> LastCheck {
        let amount = self.amount();
        let took = u64::try_from(verdict.milliseconds).ok();
        let mut last = LastCheck {
            passes: verdict.passes(),
            executable: executable.or(self.last.executable),
            ..self.last
        };
        // A check that ended before its time says nothing of the next one's.
        if verdict.checks().is_some() {
            match amount {
                Amount::Nothing => last.warm = took,
                Amount::Part => {}
                Amount::Most => last.cold = took,
            }
            last.crates = Some(self.crates.len());
        }
        last
    }
}

/// How many of the dependencies had to be compiled. What lasts as long as it did before is nothing or most of them; one part
/// says nothing of another.
enum Amount {
    Nothing,
    Part,
    Most,
}

/// What cargo waits for before it compiles, if this line of its says so.
fn waits_for(line: &str) -> Option<&'static str> {
    let begins_with = |word: &&str| line.trim_start().starts_with(word);
    if begins_with(&"Blocking waiting for file lock") {
        return Some("another cargo in the same folder");
    }
    let is_download = ["Updating ", "Downloading ", "Downloaded "]
        .iter()
        .any(begins_with);
    is_download.then_some("crates that are downloaded")
}

/// Counts on a thread of its own the crates that `cargo tree` prints: it needs some time.
fn count_crates(tree: Command) -> Option<Receiver<usize>> {
    let (send, counted) = channel();
    let count = move || {
        let ended = run_bounded(tree, Limit::Wall(Duration::from_secs(60))).ok()?;
        ended.status()?.success().then(|| {
            // A crate that is needed twice is printed twice.
            let lines = ended
                .stdout
                .lines()
                .map(|line| line.trim_end_matches(" (*)"));
            let crates: BTreeSet<&str> = lines.filter(|line| !line.is_empty()).collect();
            send.send(crates.len())
        })
    };
    thread::Builder::new().spawn(count).ok()?;
    Some(counted)
}

/// The name of a package's library.
fn library(package: &str) -> String {
    package.replace('-', "_")
}

/// What cargo says of one package.
fn read(package: &Package<'_>, ended: &Ended) -> Compiled {
    let library = library(package.name);
    let (mut made, mut without_a_place) = (None, None);
    let (mut errors, mut warnings, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    // There is a line for each dependency: only those that name the chapter are worth their parsing.
    let its_name = format!("\"{library}\"");
    let messages = ended.stdout.lines().filter(|line| line.contains(&its_name));
    for message in messages.filter_map(|line| serde_json::from_str(line).ok()) {
        let CargoMessage {
            reason,
            message,
            executable,
            target,
            ..
        } = message;
        let of_the_chapter = target.is_some_and(|target| target.name == library);
        match (reason.as_str(), message) {
            ("compiler-artifact", _) if of_the_chapter => made = executable.or(made),
            ("compiler-message", Some(diagnostic))
                if of_the_chapter && !diagnostic.spans.is_empty() =>
            {
                problems.extend(diagnostic.problems(package.folder));
                let rendered = diagnostic.rendered.unwrap_or_default();
                if diagnostic.level == "error" {
                    &mut errors
                } else {
                    &mut warnings
                }
                .push(rendered.trim_end().to_owned());
            }
            ("compiler-message", Some(diagnostic)) => {
                without_a_place = without_a_place.or_else(|| diagnostic.without_a_place());
            }
            _ => {}
        }
    }
    let program = match made {
        _ if !errors.is_empty() => Program::Errors(errors),
        Some(executable) => Program::Made {
            executable,
            warnings,
        },
        None => Program::CargoFailed(without_a_place.unwrap_or_else(|| first_error(&ended.stderr))),
    };
    Compiled { program, problems }
}

/// What cargo says when it may not use the network, or there is none.
const OF_THE_NETWORK: [&str; 4] = [
    "offline mode",
    "--offline was specified",
    "failed to download",
    "download of ",
];

/// The first error that cargo itself reports, with its causes, in one line.
fn first_error(stderr: &str) -> String {
    let lines: Vec<&str> = stderr
        .lines()
        .skip_while(|line| !line.starts_with("error"))
        .map(str::trim)
        .filter(|line| !line.is_empty() && *line != "Caused by:")
        .take(6)
        .collect();
    let is_of = |words: &&str| lines.iter().any(|line| line.contains(words));
    match lines.first() {
        None => "cargo failed and did not say why".into(),
        Some(first) if OF_THE_NETWORK.iter().any(is_of) => format!(
            "crates are missing that only the network has ({first}): once it is there, `cargo fetch` brings all of them"
        ),
        Some(_) => lines.join(" | "),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::Event;

    #[test]
    fn what_cargo_waits_for_is_told_until_it_compiles() {
        let phases = Mutex::new(Vec::new());
        let observer = |event| {
            if let Event::Phase { phase, .. } = event {
                phases.lock().unwrap().push(phase.text(None));
            }
        };
        let mut build = Build::new(Some(&observer), LastCheck::default());
        for line in [
            "    Blocking waiting for file lock on build directory",
            "   Compiling serde v1.0.229",
            "  Downloading crates ...",
            "   Compiling syn v3.0.10",
        ] {
            build.follow(&[Printed::Err(line.into())]);
        }
        assert_eq!(
            *phases.lock().unwrap(),
            [
                "waits for another cargo in the same folder",
                "compiling crate 1",
                "waits for crates that are downloaded",
                "compiling crate 1",
            ]
        );
    }
}
