use crate::calls::is_call_of;
use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "padding::fixed_length",
    part: "one-right-fix",
    finds: "Each text is padded to one fixed length.",
    why: "A query of three words costs as much as a page, and without a mask its vector is mostly padding.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.uses_crate("tokenizers") {
        return;
    }
    for expr in source.exprs() {
        if let syn::Expr::Call(call) = expr
            && is_call_of(expr, &["Fixed"])
            && let syn::Expr::Path(path) = &*call.func
            && source
                .full_name(&path.path)
                .ends_with("PaddingStrategy::Fixed")
        {
            findings.tell(source.at(expr), "as long as the longest that may come");
        }
    }
}
