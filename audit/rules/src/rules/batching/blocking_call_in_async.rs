use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprClosure, ExprMethodCall, Item, Macro};

use crate::finding::FindingsOf;
use crate::function::{Function, name_of};
use crate::inference::Inference;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{called, method};

pub static RULE: Rule = Rule {
    id: "batching::blocking_call_in_async",
    part: "folklore",
    finds: "A call that blocks its thread stands in an async function.",
    why: "Meanwhile nothing else runs on that thread: no other request, no timer, no timeout around this one. `spawn_blocking` takes it elsewhere.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["async"]) {
        return;
    }
    let inference = Inference::of(source);
    for function in source.functions() {
        let mut walk = Walk {
            inference: &inference,
            function: &function,
            is_async: function.signature.asyncness.is_some(),
            is_awaited: false,
            findings,
        };
        walk.visit_block(function.block);
    }
}

struct Walk<'w, 'a, 'f> {
    inference: &'w Inference<'a>,
    function: &'w Function<'a>,
    is_async: bool,
    is_awaited: bool,
    findings: &'w mut FindingsOf<'f>,
}

impl<'a> Walk<'_, 'a, '_> {
    fn within(&mut self, is_async: bool, is_awaited: bool, look: impl FnOnce(&mut Self)) {
        let outside = (self.is_async, self.is_awaited);
        (self.is_async, self.is_awaited) = (is_async, is_awaited);
        look(self);
        (self.is_async, self.is_awaited) = outside;
    }

    fn tell(&mut self, expr: &'a Expr, what: &str) {
        if self.is_async && !self.is_awaited {
            self.findings.tell(
                self.function.source.at(expr),
                format!("{what} blocks the thread"),
            );
        }
    }

    /// `session.run(..)`, `answer.recv()` of a std channel, `thread::sleep(..)`.
    fn method_call(&self, call: &'a ExprMethodCall) -> Option<&'static str> {
        let name = call.method.to_string();
        if self.inference.is_run(self.function, call) && self.runs_at_once(call) {
            return Some("the model");
        }
        match name.as_str() {
            "recv" if call.args.is_empty() && self.is_of_std(&call.receiver) => {
                Some("waiting for a std channel")
            }
            "blocking_recv" | "blocking_send" | "blocking_lock" => Some("this"),
            "commit_from_file" | "commit_from_memory" => Some("loading a model"),
            "encode_batch" if call.args.len() == 2 => Some("tokenizing a batch"),
            _ => None,
        }
    }

    /// Whether a call that runs a model is no async one: of a session of `ort`, or its result is used at once.
    fn runs_at_once(&self, call: &ExprMethodCall) -> bool {
        let model = self
            .function
            .type_of(&call.receiver)
            .and_then(|ty| self.inference.model(&ty));
        matches!(
            model.as_deref(),
            Some("Session" | "InferenceSession" | "TextEmbedding" | "WhisperState")
        ) || call.method == "run" && self.function.source.uses_crate("ort")
            || ["forward", "forward_t"].contains(&call.method.to_string().as_str())
    }

    fn is_of_std(&self, receiver: &Expr) -> bool {
        let made = name_of(receiver).and_then(|name| self.function.part_of(&name));
        let made_by_std = matches!(made, Some(Expr::Call(call)) if matches!(&*call.func, Expr::Path(path)
            if self.function.source.full_name(&path.path).starts_with("std::sync::mpsc::")));
        made_by_std
    }

    fn function_call(&self, call: &'a ExprCall) -> Option<&'static str> {
        let Expr::Path(path) = &*call.func else {
            return None;
        };
        let full = self.function.source.full_name(&path.path);
        if full.ends_with("thread::sleep") {
            Some("sleeping")
        } else if full.starts_with("reqwest::blocking::") {
            Some("`reqwest::blocking`")
        } else if full.ends_with("Tokenizer::from_file")
            && self.function.source.uses_crate("tokenizers")
            || full.ends_with("TextEmbedding::try_new")
        {
            Some("loading a model")
        } else {
            None
        }
    }
}

impl<'a> Visit<'a> for Walk<'_, 'a, '_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Async(block) => {
                self.within(true, false, |walk| visit::visit_expr_async(walk, block))
            }
            Expr::Await(wait) => {
                self.within(self.is_async, true, |walk| walk.visit_expr(&wait.base))
            }
            // Its value is used, so that it was no future.
            Expr::Try(tried) => {
                self.within(self.is_async, false, |walk| walk.visit_expr(&tried.expr))
            }
            Expr::MethodCall(call) if is_result(call) => {
                self.within(self.is_async, false, |walk| {
                    visit::visit_expr_method_call(walk, call)
                });
            }
            Expr::MethodCall(call) => {
                if let Some(what) = self.method_call(call) {
                    self.tell(expr, what);
                }
                if !takes_it_elsewhere(&call.method.to_string()) {
                    visit::visit_expr_method_call(self, call);
                }
            }
            Expr::Call(call) => {
                if let Some(what) = self.function_call(call) {
                    self.tell(expr, what);
                }
                let name = called(call).unwrap_or_default();
                if takes_it_elsewhere(&name) {
                    // An async block among its arguments still is one.
                    for argument in &call.args {
                        if let Expr::Async(_) = argument {
                            self.visit_expr(argument);
                        }
                    }
                } else {
                    visit::visit_expr_call(self, call);
                }
            }
            Expr::Closure(closure) => self.closure(closure),
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_item(&mut self, _: &'a Item) {
        // A function in a function is looked at by itself.
    }

    fn visit_macro(&mut self, mac: &'a Macro) {
        // `select!` and `join!` wait for what they are given.
        let waits = mac.path.segments.last().is_some_and(|last| {
            ["select", "join", "try_join"]
                .iter()
                .any(|name| last.ident == name)
        });
        let exprs = self.function.source.macro_exprs(mac);
        self.within(self.is_async, waits, |walk| {
            for expr in exprs {
                walk.visit_expr(expr);
            }
        });
    }
}

impl<'a> Walk<'_, 'a, '_> {
    fn closure(&mut self, closure: &'a ExprClosure) {
        let is_async = closure.asyncness.is_some();
        // `move || ..` is what a thread is given.
        let is_taken_elsewhere = closure.capture.is_some() && !is_async;
        self.within(
            is_async || self.is_async && !is_taken_elsewhere,
            false,
            |walk| {
                walk.visit_expr(&closure.body);
            },
        );
    }
}

/// `unwrap`, `expect`, `map_err` and the like: they take a value, and no future.
fn is_result(call: &ExprMethodCall) -> bool {
    [
        "unwrap",
        "expect",
        "map_err",
        "context",
        "with_context",
        "unwrap_or_default",
        "ok",
    ]
    .iter()
    .any(|name| call.method == name)
        && method(&call.receiver, "await").is_none()
        && !matches!(&*call.receiver, Expr::Await(_))
}

/// `spawn_blocking`, `block_in_place`, `thread::spawn`, `pool.install`.
fn takes_it_elsewhere(name: &str) -> bool {
    name.contains("spawn")
        || name.contains("block")
        || [
            "install", "scope", "interact", "call", "asyncify", "unblock",
        ]
        .contains(&name)
}
