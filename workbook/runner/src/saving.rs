//! Writing a file as a whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

const PREFIX: &str = ".saving-";

/// No save takes so long: what is older than the file of another save by this is of one that was killed.
const LEFT: Duration = Duration::from_secs(10 * 60);

/// Writes beside `file`, under a name of its own, and renames: an interrupted save leaves one text or the other, never
/// half of one. The file keeps its permissions, and its owner where the system lets us. What a save that was killed has left
/// beside it goes with a later one.
pub(crate) fn replace(file: &Path, text: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new()
        .prefix(PREFIX)
        .tempfile_in(folder)?;
    remove_leftovers(folder, new.as_file());
    new.write_all(text)?;
    new.as_file().sync_all()?;
    match fs::metadata(file) {
        Ok(old) => {
            #[cfg(unix)]
            keep_owner(new.as_file(), &old);
            // Some file systems have no permissions, and refuse to set any.
            let _ = new.as_file().set_permissions(old.permissions());
        }
        Err(_) => make_readable(new.as_file()),
    }
    new.persist(file)?;
    Ok(())
}

/// A temporary file is for its owner alone; one that is new here is like any other.
#[cfg(unix)]
fn make_readable(file: &fs::File) {
    use std::os::unix::fs::PermissionsExt;
    let _ = file.set_permissions(fs::Permissions::from_mode(0o644));
}

/// Only an administrator may give a file to somebody else, and has to: the file is the learner's.
#[cfg(unix)]
fn keep_owner(file: &fs::File, old: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn make_readable(_: &fs::File) {}

/// Removes what saves that were killed have left in a folder. `new` is of the save that has just begun: its time and theirs
/// are of one clock, that of the file system.
fn remove_leftovers(folder: &Path, new: &fs::File) {
    let time = |data: std::io::Result<fs::Metadata>| data.and_then(|data| data.modified()).ok();
    let Some(now) = time(new.metadata()) else {
        return;
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_of_a_save = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let age = || now.duration_since(time(entry.metadata())?).ok();
        if is_of_a_save && age().is_some_and(|age| age > LEFT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_save_has_left_goes_with_a_later_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, age: Duration| {
            let file = fs::File::create(path(name)).unwrap();
            let then = file.metadata().unwrap().modified().unwrap() - age;
            file.set_modified(then).unwrap();
        };
        let old = 2 * LEFT;
        write("lib.rs", old);
        write("lib.yours-1.rs", old);
        write(".saving-old", old);
        write(".saving-of-another-who-saves-now", Duration::ZERO);
        replace(&path("lib.rs"), b"new").unwrap();
        let names = fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(
            names,
            [
                ".saving-of-another-who-saves-now",
                "lib.rs",
                "lib.yours-1.rs"
            ]
        );
        assert_eq!(fs::read(path("lib.rs")).unwrap(), b"new");
    }
}
