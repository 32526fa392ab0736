//! loom sees only what goes through `crate::sync`: an answer that goes round it would pass unseen.

/// A way round loom that `code` takes: its line, counted from 1, and what stands there.
pub fn way_round(code: &str) -> Option<(usize, String)> {
    let tokens = tokens(code);
    let text = |index: usize| tokens.get(index).map_or("", |(_, token)| token.as_str());
    let follows = |index: usize, path: &[&str]| {
        path.iter()
            .enumerate()
            .all(|(offset, token)| text(index + offset) == *token)
    };
    let mut in_use_of_std = false;
    for (index, (line, token)) in tokens.iter().enumerate() {
        let found = match token.as_str() {
            "use" => {
                in_use_of_std = STD.contains(&text(index + 1));
                (in_use_of_std && text(index + 2) == "as").then(|| "use std as ..".to_owned())
            }
            ";" => {
                in_use_of_std = false;
                None
            }
            // An ordering is only a name: std's and loom's are the same.
            name if STD.contains(&name)
                && follows(index + 1, &["::", "sync", "::", "atomic", "::", "Ordering"]) =>
            {
                None
            }
            // What a lock returns is nothing that threads share.
            name if STD.contains(&name)
                && ["PoisonError", "LockResult"]
                    .iter()
                    .any(|result| follows(index + 1, &["::", "sync", "::", result])) =>
            {
                None
            }
            name if STD.contains(&name)
                && text(index + 1) == "::"
                && UNSEEN.contains(&text(index + 2)) =>
            {
                Some(format!("{name}::{}", text(index + 2)))
            }
            name if in_use_of_std
                && UNSEEN.contains(&name)
                && ["{", ","].contains(&text(index - 1)) =>
            {
                Some(format!("std::{name}"))
            }
            "static" if text(index + 1) == "mut" => Some("static mut".to_owned()),
            "loom" | "thread_local" | "asm" | "read_volatile" | "write_volatile" => {
                Some(token.clone())
            }
            _ => None,
        };
        if let Some(found) = found {
            return Some((*line, found));
        }
    }
    None
}

const STD: [&str; 3] = ["std", "core", "alloc"];

/// Modules of std whose types share memory between threads, or stop them, behind loom's back.
const UNSEEN: [&str; 3] = ["sync", "cell", "thread"];

/// Words and marks of `code` with their lines, comments and texts left out.
fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut tokens: Vec<(usize, String)> = Vec::new();
    let mut line = 1;
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            end_of_comment(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else if first == '"' {
            end_of_text(rest)
        } else if first.is_alphanumeric() || first == '_' {
            let word: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let length = word.len();
            tokens.push((line, word));
            length
        } else if rest.starts_with("::") {
            tokens.push((line, "::".to_owned()));
            2
        } else {
            if !first.is_whitespace() {
                tokens.push((line, first.to_string()));
            }
            first.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

fn end_of_comment(code: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < code.len() {
        if code[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if code[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += code[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    code.len()
}

fn end_of_text(code: &str) -> usize {
    let mut escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    code.len()
}
