//! What src/lib.rs says that no run can tell: where a build for the service may differ from that of the checks. That nothing
//! but a module of tests depends on `cfg(test)`, the workbook itself sees to. And what may explain a failure: names of `std`
//! that no check sees.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What the checks are compiled with.
pub const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs"));

/// Lints may depend on anything.
const LINTS: [&str; 6] = ["allow", "deny", "doc", "expect", "forbid", "warn"];

/// What threads share in `std`, out of a check's sight.
const SHARED: [&str; 24] = [
    "Arc",
    "Atomic",
    "AtomicBool",
    "AtomicI32",
    "AtomicI64",
    "AtomicIsize",
    "AtomicPtr",
    "AtomicU8",
    "AtomicU16",
    "AtomicU32",
    "AtomicU64",
    "AtomicUsize",
    "Barrier",
    "Cell",
    "Condvar",
    "LazyLock",
    "Mutex",
    "Once",
    "OnceCell",
    "OnceLock",
    "RefCell",
    "RwLock",
    "UnsafeCell",
    "mpsc",
];

/// The first thing that the checks compile and the service does not, or the other way round: as it stands in the file.
pub fn differs_in_the_service(text: &str) -> Option<String> {
    first_cfg(&tokens(text))
}

/// A line for a failure, if the file takes something of `std` that threads share.
pub fn explanation() -> Option<&'static str> {
    let name = of_std(&tokens(TEXT))?;
    let text = format!(
        "src/lib.rs takes `{name}` from `std`: the checks cannot see it, and to them it orders nothing; take it from `crate::sync`"
    );
    Some(text.leak())
}

fn tokens(text: &str) -> Vec<TokenTree> {
    let stream: TokenStream = text.parse().expect("it has been compiled");
    stream.into_iter().collect()
}

fn first_cfg(tokens: &[TokenTree]) -> Option<String> {
    let mut index = 0;
    while index < tokens.len() {
        let rest = &tokens[index..];
        index += 1;
        match rest {
            [TokenTree::Punct(hash), attribute @ ..] if hash.as_char() == '#' => {
                let is_inner = is_punct(attribute.first(), '!');
                let Some(TokenTree::Group(group)) = attribute.get(usize::from(is_inner)) else {
                    continue;
                };
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let shown = || format!("#{}{group}", if is_inner { "!" } else { "" });
                match word(inside.first()).as_deref() {
                    Some("cfg") if !is_inner && is_test(inside.get(1)) => {
                        index += length_of_item(attribute);
                    }
                    Some("cfg") => return Some(shown()),
                    Some("cfg_attr") if !sets_lints_only(inside.get(1)) => return Some(shown()),
                    // What else an attribute says is data: a macro may have a `cfg` in its hands.
                    Some("cfg_attr") => index += 1 + usize::from(is_inner),
                    _ => {}
                }
            }
            [TokenTree::Ident(name), bang, ..]
                if ["cfg", "cfg_select", "cfg_if"].contains(&name.to_string().as_str())
                    && is_punct(Some(bang), '!') =>
            {
                let arguments = rest.get(2).map(ToString::to_string).unwrap_or_default();
                return Some(format!("{name}!{arguments}"));
            }
            [TokenTree::Group(group), ..] => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                if let Some(found) = first_cfg(&inside) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_punct(token: Option<&TokenTree>, c: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == c)
}

fn word(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// `(test)`
fn is_test(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.stream().to_string() == "test")
}

/// `(not(test), allow(unused), doc = "..")`
fn sets_lints_only(token: Option<&TokenTree>) -> bool {
    let Some(TokenTree::Group(group)) = token else {
        return false;
    };
    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
    let parts = inside.split(|token| is_punct(Some(token), ','));
    parts
        .skip(1)
        .filter_map(|part| word(part.first()))
        .all(|name| LINTS.contains(&name.as_str()))
}

/// A test module, to its `;` or its braces, is no part of the service.
fn length_of_item(tokens: &[TokenTree]) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => is_punct(Some(token), ';'),
    };
    let end = tokens.iter().position(is_end);
    end.map_or(tokens.len(), |end| end + 1)
}

/// The first name that `std::..` leads to and that threads share, through braces too.
fn of_std(tokens: &[TokenTree]) -> Option<String> {
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name) if ["std", "core"].contains(&name.to_string().as_str()) => {
                let path = tokens[index + 1..].iter().take_while(|token| match token {
                    TokenTree::Punct(punct) => punct.as_char() == ':',
                    TokenTree::Ident(_) => true,
                    TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                    TokenTree::Literal(_) => false,
                });
                let path: Vec<TokenTree> = path.cloned().collect();
                if let Some(found) = shared_name(&path) {
                    return Some(found);
                }
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                if let Some(found) = of_std(&inside) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

fn shared_name(path: &[TokenTree]) -> Option<String> {
    path.iter().find_map(|token| match token {
        TokenTree::Ident(name) => {
            let name = name.to_string();
            SHARED.contains(&name.as_str()).then_some(name)
        }
        TokenTree::Group(group) => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            shared_name(&inside)
        }
        _ => None,
    })
}
