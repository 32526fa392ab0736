//! Calls: what is called, on what, and with what.

use std::ops::Range;

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

/// Words of what is measured in a picture or counted, and is a number wherever it comes from.
const MEASURED: &[&str] = &[
    "bbox",
    "bboxes",
    "box",
    "bounding",
    "area",
    "ratio",
    "width",
    "height",
    "left",
    "right",
    "top",
    "bottom",
    "center",
    "x",
    "y",
    "id",
    "index",
    "len",
    "count",
    "size",
    "time",
    "duration",
    "elapsed",
    "timestamp",
    "start",
    "end",
    "cost",
];

impl Source {
    /// Whether a comparison is one of lengths and places in a picture, of numbers that are counted, or of times: these come
    /// from no model's scores.
    pub fn compares_what_is_measured(&self, comparison: &Expr) -> bool {
        self.exprs_in(comparison).into_iter().any(|part| {
            let name = match part {
                Expr::Field(_) => crate::function::name_of(part),
                _ => name_of_call(part),
            };
            name.is_some_and(|name| crate::function::has_word(&name, MEASURED))
        })
    }

    /// Where the functions stand that ask whether a number is NaN or finite: what is compared there was looked at.
    pub fn functions_that_ask_for_nan(&self) -> Vec<Range<usize>> {
        if !self.text.contains("is_nan") && !self.text.contains("is_finite") {
            return Vec::new();
        }
        let asks = |expr: &&Expr| is_call_of(expr, &["is_nan", "is_finite"]);
        self.functions()
            .into_iter()
            .filter(|function| function.exprs().iter().any(asks))
            .map(|function| self.at(function.block))
            .collect()
    }

    /// Whether the file uses a crate that runs models, or one that holds what goes into them.
    pub fn is_about_models(&self) -> bool {
        INFERENCE.iter().any(|name| self.uses_crate(name))
    }
}
