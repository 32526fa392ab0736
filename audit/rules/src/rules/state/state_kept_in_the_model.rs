use std::collections::HashSet;

use syn::{Expr, Member};

use crate::finding::FindingsOf;
use crate::function::{Function, has_word};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{called, last_of_path};

pub static RULE: Rule = Rule {
    id: "state::state_kept_in_the_model",
    part: "why",
    finds: "A run of the model leaves something in a field of it.",
    why: "The next run finds it there, whoever asks: what belongs to a request or a conversation belongs into its own value.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

/// Methods that a request calls.
const RUNS: &[&str] = &[
    "run",
    "infer",
    "forward",
    "generate",
    "embed",
    "predict",
    "classify",
    "say",
    "chat",
    "respond",
    "transcribe",
];

const GROWS: &[&str] = &[
    "push",
    "push_back",
    "push_str",
    "extend",
    "extend_from_slice",
    "resize",
    "append",
];

const EMPTIES: &[&str] = &["clear", "truncate", "drain", "take"];

/// What is not for the answer.
const BESIDE: &[&str] = &[
    "timings",
    "times",
    "stats",
    "metrics",
    "errors",
    "warnings",
    "log",
    "logs",
    "durations",
    "latencies",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    let functions = source.functions();
    let of = |function: &Function| function.self_type.and_then(|ty| source.type_name(ty));
    // What says how to begin anew says that it keeps something.
    let with_an_end: HashSet<_> = functions
        .iter()
        .filter(|function| has_word(&function.name(), &["clear", "reset"]))
        .map(of)
        .collect();
    for function in &functions {
        let is_run = has_word(&function.name(), RUNS);
        if !is_run || !function.takes_mutable_self() || with_an_end.contains(&of(function)) {
            continue;
        }
        let emptied = emptied(function);
        let mut told = HashSet::new();
        for expr in function.exprs() {
            let field = match expr {
                Expr::MethodCall(call) if GROWS.contains(&call.method.to_string().as_str()) => {
                    own_field(&call.receiver)
                }
                // `self.kv_cache = Some((k, v))`
                Expr::Assign(assign) if is_some(&assign.right) => {
                    own_field(&assign.left).filter(|name| {
                        has_word(name, &["cache", "kv", "past", "state", "context", "memory"])
                    })
                }
                _ => None,
            };
            if let Some(field) = field
                && !has_word(&field, BESIDE)
                && !emptied.contains(&field)
                && told.insert(field.clone())
            {
                findings.tell(
                    source.at(expr),
                    format!("the next run finds it in `{field}`"),
                );
            }
        }
    }
}

/// The fields that the function empties itself: `self.ids.clear()`, `self.ids = Vec::new()`, `take(&mut self.ids)`.
fn emptied(function: &Function) -> HashSet<String> {
    function
        .exprs()
        .into_iter()
        .filter_map(|expr| match expr {
            Expr::MethodCall(call) if EMPTIES.contains(&call.method.to_string().as_str()) => {
                own_field(&call.receiver)
            }
            Expr::Assign(assign) if !is_some(&assign.right) => own_field(&assign.left),
            Expr::Call(call)
                if called(call).is_some_and(|name| name == "take" || name == "replace") =>
            {
                own_field(call.args.first()?)
            }
            _ => None,
        })
        .collect()
}

/// `ids` of `self.ids` and `&mut self.ids`.
fn own_field(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Reference(reference) => own_field(&reference.expr),
        Expr::Field(field) => match (&*field.base, &field.member) {
            (Expr::Path(path), Member::Named(name)) if path.path.is_ident("self") => {
                Some(name.to_string())
            }
            _ => None,
        },
        _ => None,
    }
}

fn is_some(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(call) if last_of_path(&call.func).as_deref() == Some("Some"))
}
