use proc_macro2::TokenTree;
use syn::visit::Visit;
use syn::{Expr, Macro};

use crate::finding::FindingsOf;
use crate::function::{Function, name_of};
use crate::inference::Inference;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::method;

pub static RULE: Rule = Rule {
    id: "input_names::inputs_by_place",
    part: "wrong-fixes",
    finds: "A model with several inputs gets them by place.",
    why: "The runtime takes tensors in the model's order: two of one type in the wrong order give an answer, and no error.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    let mut macros = Inputs {
        source,
        found: Vec::new(),
    };
    macros.visit_file(&source.file);
    for mac in macros.found {
        let count = count_by_place(mac);
        if count >= 2 {
            findings.tell(source.at(mac), format!("{count} inputs without a name"));
        }
    }
    if !source.uses_crate("ort") {
        return;
    }
    let inference = Inference::of(source);
    for function in source.functions() {
        for expr in function.exprs() {
            if let Some(run) = method(expr, "run")
                && inference.is_run(&function, run)
                && let Some(inputs) = run.args.first()
                && is_list_without_names(&function, inputs)
            {
                findings.tell(source.at(inputs), "inputs without names");
            }
        }
    }
}

/// The elements of `inputs![ids, mask]`; 0 if they have names.
fn count_by_place(mac: &Macro) -> usize {
    let tokens: Vec<TokenTree> = mac.tokens.clone().into_iter().collect();
    let is = |token: &TokenTree, wanted: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted);
    if tokens
        .windows(2)
        .any(|pair| is(&pair[0], '=') && is(&pair[1], '>'))
    {
        return 0;
    }
    tokens
        .split(|token| is(token, ','))
        .filter(|element| !element.is_empty())
        .count()
}

/// `&inputs[..]` of `let inputs: Vec<SessionInputValue>`, and `[ids, mask]`.
fn is_list_without_names(function: &Function, expr: &Expr) -> bool {
    match expr {
        Expr::Reference(reference) => is_list_without_names(function, &reference.expr),
        Expr::Array(array) => {
            array.elems.len() >= 2
                && !array
                    .elems
                    .iter()
                    .any(|element| matches!(element, Expr::Tuple(_)))
        }
        Expr::Index(index) if matches!(&*index.index, Expr::Range(_)) => {
            is_list_without_names(function, &index.expr)
        }
        Expr::MethodCall(call) if call.method == "as_slice" => {
            is_list_without_names(function, &call.receiver)
        }
        Expr::Path(_) => {
            let list = name_of(expr).and_then(|_| function.type_of(expr));
            list.is_some_and(|ty| {
                function
                    .source
                    .type_arguments(&ty)
                    .first()
                    .and_then(|of| function.source.type_name(of))
                    .is_some_and(|name| {
                        [
                            "SessionInputValue",
                            "Value",
                            "DynValue",
                            "DynTensor",
                            "OrtOwnedTensor",
                        ]
                        .contains(&name.as_str())
                    })
            })
        }
        _ => false,
    }
}

/// Each `inputs![..]`, in a macro too.
struct Inputs<'a> {
    source: &'a Source,
    found: Vec<&'a Macro>,
}

impl<'a> Visit<'a> for Inputs<'a> {
    fn visit_macro(&mut self, mac: &'a Macro) {
        if mac
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "inputs")
        {
            self.found.push(mac);
        }
        for expr in self.source.macro_exprs(mac) {
            self.visit_expr(expr);
        }
    }
}
