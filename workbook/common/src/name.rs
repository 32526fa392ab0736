//! What a learner may be called in a class: both ends of it hold to the same rule.

use std::sync::LazyLock;

use regex::Regex;

/// Characters of a name at the most.
const LONGEST: usize = 40;

/// A character that nothing is drawn for.
static INVISIBLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Default_Ignorable_Code_Point}$").expect("the expression is one")
});

/// What is wrong with a name, in one line.
pub fn problem_with_name(name: &str) -> Option<String> {
    let length = name.chars().count();
    if length == 0 || length > LONGEST || name.trim() != name {
        return Some(format!(
            "a name has 1 to {LONGEST} characters, and no blank at its ends"
        ));
    }
    if name.chars().any(changes_its_surroundings) {
        return Some("a name has no control characters, and none that cannot be seen".into());
    }
    if !name.chars().any(char::is_alphanumeric) {
        return Some("a name has a letter or a digit".into());
    }
    None
}

/// Line ends and the like, what turns the direction of the text around it, and what cannot be seen. The joiners of Persian
/// and Indic names (U+200C, U+200D) may stay.
pub fn changes_its_surroundings(c: char) -> bool {
    let is_joiner = matches!(c, '\u{200C}' | '\u{200D}');
    let is_line_end = matches!(c, '\u{2028}' | '\u{2029}');
    let is_blank_braille = c == '\u{2800}';
    let is_invisible = INVISIBLE.is_match(c.encode_utf8(&mut [0; 4]));
    c.is_control() || is_line_end || is_blank_braille || (is_invisible && !is_joiner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_of_any_script() {
        for name in [
            "Ada",
            "Ada L.",
            "Grace O'Hopper",
            "李雷",
            "Zoë",
            "مهدی\u{200C}یار",
            "<b>Bo</b>",
            &"x".repeat(40),
        ] {
            assert_eq!(problem_with_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_that_is_empty_long_or_cannot_be_seen_is_refused() {
        let long = "é".repeat(41);
        for name in [
            "",
            " ",
            "Ada ",
            "Ada\n",
            "A\u{202E}da",
            "A\u{200B}da",
            "A\0",
            "a\u{61C}b",
            "\u{3164}",
            "\u{2800}",
            "\u{200D}",
            "A\u{E0041}",
            "--",
            &long,
        ] {
            assert!(problem_with_name(name).is_some(), "{name:?}");
        }
    }
}
