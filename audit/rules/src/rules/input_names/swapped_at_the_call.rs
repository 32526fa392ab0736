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
    part: "folklore",
    finds: "A call gives the mask where the function takes the ids, and the other way round.",
    why: "Both have one type, so that it compiles and runs: the answer is that to another text.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["mask", "ids"]) {
        return;
    }
    let functions = source.functions();
    // What each function takes, by the type whose method it is; of two with one name, either.
    let takes: HashMap<(Option<String>, String), Vec<Option<Input>>> = functions
        .iter()
        .map(|function| {
            let of = function.self_type.and_then(|ty| source.type_name(ty));
            let arguments = function.arguments();
            let inputs = arguments.iter().map(|(name, _)| input(name)).collect();
            ((of, function.name()), inputs)
        })
        .collect();
    for function in &functions {
        let own = function.self_type.and_then(|ty| source.type_name(ty));
        for expr in function.exprs() {
            let (called, given) = match expr {
                // A method of another type may have this name, too, and take other things.
                Expr::MethodCall(call) if name_of(&call.receiver).as_deref() == Some("self") => {
                    ((own.clone(), call.method.to_string()), &call.args)
                }
                Expr::Call(call) => match called(call) {
                    Some(name) => ((None, name), &call.args),
                    None => continue,
                },
                _ => continue,
            };
            let Some(takes) = takes.get(&called) else {
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
