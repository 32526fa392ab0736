//! What the book shows of a run, as kept snapshots.

use std::path::Path;

use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::{Assert, Data, IntoData};

/// Holds the quote in `file` to what was `printed`, both in a `form` that leaves out what changes from run to run. A
/// line `...` in the quote stands for lines that are left out, and `[..]` for a part of a line.
///
/// As long as it holds, a quote stays as its author has cut it. One that does not is told of, or replaced by the
/// `excerpt` where `SNAPSHOTS=overwrite` asks for it.
pub fn quote(
    file: &Path,
    printed: &str,
    excerpt: String,
    form: impl Fn(&str) -> String,
) -> Result<(), String> {
    let quoted = std::fs::read_to_string(file).unwrap_or_default();
    let compare = Assert::new().normalize_paths(false);
    let (printed, quoted) = (form(printed).into_data(), form(&quoted).into_data());
    if compare.try_eq(None, printed, quoted).is_ok() {
        return Ok(());
    }
    self::file(file, excerpt)
}

/// Holds the whole file to what was made now.
pub fn file(file: &Path, made: String) -> Result<(), String> {
    Assert::new()
        .action_env(DEFAULT_ACTION_ENV)
        .try_eq(None, made.into_data(), Data::read_from(file, None).raw())
        .map_err(|error| format!("{error}\nWritten by: bash .ci/draw"))
}
