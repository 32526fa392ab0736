use crate::calls::is_call_of;
use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "layout::thumbnail",
    part: "one-right-fix",
    finds: "A picture for a model is made small by `thumbnail`.",
    why: "It has a filter of its own, so a picture that comes this way has other numbers than one that comes through `resize`.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.contains("thumbnail")
        || !source.is_about_models()
        || !source.uses_crate("image")
    {
        return;
    }
    for expr in source.exprs() {
        let arguments = crate::calls::arguments(expr).len();
        let is_function = matches!(expr, syn::Expr::Call(_));
        if is_call_of(expr, &["thumbnail", "thumbnail_exact"])
            && arguments == if is_function { 3 } else { 2 }
        {
            findings.tell(
                source.at(expr),
                "not the filter that the model was trained with",
            );
        }
    }
}
