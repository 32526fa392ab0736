//! Texts that are nearly Rust.

/// Random numbers that are the same in each run: xorshift.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// What the grammar gives a meaning to, and what it does not.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "<<",
    ">>",
    "->",
    "=>",
    "::",
    ",",
    ";",
    ":",
    "|",
    "||",
    "&",
    "&&",
    "!",
    "?",
    "#",
    "$",
    "'",
    "\"",
    "\\",
    "/*",
    "*/",
    "//",
    "\n",
    "\r\n",
    "\0",
    "\u{feff}",
    "é",
    "𝒳",
    "r#",
    "r#\"",
    "b'",
    "c\"",
    "'a",
    "'a'",
    "1",
    "0x",
    "1e",
    "1.",
    "1.0f32",
    "as",
    "async",
    "await",
    "move",
    "unsafe",
    "impl",
    "dyn",
    "for",
    "where",
    "match",
    "if",
    "else",
    "let",
    "fn",
    "mut",
    "ref",
    "static",
    "const",
    "type",
    "use",
    "macro_rules!",
    "f32",
    "usize",
    "self",
    "Self",
    "crate",
    "_",
    "..",
    "..=",
    ".await",
    ".unwrap()",
    ".clone()",
    "ids",
    "mask",
    "vec![",
    "println!(",
    "#[cfg(test)]",
    "// audit: allow(",
    "// audit: allow(nan::partial_cmp_unwrap) why",
    "type A = A;",
    "let a = a;",
    "|a, b|",
    "A<B, ",
];

/// The text after up to eight changes: pieces put in, taken out, repeated, moved, and taken from another text.
pub fn mutate(text: &str, other: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(8) {
        let start = place(&text, random);
        let end = (start + random.below(40)).min(text.len());
        let end = (end..=text.len())
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(start);
        match random.below(6) {
            0 => text.insert_str(start, PIECES[random.below(PIECES.len())]),
            1 => text.replace_range(start..end, ""),
            2 => {
                let piece = text[start..end].repeat(1 + random.below(20));
                text.insert_str(start, &piece);
            }
            3 => {
                let piece = text[start..end].to_owned();
                let to = place(&text, random);
                text.insert_str(to, &piece);
            }
            4 => {
                let from = place(other, random);
                let to = (from + random.below(200)).min(other.len());
                let to = (to..=other.len())
                    .find(|at| other.is_char_boundary(*at))
                    .unwrap_or(from);
                text.replace_range(start..end, &other[from..to]);
            }
            _ => text.replace_range(start..end, PIECES[random.below(PIECES.len())]),
        }
    }
    text
}

fn place(text: &str, random: &mut Random) -> usize {
    let at = random.below(text.len() + 1);
    (at..=text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}
