//! Reading a text of Rust code that somebody else has named or put in place.

use std::io::{Error, ErrorKind};
use std::path::Path;
use std::{fs, io};

/// Bytes of a text at the most, read, saved or kept: no exercise is near it.
pub const LARGEST_TEXT: usize = 512 * 1024;

/// The text of a file. What is no file is not opened: a pipe would be waited for, and a device may never end.
pub(crate) fn read_text(file: &Path) -> io::Result<String> {
    let data = fs::metadata(file)?;
    if data.is_dir() {
        return Err(Error::new(ErrorKind::IsADirectory, "is a folder, no file"));
    }
    if !data.is_file() {
        return Err(Error::new(
            ErrorKind::InvalidInput,
            "is a pipe or a device, no file",
        ));
    }
    if data.len() > LARGEST_TEXT as u64 {
        let problem = format!(
            "has {} bytes: {LARGEST_TEXT} at the most are read",
            data.len()
        );
        return Err(Error::new(ErrorKind::FileTooLarge, problem));
    }
    fs::read_to_string(file)
}

/// `text` with `\n` at each line's end: version control and editors change the others.
pub(crate) fn with_one_line_end(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// The marks by which pages include a part of a file say nothing to a reader.
pub(crate) fn without_marks(code: &str) -> String {
    code.split_inclusive('\n')
        .filter(|line| !line.trim_start().starts_with("// ANCHOR"))
        .collect()
}
