//! What a learner may be called in a class: both ends of it hold to the same rule.

/// Characters of a name at the most.
const LONGEST: usize = 40;

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

/// Line ends and the like, what turns the direction of the text around it, and what cannot be seen: the last are
/// Unicode's `Default_Ignorable_Code_Point` and the blank Braille pattern. The joiners of Persian and Indic names
/// (U+200C, U+200D) may stay.
pub fn changes_its_surroundings(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'..='\u{1160}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'
                | '\u{200E}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFF8}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
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
