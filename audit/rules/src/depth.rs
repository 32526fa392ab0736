//! How deep a text is nested, before anything recursive reads it.

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};

/// No syntax tree of this many tokens is deeper than the stack of [`crate::Source::read`] holds.
pub(crate) const LIMIT: usize = 5_000;

/// An upper bound of the depth of the syntax tree. What follows `;`, a closed block or a `,` begins anew, and nothing else:
/// `a + a + a` and `!!!a` nest as brackets do. A `,` between `<` and `>` or in the arguments of a closure is none of these.
pub(crate) fn bound(stream: &TokenStream) -> usize {
    let mut deepest = 0;
    let mut open = vec![Level::new(stream.clone(), 0)];
    while let Some(level) = open.last_mut() {
        let Some(token) = level.tokens.next() else {
            open.pop();
            continue;
        };
        level.take(&token);
        deepest = deepest.max(level.depth());
        if let TokenTree::Group(group) = token {
            let outside = level.depth();
            open.push(Level::new(group.stream(), outside));
        }
    }
    deepest
}

/// The tokens between two brackets.
struct Level {
    tokens: proc_macro2::token_stream::IntoIter,
    outside: usize,
    /// How many tokens may nest in one another up to here.
    run: usize,
    before: Before,
    /// How many `<` wait for their `>`. Of a comparison it waits in vain, which makes the bound larger than it has to be.
    angles: usize,
    /// Whether the arguments of a closure go on.
    is_in_pipes: bool,
}

/// The token before.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Block,
    /// The end of an operand: what follows is an operator.
    Operand,
    /// A name may also be that of a type.
    Name,
    /// `-` or `=`, of `->` or `=>`.
    Arrow(char),
    /// The quote of a lifetime.
    Quote,
    Other,
}

impl Level {
    fn new(stream: TokenStream, outside: usize) -> Self {
        Self {
            tokens: stream.into_iter(),
            outside,
            run: 0,
            before: Before::Other,
            angles: 0,
            is_in_pipes: false,
        }
    }

    fn depth(&self) -> usize {
        self.outside + self.run
    }

    fn begin_anew(&mut self) {
        self.run = 0;
        self.angles = 0;
        self.is_in_pipes = false;
    }

    fn take(&mut self, token: &TokenTree) {
        if self.before == Before::Block && begins_anew(token) {
            self.begin_anew();
        }
        self.run += 1;
        self.before = match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Before::Block,
            TokenTree::Group(_) | TokenTree::Literal(_) => Before::Operand,
            TokenTree::Ident(_) if self.before == Before::Quote => Before::Other,
            TokenTree::Ident(ident) if KEYWORDS.iter().any(|word| ident == word) => Before::Other,
            TokenTree::Ident(_) => Before::Name,
            TokenTree::Punct(punct) => self.take_punct(punct),
        };
    }

    fn take_punct(&mut self, punct: &Punct) -> Before {
        match punct.as_char() {
            ';' => self.begin_anew(),
            ',' if self.angles == 0 && !self.is_in_pipes => self.run = 0,
            // Of `1 << 3` the other one is no bracket either.
            '<' if self.before == Before::Operand => {
                let is_half = punct.spacing() == Spacing::Joint;
                return if is_half {
                    Before::Operand
                } else {
                    Before::Other
                };
            }
            '<' => self.angles += 1,
            // No type has an arm in it.
            '>' if self.before == Before::Arrow('=') => self.angles = 0,
            '>' if self.before != Before::Arrow('-') => self.angles = self.angles.saturating_sub(1),
            '|' => {
                let is_operator = matches!(self.before, Before::Operand | Before::Name);
                self.is_in_pipes = !self.is_in_pipes && !is_operator;
            }
            '\'' => return Before::Quote,
            arrow @ ('-' | '=') => return Before::Arrow(arrow),
            '?' => return Before::Operand,
            _ => {}
        }
        Before::Other
    }
}

/// What an expression may follow.
const KEYWORDS: [&str; 17] = [
    "async", "become", "box", "break", "const", "else", "if", "in", "match", "move", "mut", "raw",
    "return", "static", "while", "yeet", "yield",
];

/// Whether what follows a block is not a part of the same expression.
fn begins_anew(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(ident) => ident != "else" && ident != "as",
        TokenTree::Punct(punct) => punct.as_char() == '#',
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    }
}

#[cfg(test)]
mod test {
    use super::*;

    fn depth(text: &str) -> usize {
        bound(&text.parse().unwrap())
    }

    #[test]
    fn items_side_by_side_are_no_deeper_than_one() {
        let one = "fn f() { let a = [1, 2, 3]; if a { b } else { c } }\n";
        assert_eq!(depth(&one.repeat(1_000)), depth(one));
    }

    #[test]
    fn what_a_table_holds_side_by_side_is_no_deeper_than_one() {
        for element in [
            "1, ",
            "A | B, ",
            "1 << 3, ",
            "(a, -1.0), ",
            "a => b, ",
            "a if b < c => d, ",
            "|a, b| a, ",
        ] {
            let table = format!("[{}]", element.repeat(1_000));
            assert!(depth(&table) < 30, "{element}: {}", depth(&table));
        }
    }

    #[test]
    fn what_nests_counts() {
        for nested in [
            "!",
            "(",
            "a + ",
            "if a {} else ",
            "a = ",
            "|a| ",
            "return ",
            "&",
            "a.b()",
            "{1} as u8 as ",
            "|a, b| ",
            "return |a, b| ",
            "A<B, ",
            "A<{ 1 }, ",
            "for<'a, 'b> fn() -> ",
        ] {
            let close = if nested == "(" { ")" } else { "" };
            let text = format!("{}a{}", nested.repeat(1_000), close.repeat(1_000));
            assert!(depth(&text) >= 1_000, "{nested}: {}", depth(&text));
        }
    }
}
