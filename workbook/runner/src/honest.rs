//! Whether the checks see what a service gets. No run can tell: the code that a test sees is all that a test can see.
//!
//! It reads tokens, and no syntax tree: what a macro is given, and what it makes, has none before it is expanded.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Lints may depend on anything.
const LINTS: [&str; 6] = ["allow", "deny", "doc", "expect", "forbid", "warn"];

/// A line of a `lib.rs` that shows the checks other code than a service gets, and what to do about it.
pub(crate) fn problem_with(lib: &Path) -> Option<(usize, String)> {
    problem_in(&fs::read_to_string(lib).ok()?)
}

fn problem_in(code: &str) -> Option<(usize, String)> {
    let stream: TokenStream = match code.parse() {
        Ok(stream) => stream,
        Err(error) => return Some((1, format!("the checks cannot read this file: {error}"))),
    };
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    first_problem(&tokens).or_else(|| {
        let what = "keep `#[cfg(test)] mod check;` in src/lib.rs, and src/check.rs as shipped: without it no check runs";
        (!declares_checks(&tokens)).then(|| (code.lines().count().max(1), what.to_owned()))
    })
}

fn first_problem(tokens: &[TokenTree]) -> Option<(usize, String)> {
    let mut index = 0;
    while index < tokens.len() {
        let rest = &tokens[index..];
        if let Some(problem) = problem_at(rest) {
            return Some((rest[0].span().start().line, problem));
        }
        // A module of tests is for tests alone; whatever else it holds, `cfg(not(test))` would have to stand in for.
        index += match test_module(rest) {
            Some(length) => length,
            None => {
                if let TokenTree::Group(group) = &rest[0]
                    && let Some(problem) = first_problem(&inside(group))
                {
                    return Some(problem);
                }
                1
            }
        };
    }
    None
}

/// What is wrong with that which begins here.
fn problem_at(rest: &[TokenTree]) -> Option<String> {
    if let Some(length) = test_module(rest) {
        let is_inline = matches!(&rest[length - 1], TokenTree::Group(_));
        return (is_inline && is_word(&rest[length - 2], "check")).then(in_place_of_the_checks);
    }
    let (first, rest) = rest.split_first()?;
    let name = word(first)?;
    match (name.as_str(), rest) {
        ("mod", [name, TokenTree::Group(_), ..]) if is_word(name, "check") => {
            Some(in_place_of_the_checks())
        }
        ("cfg", [by, ..]) if is_word(by, "as") => Some(
            "`cfg as ..` hides what depends on the checks: call `cfg!` by its own name".to_owned(),
        ),
        ("cfg" | "cfg_attr" | "cfg_select", rest) => {
            let bang = rest.first().filter(|token| is_punct(token, '!'));
            let Some(TokenTree::Group(group)) = rest.get(usize::from(bang.is_some())) else {
                return None;
            };
            let arguments = inside(group);
            let condition = match name.as_str() {
                "cfg_attr" => {
                    let mut parts = arguments.split(|token| is_punct(token, ','));
                    let condition = parts.next().unwrap_or_default();
                    if parts.filter_map(<[_]>::first).all(is_lint) {
                        return None;
                    }
                    condition
                }
                _ => &arguments,
            };
            let shown = TokenStream::from_iter(condition.iter().cloned()).to_string();
            let shown = shown.replace(" (", "(");
            let called = bang.map_or("", |_| "!");
            chooses_for_tests(condition).then(|| {
                format!(
                    "`cfg{called}({shown})` shows the checks other code than a service gets: write it for both, or put tests of \
                     your own into a module, `#[cfg(test)] mod tests {{ .. }}`"
                )
            })
        }
        _ => None,
    }
}

fn in_place_of_the_checks() -> String {
    "this `mod check` takes the place of the checks: write `#[cfg(test)] mod check;`, and src/check.rs is it".to_owned()
}

/// How many tokens a module takes that only tests have, from its `#[cfg(test)]` to its `;` or its braces.
fn test_module(tokens: &[TokenTree]) -> Option<usize> {
    let is_cfg_test = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.stream().to_string().replace(' ', "") == "cfg(test)");
    if !is_punct(tokens.first()?, '#') || !is_cfg_test(tokens.get(1)?) {
        return None;
    }
    let mut index = 0;
    while is_punct(tokens.get(index)?, '#') {
        index += 2;
    }
    if is_word(tokens.get(index)?, "pub") {
        index += 1;
        if matches!(tokens.get(index)?, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
        {
            index += 1;
        }
    }
    let is_module = is_word(tokens.get(index)?, "mod") && tokens.get(index + 2).is_some();
    is_module.then_some(index + 3)
}

/// Whether `mod check;` stands in the file itself. One that a macro makes could be any other module.
fn declares_checks(tokens: &[TokenTree]) -> bool {
    tokens.windows(3).any(|window| {
        is_word(&window[0], "mod") && is_word(&window[1], "check") && is_punct(&window[2], ';')
    })
}

/// Whether a condition names `test`, or leaves it to a macro what it names.
fn chooses_for_tests(condition: &[TokenTree]) -> bool {
    condition.iter().any(|token| match token {
        TokenTree::Group(group) => chooses_for_tests(&inside(group)),
        _ => is_word(token, "test") || is_punct(token, '$'),
    })
}

fn is_lint(token: &TokenTree) -> bool {
    word(token).is_some_and(|name| LINTS.contains(&name.as_str()))
}

fn inside(group: &proc_macro2::Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

fn is_word(token: &TokenTree, name: &str) -> bool {
    word(token).is_some_and(|word| word == name)
}

/// `r#cfg` is `cfg`.
fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(name) => Some(name.to_string().trim_start_matches("r#").to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_gets_and_tests_of_one_s_own_are_fine() {
        for code in [
            "#[cfg(test)]\nmod check;\n",
            "#[cfg(test)] mod tests { use super::*; #[test] fn it_holds() {} }\n#[cfg(test)] mod check;",
            "#[cfg(unix)] fn f() {}\n#[cfg(feature = \"latest\")] fn g() {}\n#[cfg(test)] mod check;",
            "// cfg(not(test))\nfn f() -> &'static str { \"cfg(test)\" }\n#[cfg(test)] mod check;",
            "#[cfg_attr(not(test), allow(dead_code))] fn f() {}\n#[cfg(test)] mod check;",
            "macro_rules! f { ($test:ident) => { fn $test() { println!(\"{test}\", test = 1) } } }\n#[cfg(test)] mod check;",
            "#[path = \"../../check.rs\"]\n#[cfg(test)]\npub(crate) mod check;",
        ] {
            assert_eq!(problem_in(code), None, "{code}");
        }
    }

    #[test]
    fn code_that_only_the_checks_see_is_named_with_its_line() {
        for (code, line) in [
            ("#![cfg(not(test))]\n", 1),
            ("fn f() {}\n#[cfg(test)]\nfn g() {}\n", 2),
            ("fn f() -> bool {\n    cfg!(test)\n}\n", 2),
            ("#[cfg(any(test, unix))]\nuse std::fmt;\n", 1),
            ("#[cfg_attr(test, path = \"right.rs\")]\nmod inner;\n", 1),
            ("fn f() -> bool {\n    std::cfg!(test)\n}\n", 2),
            (
                "fn f() -> bool {\n    matches!(\n        cfg!(test), true)\n}\n",
                3,
            ),
            ("fn f() {}\nuse std::cfg as given;\n", 2),
            ("macro_rules! f {\n    ($c:meta) => { cfg!($c) };\n}\n", 2),
            (
                "macro_rules! f { ($($all:tt)*) => { $($all)* } }\nf!(#[cfg(not(test))] fn f() {});\n",
                2,
            ),
            ("macro_rules! f { () => {\n    mod check {}\n} }\n", 2),
            (
                "macro_rules! f { ($n:ident) => { mod $n {} } }\nf!(check);\n",
                2,
            ),
            (
                "mod a {\n    mod b {\n        #[cfg(not(test))]\n        fn f() {}\n    }\n}\n",
                3,
            ),
            (
                "fn f() {}\n\n#[cfg(test)]\nmod check {\n    #[test]\n    fn holds() {}\n}\n",
                3,
            ),
        ] {
            let (found, what) = problem_in(code).unwrap_or_else(|| panic!("{code}"));
            assert_eq!(found, line, "{code}: {what}");
        }
    }
}
