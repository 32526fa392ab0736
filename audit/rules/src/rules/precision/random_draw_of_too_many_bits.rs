use syn::{BinOp, Expr, Lit};

use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{cast_to, plain};

pub static RULE: Rule = Rule {
    id: "precision::random_draw_of_too_many_bits",
    part: "folklore",
    finds: "A number of more than 24 bits is cast to `f32` and divided by its largest value or one more.",
    why: "The largest of them round up, so that a draw from `0.0..1.0` may be 1.0: the index that it gives is past the end, and `ln(1.0 - x)` is minus infinity.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["f32"]) {
        return;
    }
    for expr in source.exprs() {
        if let Expr::Binary(binary) = expr
            && matches!(binary.op, BinOp::Div(_))
            && let Some(drawn) = cast_to(&binary.left, "f32")
            && !is_cut(drawn)
            && is_all_of_an_integer(&binary.right)
        {
            findings.tell(source.at(binary), "may be 1.0");
        }
    }
}

/// Whether fewer bits are left: `x >> 8`, `x & 0xff_ffff`, `x as u16`.
fn is_cut(expr: &Expr) -> bool {
    match plain(expr) {
        Expr::Binary(binary) => {
            matches!(binary.op, BinOp::Shr(_) | BinOp::BitAnd(_) | BinOp::Rem(_))
        }
        Expr::Cast(_) => ["u8", "u16", "i8", "i16"]
            .iter()
            .any(|ty| cast_to(expr, ty).is_some()),
        _ => false,
    }
}

/// Of an unsigned one, since samples of sound are signed: `u32::MAX as f32`, `(1u64 << 32) as f32`, `4294967296.0`.
fn is_all_of_an_integer(expr: &Expr) -> bool {
    if let Some(inside) = cast_to(expr, "f32") {
        return is_all_of_an_integer(inside);
    }
    match plain(expr) {
        Expr::Path(path) => {
            let names: Vec<_> = path
                .path
                .segments
                .iter()
                .map(|name| name.ident.to_string())
                .collect();
            matches!(
                names.iter().map(String::as_str).collect::<Vec<_>>()[..],
                [.., "u32" | "u64" | "usize", "MAX"]
            )
        }
        Expr::Binary(binary) => match (&binary.op, plain(&binary.right)) {
            (BinOp::Shl(_), Expr::Lit(bits)) => {
                matches!(&bits.lit, Lit::Int(bits) if bits.base10_parse::<u32>().is_ok_and(|bits| bits > 24))
            }
            (BinOp::Add(_), _) => is_all_of_an_integer(&binary.left),
            _ => false,
        },
        Expr::Lit(literal) => {
            let digits = match &literal.lit {
                Lit::Int(number) => number.base10_digits(),
                Lit::Float(number) => number.base10_digits(),
                _ => return false,
            };
            digits.parse::<f64>().is_ok_and(|value| {
                [32, 53, 64]
                    .iter()
                    .any(|bits| (value - 2_f64.powi(*bits)).abs() <= 1.0)
            })
        }
        _ => false,
    }
}
