use syn::{Expr, Type};

use crate::finding::FindingsOf;
use crate::function::{has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::plain;

pub static RULE: Rule = Rule {
    id: "precision::id_narrowed",
    part: "folklore",
    finds: "An id is cast to an integer of fewer bits.",
    why: "Between integers `as` drops the high bits without a word, so that id 4294967296 becomes 0: `try_from` refuses it.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["id"]) {
        return;
    }
    for function in source.functions() {
        for expr in function.exprs() {
            let Expr::Cast(cast) = expr else { continue };
            let inside = plain(&cast.expr);
            let name = match inside {
                Expr::Index(index) => name_of(&index.expr),
                _ => name_of(inside),
            };
            let Some(name) = name.filter(|name| has_word(name, &["id", "ids"])) else {
                continue;
            };
            let Some(from) = function.type_name_of(inside) else {
                continue;
            };
            let Some(to) = narrow(&cast.ty) else { continue };
            if ["u64", "i64", "u128", "i128"].contains(&from.as_str()) {
                findings.tell(
                    source.at(expr),
                    format!("`{name}` is a `{from}`, and `{to}` has fewer bits"),
                );
            }
        }
    }
}

fn narrow(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let name = path.path.get_ident()?.to_string();
    ["u8", "i8", "u16", "i16", "u32", "i32"]
        .contains(&name.as_str())
        .then_some(name)
}
