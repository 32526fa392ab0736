use std::fmt;

/// Something in the workbook's own input is wrong: one line that says what, where, and what to do.
///
/// The commands print it and end with exit code 2. A learner's failing check is not a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake(pub String);

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mistake {}
