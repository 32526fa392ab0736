use std::collections::HashMap;

use syn::Expr;

use crate::finding::FindingsOf;
use crate::function::name_of;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::called;
use crate::tensors::{Input, input};

pub static RULE: Rule = Rule {
    id: "input_names::swapped_at_the_call",
    part: "why",
    finds: "A call gives the mask where the function takes the ids, and the other way round.",
    why: "Both have one type, so that it compiles and runs: the answer is that to another text.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    let functions = source.functions();
    // What each function of this file takes; of two with one name, either.
    let takes: HashMap<String, Vec<Option<Input>>> = functions
        .iter()
        .map(|function| {
            let arguments = function.arguments();
            (
                function.name(),
                arguments.iter().map(|(name, _)| input(name)).collect(),
            )
        })
        .collect();
    for function in &functions {
        for expr in function.exprs() {
            let (name, given) = match expr {
                Expr::MethodCall(call) => (Some(call.method.to_string()), &call.args),
                Expr::Call(call) => (called(call), &call.args),
                _ => continue,
            };
            let Some(takes) = name.and_then(|name| takes.get(&name)) else {
                continue;
            };
            if takes.len() != given.len() {
                continue;
            }
            let gives: Vec<_> = given
                .iter()
                .map(|argument| input(&name_of(argument)?))
                .collect();
            if let Some(place) = swapped(takes, &gives) {
                findings.tell(
                    source.at(&given[place]),
                    "stands in the place of another input",
                );
            }
        }
    }
}

/// The first of two places whose inputs have changed places.
fn swapped(takes: &[Option<Input>], gives: &[Option<Input>]) -> Option<usize> {
    (0..takes.len()).find(|&here| {
        takes[here].is_some()
            && gives[here].is_some()
            && takes[here] != gives[here]
            && (here + 1..takes.len())
                .any(|there| takes[there] == gives[here] && gives[there] == takes[here])
    })
}
