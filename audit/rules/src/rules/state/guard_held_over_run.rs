use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprIf, ExprMatch, Local, Pat, ReturnType, Stmt};

use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::inference::{Inference, last_name};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::called;

pub static RULE: Rule = Rule {
    id: "state::guard_held_over_run",
    part: "one-right-fix",
    finds: "A lock is held while a model runs.",
    why: "Every other request waits for the lock, whatever else is free: take a session out under the lock, and run without it.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["lock", "write"]) {
        return;
    }
    let inference = Inference::of(source);
    let functions = source.functions();
    let lenders: Vec<String> = functions
        .iter()
        .filter(|function| returns_a_guard(source, function))
        .map(Function::name)
        .collect();
    for function in &functions {
        let mut walk = Walk {
            inference: &inference,
            function,
            lenders: &lenders,
            findings,
        };
        walk.visit_block(function.block);
    }
}

/// Whether it returns a guard of one holder: `fn state(&self) -> MutexGuard<State>`.
fn returns_a_guard(source: &Source, function: &Function) -> bool {
    match &function.signature.output {
        ReturnType::Type(_, ty) => matches!(
            source.type_name(ty).as_deref(),
            Some("MutexGuard" | "RwLockWriteGuard" | "OwnedMutexGuard" | "MappedMutexGuard")
        ),
        ReturnType::Default => false,
    }
}

struct Walk<'w, 'a, 'f> {
    inference: &'w Inference<'a>,
    function: &'w Function<'a>,
    lenders: &'w [String],
    findings: &'w mut FindingsOf<'f>,
}

impl<'a> Walk<'_, 'a, '_> {
    /// What is locked: `self.model` of `self.model.lock().unwrap()`.
    fn locked(&self, expr: &'a Expr) -> Option<&'a Expr> {
        match expr {
            Expr::Try(tried) => self.locked(&tried.expr),
            Expr::Await(wait) => self.locked(&wait.base),
            Expr::Paren(paren) => self.locked(&paren.expr),
            Expr::Reference(reference) => self.locked(&reference.expr),
            Expr::Unary(unary) => self.locked(&unary.expr),
            Expr::MethodCall(call) => match call.method.to_string().as_str() {
                "lock" | "write" | "lock_owned" | "blocking_lock" | "blocking_write"
                    if call.args.is_empty() =>
                {
                    Some(&call.receiver)
                }
                "unwrap" | "expect" | "unwrap_or_else" | "map_err" | "as_mut" | "context" => {
                    self.locked(&call.receiver)
                }
                name if self.lenders.iter().any(|lender| lender == name) => Some(expr),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether it runs a model, of which the name may be that of the guard.
    fn is_run(&self, expr: &Expr, guard: Option<(&str, &Expr)>) -> bool {
        let Expr::MethodCall(call) = expr else {
            return false;
        };
        // A model's own cache is locked by the model.
        let is_cache = guard.is_some_and(|(_, locked)| {
            last_name(locked).is_some_and(|name| has_word(&name, &["cache", "kv", "caches"]))
        });
        !is_cache && self.inference.is_run(self.function, call)
            || guard.is_some_and(|(name, locked)| {
                self.inference.may_run(call)
                    && root(&call.receiver).as_deref() == Some(name)
                    && self.inference.is_called_model(locked)
            })
    }

    /// Tells the first run; that others come after it is no news.
    fn tell_run_in(&mut self, exprs: &[&'a Expr], guard: (&str, &Expr)) -> bool {
        let first = exprs.iter().find(|expr| self.is_run(expr, Some(guard)));
        if let Some(first) = first {
            let at = self.function.source.at(*first);
            self.findings.tell(at, "runs while the lock is held");
        }
        first.is_some()
    }
}

impl<'a> Visit<'a> for Walk<'_, 'a, '_> {
    fn visit_block(&mut self, block: &'a Block) {
        for (index, statement) in block.stmts.iter().enumerate() {
            let Stmt::Local(Local {
                pat,
                init: Some(init),
                ..
            }) = statement
            else {
                continue;
            };
            let (Some(name), Some(locked)) = (name_in(pat), self.locked(&init.expr)) else {
                continue;
            };
            for after in &block.stmts[index + 1..] {
                if drops(after, &name) {
                    break;
                }
                let exprs = self.function.source.exprs_in_statement(after);
                // What another task or thread is given does not run here.
                if exprs.iter().any(|expr| matches!(expr, Expr::Call(call) if called(call).is_some_and(|name| name.contains("spawn")))) {
                    continue;
                }
                if self.tell_run_in(&exprs, (&name, locked)) {
                    break;
                }
            }
        }
        visit::visit_block(self, block);
    }

    fn visit_expr_if(&mut self, either: &'a ExprIf) {
        if let Expr::Let(condition) = &*either.cond
            && let Some(locked) = self.locked(&condition.expr)
        {
            let name = name_in(&condition.pat).unwrap_or_default();
            let exprs = self.function.source.exprs_in_block(&either.then_branch);
            self.tell_run_in(&exprs, (&name, locked));
        }
        visit::visit_expr_if(self, either);
    }

    fn visit_expr_match(&mut self, each: &'a ExprMatch) {
        if let Some(locked) = self.locked(&each.expr) {
            for arm in &each.arms {
                let name = name_in(&arm.pat).unwrap_or_default();
                let exprs = self.function.source.exprs_in(&arm.body);
                self.tell_run_in(&exprs, (&name, locked));
            }
        }
        visit::visit_expr_match(self, each);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        // `self.session.lock().unwrap().run(..)`
        if let Expr::MethodCall(call) = expr
            && self.locked(&call.receiver).is_some()
            && self.is_run(expr, None)
        {
            self.findings
                .tell(self.function.source.at(expr), "runs while the lock is held");
        }
        visit::visit_expr(self, expr);
    }
}

/// The first name on which something is called: `guard` of `guard.model.run()`.
fn root(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Field(field) => root(&field.base),
        Expr::MethodCall(call) => root(&call.receiver),
        Expr::Index(index) => root(&index.expr),
        Expr::Try(tried) => root(&tried.expr),
        Expr::Paren(paren) => root(&paren.expr),
        Expr::Reference(reference) => root(&reference.expr),
        Expr::Unary(unary) => root(&unary.expr),
        _ => name_of(expr),
    }
}

/// `guard` of `mut guard` and `Ok(mut guard)`.
fn name_in(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(ident) => Some(ident.ident.to_string()),
        Pat::TupleStruct(inside) => inside.elems.first().and_then(name_in),
        Pat::Type(typed) => name_in(&typed.pat),
        _ => None,
    }
}

/// `drop(guard);`
fn drops(statement: &Stmt, name: &str) -> bool {
    matches!(statement, Stmt::Expr(Expr::Call(call), _)
        if called(call).as_deref() == Some("drop")
            && call.args.first().and_then(name_of).as_deref() == Some(name))
}
