//! Leaves out what only tests run.

use syn::{Attribute, File, ImplItem, Item, Meta};

pub(crate) fn leave_out_tests(file: &mut File) {
    items(&mut file.items);
}

fn items(all: &mut Vec<Item>) {
    all.retain(|item| !is_for_tests(attributes(item)));
    for item in all {
        match item {
            Item::Mod(module) => {
                if let Some((_, inside)) = &mut module.content {
                    items(inside);
                }
            }
            Item::Impl(block) => block.items.retain(
                |item| !matches!(item, ImplItem::Fn(function) if is_for_tests(&function.attrs)),
            ),
            _ => {}
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
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
