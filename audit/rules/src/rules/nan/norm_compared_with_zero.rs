use syn::{BinOp, Expr, Lit};

use crate::calls::{bare, is_call_of, name_of_call};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "nan::norm_compared_with_zero",
    part: "wrong-fixes",
    finds: "A guard asks whether a divisor is 0.",
    why: "NaN and infinity are not 0, so both pass the guard, and every score made with them is NaN or 0.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

/// Names of what a score or a logit is divided by.
const DIVISORS: &[&str] = &[
    "norm",
    "norms",
    "norma",
    "normb",
    "magnitude",
    "denom",
    "denominator",
    "temperature",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    for function in source.functions() {
        let exprs = function.exprs();
        // `is_finite` and `is_nan` see what the comparison does not.
        if exprs
            .iter()
            .any(|expr| is_call_of(expr, &["is_finite", "is_nan", "is_normal"]))
        {
            continue;
        }
        // Of `norm_a == 0.0 || norm_b == 0.0` the first is enough.
        let mut told = 0..0;
        for expr in exprs {
            let Expr::Binary(binary) = expr else {
                continue;
            };
            let at = source.at(expr);
            if matches!(binary.op, BinOp::Or(_) | BinOp::And(_))
                && !told.contains(&at.start)
                && let Some((first, name)) = source
                    .exprs_in(expr)
                    .into_iter()
                    .find_map(|part| Some((part, divisor(&function, part)?)))
            {
                told = at;
                findings.tell(source.at(first), format!("`{name}` may be NaN here"));
            } else if !told.contains(&at.start)
                && let Some(name) = divisor(&function, expr)
            {
                findings.tell(at, format!("`{name}` may be NaN here"));
            }
        }
    }
}

/// The name that is asked whether it is 0 or less.
fn divisor(function: &Function, expr: &Expr) -> Option<String> {
    let Expr::Binary(binary) = expr else {
        return None;
    };
    let asked = match binary.op {
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_)
            if is_about_zero(&binary.right) =>
        {
            &binary.left
        }
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Gt(_) | BinOp::Ge(_)
            if is_about_zero(&binary.left) =>
        {
            &binary.right
        }
        _ => return None,
    };
    let name = name_of(asked).or_else(|| name_of_call(bare(asked)))?;
    if !has_word(&name, DIVISORS) {
        return None;
    }
    let is_float = match function.type_name_of(asked) {
        Some(ty) => ty == "f32" || ty == "f64",
        None => true,
    };
    is_float.then_some(name)
}

/// `0.0`, `1e-12`, `f32::EPSILON`.
fn is_about_zero(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Float(number) => number
                .base10_parse::<f64>()
                .is_ok_and(|number| (0.0..=1e-4).contains(&number)),
            _ => false,
        },
        Expr::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "EPSILON" || last.ident == "MIN_POSITIVE"),
        _ => false,
    }
}
