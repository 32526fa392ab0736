use proc_macro2::TokenTree;
use syn::Macro;
use syn::visit::Visit;

use crate::finding::FindingsOf;
use crate::function::has_word;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "state::context_of_a_thread",
    part: "one-right-fix",
    finds: "The context of a conversation is kept for each thread.",
    why: "Any thread may get the next message, and the context stays on the one that got the first.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

const CONTEXT: &[&str] = &[
    "context",
    "contexts",
    "history",
    "conversation",
    "conversations",
    "chat",
    "kv",
    "messages",
    "memory",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["thread_local"]) {
        return;
    }
    let mut locals = Locals(Vec::new());
    locals.visit_file(&source.file);
    for mac in locals.0 {
        let mut is_static = false;
        for token in mac.tokens.clone() {
            if let TokenTree::Ident(ident) = &token {
                if is_static && has_word(&ident.to_string(), CONTEXT) {
                    findings.tell(ident.span().byte_range(), "another thread has another one");
                }
                is_static = ident == "static";
            } else {
                is_static = false;
            }
        }
    }
}

/// `thread_local! { .. }`
struct Locals<'a>(Vec<&'a Macro>);

impl<'a> Visit<'a> for Locals<'a> {
    fn visit_macro(&mut self, mac: &'a Macro) {
        if mac
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "thread_local")
        {
            self.0.push(mac);
        }
    }
}
