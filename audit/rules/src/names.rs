//! What a name stands for: `use` and `type`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{File, GenericArgument, ItemType, ItemUse, Path, PathArguments, Type, UseTree};

use crate::source::Source;

/// The type aliases of a crate: `StdMutex` stands for `std::sync::Mutex<T>`.
#[derive(Debug, Clone, Default)]
pub struct Aliases(Arc<HashMap<String, String>>);

impl Aliases {
    /// Those of these texts. It looks for items alone, so that it is much faster than reading the texts.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::from_iter(texts.into_iter().flat_map(Self::in_text))
    }

    /// The aliases of one text, with what they stand for.
    pub fn in_text(text: &str) -> Vec<(String, String)> {
        text.match_indices("type ")
            .filter(|(place, _)| starts_a_line(text, *place))
            .filter_map(|(place, _)| {
                let rest = &text[place..];
                let item = &rest[..=rest.find(';')?];
                // A generated text may hold a line of any length.
                let stream: TokenStream = (item.len() < 500).then(|| item.parse().ok())??;
                let item: ItemType = syn::parse2(stream).ok()?;
                let ty = &item.ty;
                let text = text
                    .get(place..)?
                    .get(syn::spanned::Spanned::span(&**ty).byte_range())?;
                Some((item.ident.to_string(), text.to_owned()))
            })
            .collect()
    }

    fn get(&self, name: &str) -> Option<Type> {
        syn::parse_str(self.0.get(name)?).ok()
    }
}

impl FromIterator<(String, String)> for Aliases {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(aliases: I) -> Self {
        let mut all: HashMap<String, String> = aliases.into_iter().collect();
        let circles: Vec<String> = all
            .keys()
            .filter(|name| is_circle(&all, name))
            .cloned()
            .collect();
        for name in circles {
            all.remove(&name);
        }
        Self(Arc::new(all))
    }
}

/// Whether an alias stands for itself, as far as names tell: `type Node = Arc<tree::Node>`. Whoever follows aliases into
/// what they are made of would not come to an end.
fn is_circle(all: &HashMap<String, String>, start: &str) -> bool {
    let mut seen = HashSet::new();
    let mut next = vec![start];
    while let Some(name) = next.pop() {
        let Some(text) = all.get(name) else { continue };
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
            if word == start {
                return true;
            }
            if seen.insert(word) {
                next.push(word);
            }
        }
    }
    false
}

fn starts_a_line(text: &str, place: usize) -> bool {
    let line = text[..place].rfind('\n').map_or(0, |end| end + 1);
    let before = text[line..place].trim();
    before.is_empty() || before.starts_with("pub")
}

/// What the `use` items of a file bring: `StdMutex` is `std::sync::Mutex`.
#[derive(Debug, Default)]
pub(crate) struct Imports(HashMap<String, String>);

impl Imports {
    pub(crate) fn of(file: &File) -> Self {
        let mut imports = Self::default();
        imports.visit_file(file);
        imports
    }

    fn add(&mut self, outside: &str, tree: &UseTree) {
        let join = |name: &dyn ToString| match outside {
            "" => name.to_string(),
            _ => format!("{outside}::{}", name.to_string()),
        };
        match tree {
            UseTree::Path(path) => self.add(&join(&path.ident), &path.tree),
            UseTree::Name(name) if name.ident == "self" => {
                let last = outside.rsplit("::").next().unwrap_or_default();
                self.0.insert(last.to_owned(), outside.to_owned());
            }
            UseTree::Name(name) => {
                self.0.insert(name.ident.to_string(), join(&name.ident));
            }
            UseTree::Rename(name) => {
                self.0.insert(name.rename.to_string(), join(&name.ident));
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add(outside, tree)),
            UseTree::Glob(_) => {}
        }
    }
}

impl<'a> Visit<'a> for Imports {
    fn visit_item_use(&mut self, item: &'a ItemUse) {
        self.add("", &item.tree);
        visit::visit_item_use(self, item);
    }
}

impl Source {
    /// A path as it is written after its first name has been replaced by what `use` says of it: `Mutex::new` is
    /// `std::sync::Mutex::new` in a file that uses `std::sync::Mutex`.
    pub fn full_name(&self, path: &Path) -> String {
        let written: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        let first = match self.imports.0.get(&written[0]) {
            Some(full) => full.clone(),
            None => written[0].clone(),
        };
        std::iter::once(first)
            .chain(written.into_iter().skip(1))
            .collect::<Vec<_>>()
            .join("::")
    }

    /// Whether the file uses this crate: by `use`, or in a path.
    pub fn uses_crate(&self, name: &str) -> bool {
        let path = format!("{name}::");
        self.imports
            .0
            .values()
            .any(|full| full == name || full.starts_with(&path))
            || self.text.contains(&path)
    }

    /// A type without references, and with the types that its aliases stand for.
    pub fn expanded(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        // An alias of an alias; a bound, since a file may name one that stands for itself.
        for _ in 0..8 {
            ty = match ty {
                Type::Reference(reference) => *reference.elem,
                Type::Paren(paren) => *paren.elem,
                Type::Group(group) => *group.elem,
                Type::Path(path) => {
                    let alias = path
                        .path
                        .segments
                        .last()
                        .and_then(|last| self.aliases.get(&last.ident.to_string()));
                    match alias {
                        Some(alias) => alias,
                        None => return Type::Path(path),
                    }
                }
                other => return other,
            };
        }
        ty
    }

    /// The last name of a type, after `use` and aliases: `Mutex` of `StdMutex<Session>`.
    pub fn type_name(&self, ty: &Type) -> Option<String> {
        match self.expanded(ty) {
            Type::Path(path) => self
                .full_name(&path.path)
                .rsplit("::")
                .next()
                .map(str::to_owned),
            _ => None,
        }
    }

    /// What a type is made of, after aliases: `Session` of `StdMutex<Session>`.
    pub fn type_arguments(&self, ty: &Type) -> Vec<Type> {
        let Type::Path(path) = self.expanded(ty) else {
            return Vec::new();
        };
        let Some(PathArguments::AngleBracketed(arguments)) =
            path.path.segments.last().map(|last| last.arguments.clone())
        else {
            return Vec::new();
        };
        arguments
            .args
            .into_iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect()
    }
}
