use anyhow::Context;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::layout::Layout;
use crate::manifest::Base;
use crate::source::Source;
use crate::{Chapter, Root};

/// A chapter's crate with another text in place of its `lib.rs`.
///
/// It is laid out in a workspace of its own under the target folder, so that the learner's file is
/// neither read nor touched, and no version control is needed to know the shipped text.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The chapter whose checks are run.
    pub chapter: Chapter,
    /// The file that takes the place of `src/lib.rs`, or holds the sections that differ from another one.
    pub text: PathBuf,
}

impl Variant {
    /// The exercise as the workbook ships it.
    pub fn shipped(chapter: &Chapter) -> Variant {
        Variant {
            chapter: chapter.clone(),
            text: chapter.shipped(),
        }
    }

    /// The wrong fix `wrong/FILE`.
    pub fn wrong(chapter: &Chapter, file: &str) -> Variant {
        Variant {
            chapter: chapter.clone(),
            text: chapter.folder.join("wrong").join(file),
        }
    }

    /// The chapter's solution.
    pub fn solution(root: &Root, chapter: &Chapter) -> Variant {
        let text = root
            .path()
            .join("solutions")
            .join(&chapter.name)
            .join("src/lib.rs");
        Variant {
            chapter: chapter.clone(),
            text,
        }
    }

    /// The text as it stands where the exercise's `lib.rs` does. Sections are laid over the solution, or
    /// over the shipped text where `chapter.toml` or the file's own head says so.
    pub fn source(&self, root: &Root) -> anyhow::Result<Source> {
        let text = Source::read(root, &self.text)?;
        let whole = if text.is_overlay() {
            text.laid_over(root, &Source::read(root, &self.base_file(root, &text))?)?
        } else {
            text
        };
        Ok(whole.without(reaches_the_exercise))
    }

    /// The text that this one changes: what its sections are laid over, or the shipped text if it is whole.
    pub(crate) fn base(&self, root: &Root) -> anyhow::Result<Source> {
        let text = Source::read(root, &self.text)?;
        let file = if text.is_overlay() {
            self.base_file(root, &text)
        } else {
            self.chapter.shipped()
        };
        Ok(Source::read(root, &file)?.without(reaches_the_exercise))
    }

    fn base_file(&self, root: &Root, text: &Source) -> PathBuf {
        let file = self.text.file_name().unwrap_or_default();
        let listed = self.chapter.manifest.wrong.iter().find(|wrong| {
            self.text.parent() == Some(&self.chapter.folder.join("wrong"))
                && file == wrong.file.get_ref().as_str()
        });
        let says_so = || {
            let head = text.text();
            head.lines().take(2).any(|line| line == "// on shipped")
        };
        let on_shipped = match listed {
            Some(wrong) => wrong.on == Base::Shipped,
            None => says_so(),
        };
        if on_shipped {
            self.chapter.shipped()
        } else {
            Variant::solution(root, &self.chapter).text
        }
    }

    /// Writes the variant's workspace. What has not changed keeps its time stamp, so that cargo
    /// compiles nothing twice.
    pub(crate) fn lay_out(
        &self,
        root: &Root,
        source: &Source,
        label: &str,
    ) -> anyhow::Result<Layout> {
        let layout = Layout {
            workspace: workspace(root, label),
            // Cargo tells packages in a shared target folder apart by their path inside the workspace.
            folder: format!("{label}/exercises/{}", self.chapter.name),
            name: self.chapter.name.clone(),
        };
        self.write_package(source, &layout)?;
        write_workspace(root, &layout.workspace, vec![layout.folder.clone()])?;
        Ok(layout)
    }

    /// Writes the variant's package as the one of this number among those that stand in one workspace and are compiled side
    /// by side. [`write_workspace`] is still to be called, with all of them.
    pub(crate) fn lay_out_beside(
        &self,
        root: &Root,
        source: &Source,
        label: &str,
        number: usize,
    ) -> anyhow::Result<Layout> {
        let name = format!("{}-{number}", self.chapter.name);
        let layout = Layout {
            workspace: workspace(root, label),
            folder: format!("{label}/exercises/{name}"),
            name,
        };
        self.write_package(source, &layout)?;
        Ok(layout)
    }

    fn write_package(&self, source: &Source, layout: &Layout) -> anyhow::Result<()> {
        let package = layout.package_folder();
        let its_name = |name: &str| format!("name = \"{name}\"");
        let cargo_toml = read(&self.chapter.folder.join("Cargo.toml"))?;
        let cargo_toml =
            cargo_toml.replacen(&its_name(&self.chapter.name), &its_name(&layout.name), 1);
        write(&package.join("Cargo.toml"), &cargo_toml)?;
        copy_folder(&self.chapter.folder.join("src"), &package.join("src"))?;
        write(&package.join("src/lib.rs"), &source.text())
    }

    /// A folder name that tells variants of one chapter apart.
    pub(crate) fn label(&self, root: &Root) -> String {
        let text: String = root
            .shown(&self.text)
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || c == '_' {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        format!("{}--{text}", self.chapter.name)
    }
}

/// Held while variants of this label are laid out, compiled and run: two processes would put their texts into each other's
/// place, and one would get the verdict on the other's. Where there are no locks, nothing is held.
pub(crate) fn take_place(root: &Root, label: &str, wait: impl FnOnce()) -> Option<File> {
    let file = workspace(root, label).with_extension("lock");
    fs::create_dir_all(file.parent()?).ok()?;
    let place = File::create(file).ok()?;
    if matches!(place.try_lock(), Err(TryLockError::WouldBlock)) {
        wait();
        place.lock().ok()?;
    }
    Some(place)
}

/// The workspace of the variants that have this label.
fn workspace(root: &Root, label: &str) -> PathBuf {
    root.target_dir().join("variants").join(label)
}

/// Writes the manifest of a workspace with these folders as its members.
pub(crate) fn write_workspace(
    root: &Root,
    workspace: &Path,
    members: Vec<String>,
) -> anyhow::Result<()> {
    let manifest = read(&root.path().join("Cargo.toml"))?;
    let manifest = with_members(&manifest, members, root.path())?;
    write(&workspace.join("Cargo.toml"), &manifest)?;
    // Without the lock file cargo would ask the network for versions. It prunes the copy, so that one is written once.
    let lock = root.path().join("Cargo.lock");
    let is_stale = |copy: &Path| modified(&lock) > modified(copy);
    if lock.exists() && is_stale(&workspace.join("Cargo.lock")) {
        write(&workspace.join("Cargo.lock"), &read(&lock)?)?;
    }
    Ok(())
}

/// The workbook's root manifest with its versions and profiles, but with other members. The crates that
/// it names by path stay where they are.
fn with_members(manifest: &str, members: Vec<String>, root: &Path) -> anyhow::Result<String> {
    let mut table: toml::Table = toml::from_str(manifest).context("Cargo.toml")?;
    let workspace = table
        .get_mut("workspace")
        .and_then(toml::Value::as_table_mut)
        .context("Cargo.toml: there is no [workspace]")?;
    workspace.remove("default-members");
    workspace.insert("members".into(), members.clone().into());
    let dependencies = workspace
        .get_mut("dependencies")
        .and_then(toml::Value::as_table_mut);
    for (_, dependency) in dependencies.into_iter().flatten() {
        if let Some(path) = dependency.get_mut("path") {
            let absolute = root.join(path.as_str().unwrap_or_default());
            *path = absolute.to_string_lossy().into_owned().into();
        }
    }
    let profiles = table.get_mut("profile").and_then(toml::Value::as_table_mut);
    for (_, profile) in profiles.into_iter().flatten() {
        let packages = profile.get_mut("package");
        if let Some(packages) = packages.and_then(toml::Value::as_table_mut) {
            built_as_their_chapter(packages, &members);
        }
    }
    Ok(table.to_string())
}

/// Gives each numbered package what a profile says of its chapter's: `ch02-ordering-7` is built as `ch02-ordering` is.
fn built_as_their_chapter(packages: &mut toml::Table, members: &[String]) {
    for member in members {
        let name = member.rsplit('/').next().unwrap_or(member);
        let chapter = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let chapter = chapter.strip_suffix('-').unwrap_or(name);
        if let Some(of_chapter) = packages.get(chapter).cloned() {
            packages.insert(name.to_owned(), of_chapter);
        }
    }
}

/// Whether a solution's line reaches a file of the exercise by path; laid out in the exercise's place it has
/// that file beside it.
fn reaches_the_exercise(line: &str) -> bool {
    line.trim_start()
        .starts_with("#[path = \"../../../exercises/")
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    let entries = fs::read_dir(from).with_context(|| from.display().to_string())?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            copy_folder(&path, &to.join(entry.file_name()))?;
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_lib(&path) {
            write(&to.join(entry.file_name()), &read(&path)?)?;
        }
    }
    Ok(())
}

/// The learner's file, and the copies that `reset` keeps of it.
fn is_lib(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.starts_with("lib."))
}

fn modified(path: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .with_context(|| path.display().to_string())
}
