//! Small questions that several rules ask of an expression.

use syn::visit::Visit;
use syn::{Expr, ExprCall, ExprMethodCall, Ident, ItemImpl, Lit, Type};

use crate::function::Function;
use crate::source::Source;

/// An expression without the brackets around it.
pub fn plain(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => plain(&paren.expr),
        Expr::Group(group) => plain(&group.expr),
        _ => expr,
    }
}

/// `x` of `x as f32`, if that is the type asked for.
pub fn cast_to<'a>(expr: &'a Expr, name: &str) -> Option<&'a Expr> {
    match plain(expr) {
        Expr::Cast(cast) => match &*cast.ty {
            Type::Path(path) if path.path.is_ident(name) => Some(plain(&cast.expr)),
            _ => None,
        },
        _ => None,
    }
}

/// The last name of the path of an expression: `Relaxed` of `Ordering::Relaxed`.
pub fn last_of_path(expr: &Expr) -> Option<String> {
    match plain(expr) {
        Expr::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}

/// The last name of what is called: `timeout` of `tokio::time::timeout(d, f)`.
pub fn called(call: &ExprCall) -> Option<String> {
    last_of_path(&call.func)
}

/// A call of a method of this name.
pub fn method<'a>(expr: &'a Expr, name: &str) -> Option<&'a ExprMethodCall> {
    match expr {
        Expr::MethodCall(call) if call.method == name => Some(call),
        _ => None,
    }
}

/// Whether an expression is this literal: `true`, `0`, `0.0`.
pub fn is_literal(expr: &Expr, text: &str) -> bool {
    match plain(expr) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Bool(value) => value.value.to_string() == text,
            Lit::Int(number) => number.base10_digits() == text,
            Lit::Float(number) => number.base10_digits() == text,
            _ => false,
        },
        _ => false,
    }
}

/// Whether a function has such a name in it: of an argument, a type, a field, a call. What macros are given has none.
pub fn has_name(function: &Function, is_one: impl Fn(&str) -> bool) -> bool {
    let mut names = Names::new(is_one);
    names.visit_signature(function.signature);
    names.visit_block(function.block);
    names.found
}

/// The same of its body alone.
pub fn has_name_in_body(function: &Function, is_one: impl Fn(&str) -> bool) -> bool {
    let mut names = Names::new(is_one);
    names.visit_block(function.block);
    names.found
}

/// The same of an expression.
pub fn has_name_in(expr: &Expr, is_one: impl Fn(&str) -> bool) -> bool {
    let mut names = Names::new(is_one);
    names.visit_expr(expr);
    names.found
}

struct Names<F> {
    is_one: F,
    found: bool,
}

impl<F> Names<F> {
    fn new(is_one: F) -> Self {
        Self {
            is_one,
            found: false,
        }
    }
}

impl<'a, F: Fn(&str) -> bool> Visit<'a> for Names<F> {
    fn visit_ident(&mut self, ident: &'a Ident) {
        self.found |= (self.is_one)(&ident.to_string());
    }
}

/// Every `unsafe impl Trait for Type`, with the names of both.
pub fn unsafe_impls(source: &Source) -> Vec<(&ItemImpl, String, String)> {
    let mut impls = UnsafeImpls(Vec::new());
    impls.visit_file(&source.file);
    impls.0
}

struct UnsafeImpls<'a>(Vec<(&'a ItemImpl, String, String)>);

impl<'a> Visit<'a> for UnsafeImpls<'a> {
    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        if item.unsafety.is_some()
            && let Some((of, _)) = &item.trait_
            && let Some(of) = of.get_ident()
            && let Type::Path(path) = &*item.self_ty
            && let Some(last) = path.path.segments.last()
        {
            self.0.push((item, of.to_string(), last.ident.to_string()));
        }
    }
}
