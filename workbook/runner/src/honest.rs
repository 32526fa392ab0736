//! Whether the checks see what a service gets. No run can tell: the code that a test sees is all that a test can see.

use std::fs;
use std::path::Path;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, Macro, Meta};

/// The first line of a `lib.rs` that shows the checks other code than a service gets, and what to do about it. `None` also
/// for a file that does not parse: the compiler says more about it.
pub(crate) fn problem_with(lib: &Path) -> Option<(usize, String)> {
    problem_in(&fs::read_to_string(lib).ok()?)
}

fn problem_in(code: &str) -> Option<(usize, String)> {
    let file = syn::parse_file(code).ok()?;
    let mut visitor = Visitor::default();
    visitor.visit_file(&file);
    visitor.problem
}

#[derive(Default)]
struct Visitor {
    problem: Option<(usize, String)>,
}

impl Visitor {
    fn report(&mut self, at: &impl Spanned, what: String) {
        self.problem.get_or_insert((at.span().start().line, what));
    }

    fn conditional(&mut self, at: &impl Spanned, condition: &str) {
        self.report(
            at,
            format!(
                "`{condition}` shows the checks other code than a service gets: write it for both, or put tests of your own into \
                 a module, `#[cfg(test)] mod tests {{ .. }}`"
            ),
        );
    }

    fn module(&mut self, module: &ItemMod) {
        if module.ident == "check" && module.content.is_some() {
            let what = "this `mod check` takes the place of the checks: write `#[cfg(test)] mod check;`, and src/check.rs is it";
            self.report(module, what.to_owned());
        }
    }
}

impl<'ast> Visit<'ast> for Visitor {
    fn visit_item(&mut self, item: &'ast Item) {
        // A module of tests is for tests alone; whatever else it holds, `cfg(not(test))` would have to stand in for.
        if let Item::Mod(module) = item
            && module.attrs.iter().any(is_cfg_test)
        {
            self.module(module);
            return;
        }
        visit::visit_item(self, item);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let Meta::List(list) = &attribute.meta
            && (list.path.is_ident("cfg") || list.path.is_ident("cfg_attr"))
        {
            let condition = match list.path.is_ident("cfg") {
                true => list.tokens.to_string(),
                false => first_argument(&list.tokens.to_string()),
            };
            if names_test(&condition) {
                self.conditional(attribute, &format!("cfg({})", condition.trim()));
            }
        }
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        let condition = called.tokens.to_string();
        if called.path.is_ident("cfg") && names_test(&condition) {
            self.conditional(called, &format!("cfg!({condition})"));
        }
    }
}

fn is_cfg_test(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, Meta::List(list) if list.path.is_ident("cfg") && list.tokens.to_string() == "test")
}

/// `cfg_attr(any(test, unix), path = "x.rs")` has the condition `any(test, unix)`.
fn first_argument(arguments: &str) -> String {
    let mut depth = 0;
    let end = arguments.find(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    arguments[..end.unwrap_or(arguments.len())].to_owned()
}

fn names_test(condition: &str) -> bool {
    condition
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| word == "test")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_gets_and_tests_of_one_s_own_are_fine() {
        for code in [
            "#[cfg(test)]\nmod check;\n",
            "#[cfg(test)] mod tests { use super::*; #[test] fn it_holds() {} }\n#[cfg(test)] mod check;",
            "#[cfg(unix)] fn f() {}\n#[cfg(feature = \"latest\")] fn g() {}\n#[cfg(test)] mod check;",
            "// cfg(not(test))\nfn f() -> &'static str { \"cfg(test)\" }",
            "fn broken( {",
        ] {
            assert_eq!(problem_in(code), None, "{code}");
        }
    }

    #[test]
    fn code_that_only_the_checks_see_is_named_with_its_line() {
        for (code, line) in [
            ("#![cfg(not(test))]\n", 1),
            ("fn f() {}\n#[cfg(test)]\nfn g() {}\n", 2),
            ("fn f() -> bool {\n    cfg!(test)\n}\n", 2),
            ("#[cfg(any(test, unix))]\nuse std::fmt;\n", 1),
            ("#[cfg_attr(test, path = \"right.rs\")]\nmod inner;\n", 1),
            (
                "mod a {\n    mod b {\n        #[cfg(not(test))]\n        fn f() {}\n    }\n}\n",
                3,
            ),
            (
                "fn f() {}\n\n#[cfg(test)]\nmod check {\n    #[test]\n    fn holds() {}\n}\n",
                3,
            ),
        ] {
            let (found, what) = problem_in(code).unwrap_or_else(|| panic!("{code}"));
            assert_eq!(found, line, "{code}: {what}");
        }
    }
}
