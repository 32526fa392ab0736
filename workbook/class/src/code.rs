//! The join code, which whoever sends verdicts must know.

use anyhow::{Context, anyhow};
use subtle::ConstantTimeEq;

/// Letters and digits that nobody mistakes for each other when they are read from a screen or told.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A random code of 8 letters and digits: 40 bits.
pub fn new() -> anyhow::Result<String> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).context("no random numbers on this machine")?;
    let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
    Ok(bytes.iter().map(letter).collect())
}

/// Refuses a code of the instructor's own that is easily guessed or does not fit into a URL.
pub fn accept(code: &str) -> anyhow::Result<String> {
    let fits = (6..=64).contains(&code.len());
    if fits
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return Ok(code.to_owned());
    }
    Err(anyhow!(
        "--code takes 6 to 64 letters, digits and `-`; leave it out for a random one"
    ))
}

/// Whether both are the same. How long it takes does not tell how much of a guess is right.
pub fn same(code: &str, guess: &str) -> bool {
    code.as_bytes().ct_eq(guess.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_code_is_one_that_is_accepted() {
        let code = new().unwrap();
        assert_eq!(accept(&code).unwrap(), code);
        assert_ne!(code, new().unwrap());
    }

    #[test]
    fn a_code_that_is_short_or_does_not_fit_into_a_url_is_refused() {
        for code in [
            "",
            "abc12",
            "with space",
            "a/b/c/d",
            "käsekäse",
            &"a".repeat(65),
        ] {
            assert!(accept(code).is_err(), "{code}");
        }
    }

    #[test]
    fn only_the_very_code_is_the_same() {
        assert!(same("k7q2mx4p", "k7q2mx4p"));
        for guess in ["", "k7q2mx4", "k7q2mx4pp", "K7q2mx4p", "k7q2mx4q"] {
            assert!(!same("k7q2mx4p", guess), "{guess}");
        }
    }
}
