//! Where a file may stand, and what it may be called.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Names that a system may allow.
pub fn names() -> Vec<OsString> {
    let mut names: Vec<OsString> = [
        "a",
        "1.9.0",
        "libonnxruntime.so.9.9.9",
        "tokenizer.onnx",
        "with a space, \u{e9} and \u{6a21}\u{578b}",
        ".hidden",
        "a space at its end ",
        "UPPER.TOML",
        "-rf",
        "two.\nlines",
    ]
    .map(OsString::from)
    .into();
    names.push(OsString::from("n".repeat(200)));
    #[cfg(unix)]
    names.push(std::os::unix::ffi::OsStringExt::from_vec(
        b"no \xff\xfe text.so.1.31.1".to_vec(),
    ));
    names
}

/// How a path may lead to a file whose folder is another one's neighbour, or the same.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    /// By the folder.
    Straight,
    /// By the folder, and again by the folder: `folder/./file`.
    WithADot,
    /// By a link to the folder, whose name is no text.
    ByANameThatIsNoText,
}

pub fn ways() -> Vec<Way> {
    vec![Way::Straight, Way::WithADot, Way::ByANameThatIsNoText]
}

/// The same place, counted from the current folder. `None` if it is on another drive.
pub fn from_here(path: &Path) -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let is_name = |part: &Component| matches!(part, Component::Normal(_));
    let root: PathBuf = here
        .components()
        .take_while(|part| !is_name(part))
        .collect();
    let up = here
        .components()
        .filter(is_name)
        .map(|_| Component::ParentDir);
    let down = path.strip_prefix(root).ok()?.components();
    // Through a folder that only the current one has: no other folder leads there by the same path.
    let there_and_back = [Component::Normal("src".as_ref()), Component::ParentDir];
    Some(there_and_back.into_iter().chain(up).chain(down).collect())
}

/// Makes `link` lead to `file`.
pub fn link(file: &Path, link: &Path) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::symlink(file, link);
    #[cfg(windows)]
    return std::os::windows::fs::symlink_file(file, link);
}

/// Lets a file be read and not be changed.
pub fn protect(file: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(file)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(file, permissions)
}

/// Keeps a file from being read until what this returns is dropped. `None` to the superuser of Unix, to whom all is open.
pub fn close(file: &Path) -> Option<fs::File> {
    let mut options = fs::File::options();
    options.read(true);
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 0);
    let open = options.open(file).ok()?;
    #[cfg(unix)]
    {
        let closed = std::os::unix::fs::PermissionsExt::from_mode(0o000);
        fs::set_permissions(file, closed).ok()?;
    }
    fs::File::open(file).is_err().then_some(open)
}
