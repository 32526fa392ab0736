use syn::{BinOp, Expr};

use crate::calls::bare;
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "layout::samples_skipped",
    part: "folklore",
    finds: "A sound is brought to another sample rate by leaving samples out.",
    why: "What the lower rate cannot carry folds back into the sound; and by a whole step 44,100 Hz does not become 16,000 Hz, so that the pitch changes.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

const RATES: &[&str] = &["hz", "rate", "ratio", "sr", "decimation"];

fn check(source: &Source, findings: &mut FindingsOf) {
    for function in source.functions() {
        for expr in function.exprs() {
            match expr {
                Expr::MethodCall(call)
                    if call.method == "step_by"
                        // Of a range, it is where windows begin.
                        && !matches!(bare(&call.receiver), Expr::Range(_))
                        && call.args.first().is_some_and(|step| is_made_of_rates(&function, step)) =>
                {
                    findings.tell(
                        source.at(&call.method),
                        "keeps some samples and drops the others",
                    );
                }
                Expr::Index(index)
                    if is_scaled(&index.index) && is_made_of_rates(&function, &index.index) =>
                {
                    findings.tell(source.at(index), "the sample before, whatever comes next");
                }
                _ => {}
            }
        }
    }
}

/// Whether a sample rate is in it, or in what its names are given.
fn is_made_of_rates<'a>(function: &Function<'a>, expr: &'a Expr) -> bool {
    function
        .made_of(expr)
        .iter()
        .any(|part| name_of(part).is_some_and(|name| has_word(&name, RATES)))
}

/// `(index * from / to) as usize`, `(i as f32 * ratio) as usize`, in the index itself.
fn is_scaled(index: &Expr) -> bool {
    matches!(index, Expr::Cast(_))
        && matches!(bare(index), Expr::Binary(binary) if matches!(binary.op, BinOp::Mul(_) | BinOp::Div(_)))
}
