//! A function, and what its names are.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use syn::visit::{self, Visit};
use syn::{
    Block, Expr, ExprForLoop, ExprMethodCall, FnArg, Lit, Local, Member, Pat, ReceiverKind,
    Signature, Type, UnOp,
};

use crate::source::Source;

/// A function with a body.
pub struct Function<'a> {
    /// The file that it stands in.
    pub source: &'a Source,
    /// Its name, arguments and result.
    pub signature: &'a Signature,
    /// Its body.
    pub block: &'a Block,
    /// The type of `Self`, in an `impl`.
    pub self_type: Option<&'a Type>,
    names: OnceCell<Names<'a>>,
}

/// What is known of the names of a function. Most rules never ask for it.
#[derive(Default)]
struct Names<'a> {
    types: HashMap<String, &'a Type>,
    values: HashMap<String, Vec<&'a Expr>>,
    parts: HashMap<String, &'a Expr>,
    elements: HashMap<String, &'a Expr>,
}

impl<'a> Function<'a> {
    pub(crate) fn new(
        source: &'a Source,
        signature: &'a Signature,
        block: &'a Block,
        self_type: Option<&'a Type>,
    ) -> Self {
        Self {
            source,
            signature,
            block,
            self_type,
            names: OnceCell::new(),
        }
    }

    fn names(&self) -> &Names<'a> {
        self.names.get_or_init(|| {
            let mut names = Names::default();
            names.types.extend(self.arguments());
            Locals(&mut names).visit_block(self.block);
            names
        })
    }

    /// `name`
    pub fn name(&self) -> String {
        self.signature.ident.to_string()
    }

    /// Its arguments that are plain names, without `self`.
    pub fn arguments(&self) -> Vec<(String, &'a Type)> {
        let signature = self.signature;
        signature
            .inputs
            .iter()
            .filter_map(|input| match input {
                FnArg::Typed(typed) => Some((name_of_pattern(&typed.pat)?, &*typed.ty)),
                FnArg::Receiver(_) => None,
            })
            .collect()
    }

    /// Whether it takes `&self`.
    pub fn takes_shared_self(&self) -> bool {
        self.signature
            .receiver()
            .is_some_and(|receiver| matches!(receiver.kind, ReceiverKind::Reference(_, _, None)))
    }

    /// Whether it takes `&mut self`.
    pub fn takes_mutable_self(&self) -> bool {
        self.signature
            .receiver()
            .is_some_and(|receiver| matches!(receiver.kind, ReceiverKind::Reference(_, _, Some(_))))
    }

    /// Every expression of its body, outer ones first, in the order of the text; those that macros are given too.
    pub fn exprs(&self) -> Vec<&'a Expr> {
        self.source.exprs_in_block(self.block)
    }

    /// What a local name was first given: `f(x)` after `let name = f(x);`.
    pub fn value(&self, name: &str) -> Option<&'a Expr> {
        self.values(name).first().copied()
    }

    /// All that a local name is given by `let`, in the order of the text: a name may be given anew.
    pub fn values(&self, name: &str) -> &[&'a Expr] {
        self.names().values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Every local name with what it is given, by `let`.
    pub fn locals(&self) -> impl Iterator<Item = (&str, &'a Expr)> {
        self.names()
            .values
            .iter()
            .flat_map(|(name, values)| values.iter().map(|value| (name.as_str(), *value)))
    }

    /// Every expression that an expression is made of: its own parts first, then those of all that its local names are given.
    pub fn made_of(&self, expr: &'a Expr) -> Vec<&'a Expr> {
        let mut parts = self.source.exprs_in(expr);
        let mut names = HashSet::new();
        let mut next = 0;
        while let Some(part) = parts.get(next) {
            next += 1;
            if let Expr::Path(path) = part
                && let Some(name) = path.path.get_ident().map(ToString::to_string)
                && names.insert(name.clone())
            {
                for value in self
                    .values(&name)
                    .iter()
                    .copied()
                    .chain(self.part_of(&name))
                {
                    parts.extend(self.source.exprs_in(value));
                }
            }
        }
        parts
    }

    /// What a local name is a part of: `channel()` after `let (name, answer) = channel();`.
    pub fn part_of(&self, name: &str) -> Option<&'a Expr> {
        self.names().parts.get(name).copied()
    }

    /// Every name that is a part of something: see [`Self::part_of`].
    pub fn parts(&self) -> impl Iterator<Item = (&str, &'a Expr)> {
        self.names()
            .parts
            .iter()
            .map(|(name, whole)| (name.as_str(), *whole))
    }

    /// The type of an expression, as far as this file says it: of an argument, a local name with a type, a field of a
    /// struct of this file, an element of one of these, a cast, a literal with a suffix. Without references.
    pub fn type_of(&self, expr: &Expr) -> Option<Type> {
        // A name may be given what it names: `let x = x;`.
        self.type_within(expr, 16)
    }

    fn type_within(&self, expr: &Expr, left: usize) -> Option<Type> {
        let left = left.checked_sub(1)?;
        let ty = match expr {
            Expr::Paren(paren) => return self.type_within(&paren.expr, left),
            Expr::Group(group) => return self.type_within(&group.expr, left),
            Expr::Reference(reference) => return self.type_within(&reference.expr, left),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_) | UnOp::Neg(_)) => {
                return self.type_within(&unary.expr, left);
            }
            Expr::Cast(cast) => (*cast.ty).clone(),
            Expr::Lit(literal) => {
                let suffix = match &literal.lit {
                    Lit::Int(number) => number.suffix(),
                    Lit::Float(number) => number.suffix(),
                    _ => "",
                };
                syn::parse_str(suffix).ok()?
            }
            Expr::Path(_) => {
                let name = name_of(expr)?;
                if name == "self" {
                    self.self_type?.clone()
                } else if let Some(ty) = self.names().types.get(&name) {
                    (*ty).clone()
                } else if let Some(all) = self.names().elements.get(&name) {
                    self.element(&self.type_within(all, left)?)?
                } else {
                    return self.type_within(self.value(&name)?, left);
                }
            }
            Expr::Field(field) => {
                let of = self
                    .source
                    .type_name(&self.type_within(&field.base, left)?)?;
                let Member::Named(name) = &field.member else {
                    return None;
                };
                let of = if of == "Self" {
                    self.source.type_name(self.self_type?)?
                } else {
                    of
                };
                self.source.field(&of, &name.to_string())?.clone()
            }
            Expr::MethodCall(call)
                if matches!(
                    call.method.to_string().as_str(),
                    "clone" | "to_owned" | "as_ref" | "as_mut"
                ) =>
            {
                return self.type_within(&call.receiver, left);
            }
            Expr::Index(index) => self.element(&self.type_within(&index.expr, left)?)?,
            _ => return None,
        };
        Some(self.source.expanded(&ty))
    }

    /// `T` of `[T]`, `[T; 2]` and `Vec<T>`.
    fn element(&self, of: &Type) -> Option<Type> {
        match self.source.expanded(of) {
            Type::Slice(slice) => Some(*slice.elem),
            Type::Array(array) => Some(*array.elem),
            of => self.source.type_arguments(&of).into_iter().next(),
        }
    }

    /// The name of the type of an expression: see [`Self::type_of`].
    pub fn type_name_of(&self, expr: &Expr) -> Option<String> {
        self.source.type_name(&self.type_of(expr)?)
    }
}

/// `x` of `x`, `&x`, `(x)`, `*x` and `self.x`.
pub fn name_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        Expr::Field(field) => match &field.member {
            Member::Named(name) => Some(name.to_string()),
            Member::Unnamed(_) => None,
        },
        Expr::Paren(paren) => name_of(&paren.expr),
        Expr::Group(group) => name_of(&group.expr),
        Expr::Reference(reference) => name_of(&reference.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => name_of(&unary.expr),
        _ => None,
    }
}

/// Whether a name has one of these words: `input_ids` has `ids`, `grids` has not.
pub fn has_word(name: &str, words: &[&str]) -> bool {
    name.split('_')
        .any(|part| words.contains(&part.to_lowercase().as_str()))
}

fn name_of_pattern(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(ident) => Some(ident.ident.to_string()),
        Pat::Type(typed) => name_of_pattern(&typed.pat),
        Pat::Reference(reference) => name_of_pattern(&reference.pat),
        _ => None,
    }
}

struct Locals<'f, 'a>(&'f mut Names<'a>);

impl<'a> Locals<'_, 'a> {
    fn tell(&mut self, name: String, ty: Option<&'a Type>, value: Option<&'a Expr>) {
        if let Some(value) = value {
            self.0.values.entry(name.clone()).or_default().push(value);
        }
        if let Some(ty) = ty {
            self.0.types.entry(name).or_insert(ty);
        }
    }
}

impl<'a> Visit<'a> for Locals<'_, 'a> {
    fn visit_local(&mut self, local: &'a Local) {
        let (pattern, ty) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            pattern => (pattern, None),
        };
        let init = local.init.as_ref().map(|init| &*init.expr);
        if let Some(name) = name_of_pattern(pattern) {
            self.tell(name, ty, init);
        } else if let Pat::Tuple(tuple) = pattern {
            let count = tuple.elems.len();
            for (index, pattern) in tuple.elems.iter().enumerate() {
                let Some(name) = name_of_pattern(pattern) else {
                    continue;
                };
                let ty = match ty {
                    Some(Type::Tuple(ty)) => ty.elems.get(index),
                    _ => None,
                };
                match init {
                    Some(Expr::Tuple(all)) if all.elems.len() == count => {
                        self.tell(name, ty, all.elems.get(index));
                    }
                    whole => {
                        if let Some(whole) = whole {
                            self.0.parts.entry(name.clone()).or_insert(whole);
                        }
                        self.tell(name, ty, None);
                    }
                }
            }
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_for_loop(&mut self, each: &'a ExprForLoop) {
        if let Some(name) = name_of_pattern(&each.pat) {
            self.0.elements.entry(name).or_insert(iterated(&each.expr));
        }
        visit::visit_expr_for_loop(self, each);
    }

    fn visit_expr_method_call(&mut self, call: &'a ExprMethodCall) {
        // `ids.iter().map(|id| ..)`
        if let Some(Expr::Closure(closure)) = call.args.first()
            && let Some(name) = closure.inputs.first().and_then(name_of_pattern)
            && closure.inputs.len() == 1
            && is_iterated(&call.receiver)
        {
            self.0
                .elements
                .entry(name)
                .or_insert(iterated(&call.receiver));
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// Methods that give each element of a collection, as it is.
const EACH: &[&str] = &[
    "iter",
    "iter_mut",
    "into_iter",
    "copied",
    "cloned",
    "filter",
    "rev",
];

fn is_iterated(expr: &Expr) -> bool {
    matches!(expr, Expr::MethodCall(call) if EACH.contains(&call.method.to_string().as_str()))
}

/// `ids` of `ids.iter().copied()`.
fn iterated(expr: &Expr) -> &Expr {
    match expr {
        Expr::MethodCall(call) if is_iterated(expr) => iterated(&call.receiver),
        _ => expr,
    }
}
