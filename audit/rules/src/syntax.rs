//! Small questions that several rules ask of an expression.

use syn::{Expr, ExprCall, ExprMethodCall, Lit, Type};

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
