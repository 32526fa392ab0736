//! Calls: what is called, on what, and with what.

use syn::{Expr, ExprMethodCall, Lit};

use crate::source::Source;

/// Crates that run a model, or hold what goes into one.
const INFERENCE: &[&str] = &[
    "ort",
    "candle",
    "candle_core",
    "candle_nn",
    "candle_transformers",
    "tract_onnx",
    "tract_core",
    "burn",
    "tch",
    "rten",
    "wonnx",
    "onnxruntime",
    "ndarray",
    "tokenizers",
    "fastembed",
    "rust_bert",
    "mistralrs",
];

/// The name of what an expression calls: `encode` of `tokenizer.encode(text, true)`, `new` of `Arc::new(x)`.
pub fn name_of_call(expr: &Expr) -> Option<String> {
    match expr {
        Expr::MethodCall(call) => Some(call.method.to_string()),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an expression is a call of one of these names.
pub fn is_call_of(expr: &Expr, names: &[&str]) -> bool {
    name_of_call(expr).is_some_and(|name| names.contains(&name.as_str()))
}

/// What an expression calls it with, without what it is called on.
pub fn arguments(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::MethodCall(call) => call.args.iter().collect(),
        Expr::Call(call) => call.args.iter().collect(),
        _ => Vec::new(),
    }
}

/// An expression without what makes a value of a `Result`, an `Option`, a future or a reference of it:
/// `encode(text)` of `(&encode(text).await?).unwrap()`.
pub fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => bare(&paren.expr),
        Expr::Group(group) => bare(&group.expr),
        Expr::Reference(reference) => bare(&reference.expr),
        Expr::Try(tried) => bare(&tried.expr),
        Expr::Await(future) => bare(&future.base),
        Expr::Unary(unary) => bare(&unary.expr),
        Expr::Cast(cast) => bare(&cast.expr),
        Expr::MethodCall(call) if is_wrapping(call) => bare(&call.receiver),
        _ => expr,
    }
}

fn is_wrapping(call: &ExprMethodCall) -> bool {
    [
        "unwrap",
        "expect",
        "map_err",
        "context",
        "with_context",
        "ok",
        "clone",
        "cloned",
        "copied",
        "as_ref",
        "as_str",
        "as_slice",
        "as_bytes",
        "to_string",
        "to_owned",
        "to_vec",
        "into",
    ]
    .iter()
    .any(|name| call.method == name)
}

/// Whether an expression is this literal: `true`, `0`, `0.0`.
pub fn is_number(expr: &Expr, number: f64) -> bool {
    match expr {
        Expr::Paren(paren) => is_number(&paren.expr, number),
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) => int.base10_parse::<f64>().is_ok_and(|found| found == number),
            Lit::Float(float) => float
                .base10_parse::<f64>()
                .is_ok_and(|found| found == number),
            _ => false,
        },
        _ => false,
    }
}

impl Source {
    /// Whether the file uses a crate that runs models, or one that holds what goes into them.
    pub fn is_about_models(&self) -> bool {
        INFERENCE.iter().any(|name| self.uses_crate(name))
    }
}
