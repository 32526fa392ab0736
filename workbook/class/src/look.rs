//! Which names a room would take for one another.

use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

/// How a name looks in a list: with one case, `ada` looks like `ADA`; with both, `Ian` looks like `lan`; and in one case after its
/// letters are those that they are drawn like, a Cyrillic Н, whose small letter is drawn like none, looks like `h`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look([String; 3]);

impl Look {
    /// Of a name in any script. Which letters are drawn alike stands in Unicode's table (UTS 39).
    pub fn of(name: &str) -> Look {
        // A joiner is not seen, and of several blanks one.
        let plain: String = name
            .nfkc()
            .filter(|c| !matches!(c, '\u{200C}' | '\u{200D}'))
            .collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        // The table has I for l as well, which would make `Ian` one with `Lan`: the letters of ASCII come after the case.
        let latin: String = plain.nfd().flat_map(drawn_like).collect();
        Look([fold(&plain), plain, fold(&latin)].map(|text| skeleton(&text).collect()))
    }

    /// Whether a room would take both for the same.
    pub fn is_like(&self, other: &Look) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| one == other)
    }
}

fn drawn_like(c: char) -> Vec<char> {
    match c.is_ascii() {
        true => vec![c],
        false => skeleton(c.encode_utf8(&mut [0; 4])).collect(),
    }
}

/// Large and then small: ß becomes `ss`, and a σ at a word's end is like the others.
fn fold(text: &str) -> String {
    let large = text.to_uppercase();
    large.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_alike(one: &str, other: &str) -> bool {
        let (one, other) = (Look::of(one), Look::of(other));
        assert_eq!(one.is_like(&other), other.is_like(&one));
        one.is_like(&other)
    }

    #[test]
    fn names_that_a_room_takes_for_one_another_look_alike() {
        for (one, other) in [
            ("Ada", "ada"),
            ("Ada", "ADA"),
            // Cyrillic А, а; then Н, whose small letter looks like no h; then all of a name.
            ("Ada", "\u{410}da"),
            ("Ada", "Ad\u{430}"),
            ("ada", "\u{410}DA"),
            ("hanna", "\u{41D}anna"),
            ("Cope", "\u{421}\u{43E}\u{440}\u{435}"),
            // Greek Ζ, Ο, Ε.
            ("zoe", "\u{396}\u{39F}\u{395}"),
            // Compatible forms: fullwidth, bold, a ligature.
            ("Ada", "Ａｄａ"),
            ("Ada", "𝐀𝐝𝐚"),
            ("Griffin", "Griﬃn"),
            // One accent, composed and not.
            ("Zo\u{EB}", "Zoe\u{308}"),
            ("ZOË", "zoë"),
            ("Strauß", "STRAUSS"),
            ("Νίκος", "ΝΊΚΟΣ"),
            ("Ada L", "Ada  L"),
            ("Ada L", "Ada\u{A0}L"),
            ("Ada", "A\u{200D}da"),
            ("Ian", "lan"),
            ("Learner 10", "Learner lO"),
        ] {
            assert!(are_alike(one, other), "{one:?} and {other:?}");
        }
    }

    #[test]
    fn names_that_a_room_tells_apart_do_not_look_alike() {
        for (one, other) in [
            ("Ada", "Ida"),
            ("Ada", "Ada L"),
            ("Ian", "Lan"),
            ("Zoe", "Zoë"),
            ("Learner 1", "Learner 7"),
            ("Learner 1", "Learner 11"),
            ("李雷", "李蕾"),
            ("Анна", "Инна"),
            ("مريم", "محمد"),
        ] {
            assert!(!are_alike(one, other), "{one:?} and {other:?}");
        }
    }
}
