use syn::visit::{self, Visit};
use syn::{Block, Expr, Pat, Stmt};

use crate::finding::FindingsOf;
use crate::function::name_of;
use crate::inference::names_a_model;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "state::lost_at_an_error",
    part: "one-right-fix",
    finds: "Something is taken, used with `?`, and given back after it.",
    why: "The `?` in the middle returns early, and what was taken is lost: with a pool of sessions, one fewer after each error.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

const TAKES: &[&str] = &[
    "pop",
    "pop_front",
    "take",
    "checkout",
    "acquire_session",
    "recv",
    "try_recv",
    "take_session",
    "get_session",
];

const GIVES_BACK: &[&str] = &[
    "push",
    "push_back",
    "push_front",
    "send",
    "give_back",
    "put_back",
    "put",
    "release",
    "return_session",
    "replace",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(TAKES) {
        return;
    }
    for function in source.functions() {
        let mut blocks = Blocks(Vec::new());
        blocks.visit_block(function.block);
        for block in blocks.0 {
            for (index, statement) in block.stmts.iter().enumerate() {
                if let Some(name) = taken(source, statement)
                    && let Some(back) = block.stmts[index + 1..]
                        .iter()
                        .position(|after| gives_back(source, after, &name))
                {
                    for between in &block.stmts[index + 1..index + 1 + back] {
                        for expr in source.exprs_in_statement(between) {
                            if let Expr::Try(tried) = expr
                                && is_used(source, &tried.expr, &name)
                            {
                                findings.tell(
                                    source.at(&tried.question_token),
                                    format!("returns without `{name}`"),
                                );
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `session` of `let mut session = self.idle.lock().unwrap().pop().expect("one");`
fn taken(source: &Source, statement: &Stmt) -> Option<String> {
    let Stmt::Local(local) = statement else {
        return None;
    };
    let Pat::Ident(name) = &local.pat else {
        return None;
    };
    let init = &local.init.as_ref()?.expr;
    let takes = source.exprs_in(init).into_iter().any(|expr| {
        matches!(expr, Expr::MethodCall(call) if TAKES.contains(&call.method.to_string().as_str()) && call.args.is_empty())
    });
    let name = name.ident.to_string();
    (takes && names_a_model(&name)).then_some(name)
}

fn gives_back(source: &Source, statement: &Stmt, name: &str) -> bool {
    source.exprs_in_statement(statement).into_iter().any(|expr| {
        matches!(expr, Expr::MethodCall(call) if GIVES_BACK.contains(&call.method.to_string().as_str())
            && call.args.iter().any(|argument| matches!(argument, Expr::Path(_)) && name_of(argument).as_deref() == Some(name)))
    })
}

fn is_used(source: &Source, expr: &Expr, name: &str) -> bool {
    source
        .exprs_in(expr)
        .into_iter()
        .any(|inside| matches!(inside, Expr::MethodCall(call) if name_of(&call.receiver).as_deref() == Some(name)))
}

/// Every block.
struct Blocks<'a>(Vec<&'a Block>);

impl<'a> Visit<'a> for Blocks<'a> {
    fn visit_block(&mut self, block: &'a Block) {
        self.0.push(block);
        visit::visit_block(self, block);
    }
}
