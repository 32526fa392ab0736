//! A function, and what its names are.

use std::collections::HashMap;

use syn::visit::{self, Visit};
use syn::{Block, Expr, FnArg, Lit, Local, Member, Pat, Signature, Type, UnOp};

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
    types: HashMap<String, &'a Type>,
    values: HashMap<String, &'a Expr>,
}

impl<'a> Function<'a> {
    pub(crate) fn new(
        source: &'a Source,
        signature: &'a Signature,
        block: &'a Block,
        self_type: Option<&'a Type>,
    ) -> Self {
        let mut function = Self {
            source,
            signature,
            block,
            self_type,
            types: HashMap::new(),
            values: HashMap::new(),
        };
        for (name, ty) in function.arguments() {
            function.types.insert(name, ty);
        }
        Locals(&mut function).visit_block(block);
        function
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

    /// Every expression of its body, outer ones first, in the order of the text; those that macros are given too.
    pub fn exprs(&self) -> Vec<&'a Expr> {
        self.source.exprs_in_block(self.block)
    }

    /// What a local name was first given: `f(x)` after `let name = f(x);`.
    pub fn value(&self, name: &str) -> Option<&'a Expr> {
        self.values.get(name).copied()
    }

    /// The type of an expression, as far as this file says it: of an argument, a local name with a type, a field of a
    /// struct of this file, a cast, a literal with a suffix. Without references.
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
                } else if let Some(ty) = self.types.get(&name) {
                    (*ty).clone()
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
            Expr::Index(index) => {
                let of = self.source.expanded(&self.type_within(&index.expr, left)?);
                match &of {
                    Type::Slice(slice) => (*slice.elem).clone(),
                    Type::Array(array) => (*array.elem).clone(),
                    _ => self.source.type_arguments(&of).into_iter().next()?,
                }
            }
            _ => return None,
        };
        Some(self.source.expanded(&ty))
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

struct Locals<'f, 'a>(&'f mut Function<'a>);

impl<'a> Visit<'a> for Locals<'_, 'a> {
    fn visit_local(&mut self, local: &'a Local) {
        if let Some(name) = name_of_pattern(&local.pat) {
            if let Pat::Type(typed) = &local.pat {
                self.0.types.insert(name.clone(), &typed.ty);
            }
            if let Some(init) = &local.init {
                self.0.values.entry(name).or_insert(&init.expr);
            }
        }
        visit::visit_local(self, local);
    }
}
