use syn::Expr;

use crate::calls::arguments;
use crate::finding::FindingsOf;
use crate::function::has_word;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "layout::nearest_filter",
    part: "folklore",
    finds: "A picture for a model is resized by its nearest pixels.",
    why: "Each filter makes other numbers of the same picture: it has to be the one that the model was trained with.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.contains("Nearest") || !source.is_about_models() {
        return;
    }
    for function in source.functions() {
        // The values of a mask are numbers of classes, and nothing lies between two of them.
        if has_word(
            &function.name(),
            &["mask", "masks", "segmentation", "labels"],
        ) {
            continue;
        }
        for expr in function.exprs() {
            for given in arguments(expr) {
                if let Expr::Path(path) = given
                    && source
                        .full_name(&path.path)
                        .ends_with("FilterType::Nearest")
                {
                    findings.tell(source.at(given), "takes one pixel of several");
                }
            }
        }
    }
}
