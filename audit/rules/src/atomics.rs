//! What a function does to atomics, and by raw pointers to memory beside them, in the order of its text.

use std::ops::Range;

use syn::visit::{self, Visit};
use syn::{Expr, ExprAssign, ExprCall, ExprMethodCall, ExprUnary, ExprUnsafe, Macro, Safety, UnOp};

use crate::function::Function;
use crate::source::Source;
use crate::syntax::{called, is_literal, last_of_path, plain};

/// One step.
pub struct Step<'a> {
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
    /// What it does.
    pub does: Does<'a>,
}

/// What a step does.
pub enum Does<'a> {
    /// `flag.store(value, ordering)`, and `swap`.
    Store {
        call: &'a ExprMethodCall,
        ordering: String,
    },
    /// `flag.load(ordering)`
    Load { ordering: String },
    /// `fence(ordering)`
    Fence { ordering: String },
    /// An assignment by a raw pointer, or to a `static mut`.
    Write { to: &'a Expr, value: &'a Expr },
    /// A raw pointer is followed.
    Read,
}

impl Does<'_> {
    /// Whether it stores `true`.
    pub fn raises(&self) -> bool {
        matches!(self, Does::Store { call, .. } if call.args.first().is_some_and(|value| is_literal(value, "true")))
    }

    /// Whether it orders what stands before it.
    pub fn releases(&self) -> bool {
        matches!(self, Does::Fence { ordering } if ["Release", "AcqRel", "SeqCst"].contains(&ordering.as_str()))
    }

    /// Whether it orders what stands after it.
    pub fn acquires(&self) -> bool {
        matches!(self, Does::Fence { ordering } | Does::Load { ordering }
            if ["Acquire", "AcqRel", "SeqCst"].contains(&ordering.as_str()))
    }
}

/// The steps of a function.
pub fn steps<'a>(function: &Function<'a>) -> Vec<Step<'a>> {
    let mut steps = Steps {
        source: function.source,
        is_unsafe: matches!(function.signature.safety, Safety::Unsafe(_)),
        found: Vec::new(),
    };
    steps.visit_block(function.block);
    steps.found
}

struct Steps<'a> {
    source: &'a Source,
    is_unsafe: bool,
    found: Vec<Step<'a>>,
}

impl<'a> Steps<'a> {
    fn tell(&mut self, at: &'a Expr, does: Does<'a>) {
        self.found.push(Step {
            at: self.source.at(at),
            does,
        });
    }

    fn call(&mut self, expr: &'a Expr, call: &'a ExprMethodCall) {
        let Some(ordering) = call.args.last().and_then(last_of_path) else {
            return;
        };
        if !["Relaxed", "Release", "Acquire", "AcqRel", "SeqCst"].contains(&ordering.as_str()) {
            return;
        }
        match (call.method.to_string().as_str(), call.args.len()) {
            ("store" | "swap", 2) => self.tell(expr, Does::Store { call, ordering }),
            ("load", 1) => self.tell(expr, Does::Load { ordering }),
            _ => {}
        }
    }
}

impl<'a> Visit<'a> for Steps<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        // Arguments and the right side come first, as they do when it runs.
        match expr {
            Expr::Assign(ExprAssign { left, right, .. }) => {
                self.visit_expr(right);
                if self.is_unsafe && is_by_pointer(left) {
                    self.tell(
                        expr,
                        Does::Write {
                            to: left,
                            value: right,
                        },
                    );
                } else {
                    self.visit_expr(left);
                }
            }
            Expr::MethodCall(call) => {
                visit::visit_expr_method_call(self, call);
                self.call(expr, call);
            }
            Expr::Call(call) => {
                visit::visit_expr_call(self, call);
                self.fence(expr, call);
            }
            Expr::Unary(ExprUnary {
                op: UnOp::Deref(_), ..
            }) => {
                visit::visit_expr(self, expr);
                if self.is_unsafe {
                    self.tell(expr, Does::Read);
                }
            }
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_expr_unsafe(&mut self, block: &'a ExprUnsafe) {
        let outside = std::mem::replace(&mut self.is_unsafe, true);
        visit::visit_expr_unsafe(self, block);
        self.is_unsafe = outside;
    }

    fn visit_macro(&mut self, mac: &'a Macro) {
        for expr in self.source.macro_exprs(mac) {
            self.visit_expr(expr);
        }
    }
}

impl<'a> Steps<'a> {
    fn fence(&mut self, expr: &'a Expr, call: &'a ExprCall) {
        let name = called(call);
        if name.as_deref() == Some("fence")
            && let Some(ordering) = call.args.first().and_then(last_of_path)
        {
            self.tell(expr, Does::Fence { ordering });
        }
        if self.is_unsafe
            && matches!(
                name.as_deref(),
                Some("write" | "write_volatile" | "replace")
            )
            && let (Some(to), Some(value)) = (call.args.first(), call.args.get(1))
        {
            self.tell(expr, Does::Write { to, value });
        }
    }
}

/// `*pointer`, `(*cell.get()).field`, `WEIGHTS`.
fn is_by_pointer(expr: &Expr) -> bool {
    match plain(expr) {
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)),
        Expr::Field(field) => is_by_pointer(&field.base),
        Expr::Index(index) => is_by_pointer(&index.expr),
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
            last.ident
                .to_string()
                .chars()
                .all(|c| c.is_uppercase() || c == '_')
        }),
        _ => false,
    }
}
