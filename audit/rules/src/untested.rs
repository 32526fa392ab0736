//! Leaves out what only tests run.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::{Attribute, File, ImplItem, Item, Meta};

/// Gives the places of what it leaves out.
pub(crate) fn leave_out_tests(file: &mut File) -> Vec<Range<usize>> {
    let mut left_out = Vec::new();
    items(&mut file.items, &mut left_out);
    left_out
}

fn items(all: &mut Vec<Item>, left_out: &mut Vec<Range<usize>>) {
    all.retain(|item| stays(attributes(item), item, left_out));
    for item in all {
        match item {
            Item::Mod(module) => {
                if let Some((_, inside)) = &mut module.content {
                    items(inside, left_out);
                }
            }
            Item::Impl(block) => block.items.retain(|item| match item {
                ImplItem::Fn(function) => stays(&function.attrs, item, left_out),
                _ => true,
            }),
            _ => {}
        }
    }
}

fn stays(attributes: &[Attribute], node: &impl Spanned, left_out: &mut Vec<Range<usize>>) -> bool {
    let is_for_tests = is_for_tests(attributes);
    if is_for_tests {
        left_out.push(node.span().byte_range());
    }
    !is_for_tests
}

pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The modules of a text that only tests compile and that stand in files of their own. It looks for the one form that people
/// write, `#[cfg(test)]` above `mod name;`, so that it is much faster than reading the text.
pub fn test_modules(text: &str) -> impl Iterator<Item = &str> {
    text.split("#[cfg(test)]").skip(1).filter_map(|rest| {
        let name = rest.trim_start().strip_prefix("mod ")?.split(';').next()?;
        name.chars()
            .all(|c| c.is_alphanumeric() || c == '_')
            .then_some(name)
    })
}

/// `#[test]`, `#[tokio::test]`, `#[bench]`, `#[cfg(test)]` and `#[cfg(all(test, ..))]`.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let last = attribute
            .path()
            .segments
            .last()
            .map(|segment| segment.ident.to_string());
        match last.as_deref() {
            Some("test" | "bench" | "rstest") => true,
            Some("cfg") => match &attribute.meta {
                Meta::List(list) => {
                    let words = list.tokens.to_string();
                    words == "test"
                        || words.starts_with("all")
                            && words
                                .split(|c: char| !c.is_alphanumeric())
                                .any(|word| word == "test")
                }
                _ => false,
            },
            _ => false,
        }
    })
}
