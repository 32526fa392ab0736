//! The loops of a function.

use syn::visit::{self, Visit};
use syn::{Block, Expr, Macro};

use crate::function::Function;
use crate::source::Source;

/// Every loop of a function, outer ones first. A loop in a loop is both its own and a part of the outer one.
pub fn loops<'a>(function: &Function<'a>) -> Vec<&'a Expr> {
    let mut exprs = function.exprs();
    exprs.retain(|expr| body(expr).is_some());
    exprs
}

/// The expressions of a loop that are no part of a loop inside it, its condition among them.
pub fn own_exprs<'a>(source: &'a Source, each: &'a Expr) -> Vec<&'a Expr> {
    let mut own = Own {
        source,
        found: Vec::new(),
    };
    visit::visit_expr(&mut own, each);
    own.found
}

struct Own<'a> {
    source: &'a Source,
    found: Vec<&'a Expr>,
}

impl<'a> Visit<'a> for Own<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if body(expr).is_none() {
            self.found.push(expr);
            visit::visit_expr(self, expr);
        }
    }

    fn visit_macro(&mut self, mac: &'a Macro) {
        for expr in self.source.macro_exprs(mac) {
            self.visit_expr(expr);
        }
    }
}

fn body(of: &Expr) -> Option<&Block> {
    match of {
        Expr::While(each) => Some(&each.body),
        Expr::Loop(each) => Some(&each.body),
        Expr::ForLoop(each) => Some(&each.body),
        _ => None,
    }
}
