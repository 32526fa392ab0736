use std::collections::HashSet;

use syn::visit::{self, Visit};
use syn::{Expr, Ident, Lit, Stmt};

use crate::calls::bare;
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "recipe::fingerprint_without_a_part",
    part: "one-right-fix",
    finds: "A fingerprint leaves out what vectors depend on.",
    why: "Vectors of two recipes then have one name, and a store takes the one for the other without an error.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

/// What a vector depends on.
const PARTS: &[&str] = &[
    "model",
    "revision",
    "pooling",
    "prefix",
    "normalize",
    "normalized",
    "normalization",
    "instruction",
    "quantized",
    "quantization",
    "dtype",
    "truncation",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    for function in source.functions() {
        let name = function.name();
        if !(has_word(&name, &["fingerprint"]) || name == "cache_key") {
            continue;
        }
        let left_out = left_out(source, &function);
        if !left_out.is_empty() {
            findings.tell(
                source.at(&function.signature.ident),
                format!("without {}", left_out.join(", ")),
            );
        }
    }
}

/// The parts of the recipe among the fields of `Self` that the function does not name, if it names any field.
fn left_out(source: &Source, function: &Function) -> Vec<String> {
    let Some(of) = function.self_type.and_then(|ty| source.type_name(ty)) else {
        return Vec::new();
    };
    let mut named = Named::default();
    named.visit_block(function.block);
    for expr in function.exprs() {
        named.visit_expr(expr);
    }
    let Some(item) = source.structs().into_iter().find(|item| item.ident == of) else {
        // Its fields stand in another file. A fingerprint of one of them alone needs no look at them.
        return match of_one_field(function) {
            Some(field) if has_word(&field, PARTS) => {
                vec![format!("all but `{field}`")]
            }
            _ => Vec::new(),
        };
    };
    let fields: Vec<String> = item
        .fields
        .iter()
        .filter_map(|field| Some(field.ident.as_ref()?.to_string()))
        .collect();
    if !fields.iter().any(|field| named.0.contains(field)) {
        return Vec::new();
    }
    fields
        .into_iter()
        .filter(|field| has_word(field, PARTS) && !named.0.contains(field))
        .map(|field| format!("`{field}`"))
        .collect()
}

/// `model`, of a body that is `self.model.clone()`.
fn of_one_field(function: &Function) -> Option<String> {
    match function.block.stmts.as_slice() {
        [Stmt::Expr(expr, None)] => match bare(expr) {
            Expr::Field(_) => name_of(bare(expr)),
            _ => None,
        },
        _ => None,
    }
}

/// The names in a body, and those in the texts that macros are given.
#[derive(Default)]
struct Named(HashSet<String>);

impl<'a> Visit<'a> for Named {
    fn visit_ident(&mut self, ident: &'a Ident) {
        self.0.insert(ident.to_string());
        visit::visit_ident(self, ident);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Lit(literal) = expr
            && let Lit::Str(text) = &literal.lit
        {
            let text = text.value();
            let names = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            self.0.extend(names.map(str::to_owned));
        }
        visit::visit_expr(self, expr);
    }
}
