//! How deep a text is nested, before anything recursive reads it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// No syntax tree of this many tokens is deeper than the stack of [`crate::Source::read`] holds.
pub(crate) const LIMIT: usize = 5_000;

/// An upper bound of the depth of the syntax tree. What follows `,`, `;` or a closed block begins anew, and nothing else:
/// `a + a + a` and `!!!a` nest as brackets do.
pub(crate) fn bound(stream: &TokenStream) -> usize {
    let mut deepest = 0;
    let mut open = vec![(stream.clone().into_iter(), 0, 0, false)];
    while let Some((tokens, outside, run, after_block)) = open.last_mut() {
        let Some(token) = tokens.next() else {
            open.pop();
            continue;
        };
        if *after_block && begins_anew(&token) {
            *run = 0;
        }
        *run += 1;
        *after_block = false;
        deepest = deepest.max(*outside + *run);
        match token {
            TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => *run = 0,
            TokenTree::Group(group) => {
                *after_block = group.delimiter() == Delimiter::Brace;
                let depth = *outside + *run;
                open.push((group.stream().into_iter(), depth, 0, false));
            }
            _ => {}
        }
    }
    deepest
}

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
        ] {
            let close = if nested == "(" { ")" } else { "" };
            let text = format!("{}a{}", nested.repeat(1_000), close.repeat(1_000));
            assert!(depth(&text) >= 1_000, "{nested}: {}", depth(&text));
        }
    }
}
