//! Comments that silence a rule: `// audit: allow(nan::partial_cmp_unwrap) no score is NaN: checked where they come in`.
//!
//! Alone on its line, a comment is for what follows: the whole of an item, a field or a statement without a body, else a line.
//! At the end of a line it is for that line.

use std::collections::HashMap;
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, Expr, Field, File, ImplItem, Item, Stmt, TraitItem, Variant};

use crate::finding::Finding;
use crate::rule::Rule;

const MARK: &str = "// audit: allow(";

/// A comment that silences a rule.
pub(crate) struct Allow {
    /// The comment, in bytes of the text.
    at: Range<usize>,
    /// What it is for.
    covers: Range<usize>,
    ids: Vec<String>,
    reason: String,
}

/// What is wrong with a comment that silences a rule, or with such an entry of a Cargo.toml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
    /// One line.
    pub text: String,
}

/// The places of all tokens, in the order of the text; of a text that has no such comment none, since that is faster.
pub(crate) fn tokens(text: &str, stream: &TokenStream) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    if text.contains(MARK) {
        let mut open = vec![stream.clone().into_iter()];
        while let Some(tokens) = open.last_mut() {
            match tokens.next() {
                None => {
                    open.pop();
                }
                Some(TokenTree::Group(group)) => {
                    places.push(group.span_open().byte_range());
                    places.push(group.span_close().byte_range());
                    open.push(group.stream().into_iter());
                }
                Some(token) => places.push(token.span().byte_range()),
            }
        }
        places.sort_by_key(|place| (place.start, place.end));
    }
    places
}

/// The comments of a text that silence rules. `left_out` is what is not read.
pub(crate) fn of(
    text: &str,
    tokens: &[Range<usize>],
    file: &File,
    left_out: &[Range<usize>],
) -> Vec<Allow> {
    let mut whole = Whole {
        tokens,
        ends: HashMap::new(),
    };
    if !tokens.is_empty() {
        whole.visit_file(file);
    }
    text.match_indices(MARK)
        .filter(|(start, _)| !left_out.iter().any(|range| range.contains(start)))
        .filter_map(|(start, _)| {
            let line = line_of(text, start);
            let next = tokens.partition_point(|token| token.end <= start);
            let before = next.checked_sub(1).map_or(0, |index| tokens[index].end);
            let begins_a_comment = text[before.max(line.start)..start].trim().is_empty()
                && tokens.get(next).is_none_or(|token| token.start > start);
            if !begins_a_comment {
                return None;
            }
            let covers = if before > line.start {
                line.clone()
            } else {
                let follows = tokens.get(next)?.start;
                whole.ends.get(&follows).map_or_else(
                    || line_of(text, follows),
                    |end| line_of(text, follows).start..*end,
                )
            };
            let (ids, reason) = text[start + MARK.len()..line.end].split_once(')')?;
            Some(Allow {
                at: start..text[..line.end].trim_end().len(),
                covers,
                ids: ids.split(',').map(|id| id.trim().to_owned()).collect(),
                reason: reason.trim_start_matches([':', '-', ' ']).trim().to_owned(),
            })
        })
        .collect()
}

/// The findings that no comment silences, and what is wrong with the comments.
pub(crate) fn silence(
    allows: &[Allow],
    mut findings: Vec<Finding>,
) -> (Vec<Finding>, Vec<Complaint>) {
    let mut complaints = Vec::new();
    for allow in allows {
        for id in &allow.ids {
            let told = match Rule::called(id) {
                Err(unknown) => Some(unknown),
                Ok(_) if allow.reason.is_empty() => Some(without_reason(id)),
                Ok(_) => {
                    let before = findings.len();
                    findings.retain(|finding| {
                        finding.rule.id != id || !touch(&finding.at, &allow.covers)
                    });
                    (findings.len() == before).then(|| unused(id))
                }
            };
            complaints.extend(told.map(|text| Complaint {
                at: allow.at.clone(),
                text,
            }));
        }
    }
    (findings, complaints)
}

/// What is said of an allowed rule without a reason.
pub fn without_reason(id: &str) -> String {
    format!("`{id}` is not silenced: say why it is no pitfall here")
}

/// What is said of an allowed rule that found nothing.
pub fn unused(id: &str) -> String {
    format!("`{id}` is allowed here and finds nothing: remove what allows it")
}

fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn line_of(text: &str, place: usize) -> Range<usize> {
    let start = text[..place].rfind('\n').map_or(0, |end| end + 1);
    let end = text[place..]
        .find('\n')
        .map_or(text.len(), |length| place + length);
    start..end
}

/// Where that ends which a comment before it is for, by where it begins: with its attributes, or after them.
struct Whole<'t> {
    tokens: &'t [Range<usize>],
    ends: HashMap<usize, usize>,
}

impl Whole<'_> {
    fn add(&mut self, node: &impl Spanned, attributes: &[syn::Attribute]) {
        let range = node.span().byte_range();
        self.put(range.start, range.end);
        if let Some(last) = attributes.last() {
            let end = last.span().byte_range().end;
            let next = self.tokens.partition_point(|token| token.start < end);
            if let Some(token) = self.tokens.get(next) {
                self.put(token.start, range.end);
            }
        }
    }

    fn put(&mut self, start: usize, end: usize) {
        let known = self.ends.entry(start).or_insert(end);
        *known = end.max(*known);
    }
}

impl<'a> Visit<'a> for Whole<'_> {
    fn visit_item(&mut self, item: &'a Item) {
        self.add(item, crate::untested::attributes(item));
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'a ImplItem) {
        let attributes: &[_] = match item {
            ImplItem::Const(item) => &item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            _ => &[],
        };
        self.add(item, attributes);
        visit::visit_impl_item(self, item);
    }

    fn visit_trait_item(&mut self, item: &'a TraitItem) {
        let attributes: &[_] = match item {
            TraitItem::Const(item) => &item.attrs,
            TraitItem::Fn(item) => &item.attrs,
            _ => &[],
        };
        self.add(item, attributes);
        visit::visit_trait_item(self, item);
    }

    fn visit_field(&mut self, field: &'a Field) {
        self.add(field, &field.attrs);
        visit::visit_field(self, field);
    }

    fn visit_variant(&mut self, variant: &'a Variant) {
        self.add(variant, &variant.attrs);
        visit::visit_variant(self, variant);
    }

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Local(local) => self.add(local, &local.attrs),
            Stmt::Expr(expr, _) if !has_body(expr) => self.add(expr, &[]),
            Stmt::Macro(mac) => self.add(mac, &mac.attrs),
            Stmt::Expr(..) | Stmt::Item(_) => {}
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_arm(&mut self, arm: &'a Arm) {
        if !has_body(&arm.body) {
            self.add(arm, &arm.attrs);
        }
        visit::visit_arm(self, arm);
    }
}

/// What may hold many lines that the comment was not written for.
fn has_body(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Async(_)
            | Expr::Block(_)
            | Expr::Const(_)
            | Expr::ForLoop(_)
            | Expr::If(_)
            | Expr::Loop(_)
            | Expr::Match(_)
            | Expr::Unsafe(_)
            | Expr::While(_)
    )
}

#[cfg(test)]
mod test {
    use crate::{Aliases, Options, Report, Source};

    /// Lines that are found, and what is said of the comments, with their lines.
    fn report(text: &str) -> (Vec<usize>, Vec<String>) {
        let source =
            Source::read(text.to_owned(), &Aliases::default(), Options::default()).unwrap();
        let report = Report::of(&source);
        let line = |place: usize| text[..place].matches('\n').count() + 1;
        (
            report.findings.iter().map(|it| line(it.at.start)).collect(),
            report
                .complaints
                .iter()
                .map(|it| format!("{}: {}", line(it.at.start), it.text))
                .collect(),
        )
    }

    #[test]
    fn a_comment_on_the_line_before_silences_a_statement_and_no_other() {
        let found = report(
            "fn f() {\n// audit: allow(nan::partial_cmp_unwrap) no score is NaN\nlet x =\na.partial_cmp(b).unwrap();\n\
             let y = a.partial_cmp(b).unwrap();\n}",
        );
        assert_eq!(found, (vec![5], vec![]));
    }

    #[test]
    fn a_comment_before_a_loop_is_for_its_first_line() {
        let found = report(
            "fn f() {\n// audit: allow(nan::partial_cmp_unwrap) no score is NaN\nwhile a.partial_cmp(b).unwrap() {\n\
             a.partial_cmp(b).unwrap();\n}\n}",
        );
        assert_eq!(found, (vec![4], vec![]));
    }

    #[test]
    fn a_comment_at_the_end_of_a_line_silences_it() {
        let found = report(
            "fn f() {\na.partial_cmp(b).unwrap(); // audit: allow(nan::partial_cmp_unwrap) no score is NaN\n\
             a.partial_cmp(b).unwrap();\n}",
        );
        assert_eq!(found, (vec![3], vec![]));
    }

    #[test]
    fn a_comment_before_an_item_silences_the_whole_of_it_before_or_after_its_attributes() {
        for head in [
            "// MARK\n/// Docs\n#[inline]\n",
            "/// Docs\n#[inline]\n// MARK\n",
        ] {
            let head = head.replace(
                "MARK",
                "audit: allow(nan::partial_cmp_unwrap) no score is NaN",
            );
            let item = "pub fn f() {\n\na.partial_cmp(b).unwrap();\n}\n";
            assert_eq!(report(&format!("{head}{item}")), (vec![], vec![]));
            let method = format!("impl A {{\n{head}{item}}}");
            assert_eq!(report(&method), (vec![], vec![]));
        }
    }

    #[test]
    fn a_reason_is_required() {
        let found = report(
            "fn f() {\n// audit: allow(nan::partial_cmp_unwrap)\na.partial_cmp(b).unwrap();\n}",
        );
        assert_eq!(
            found,
            (
                vec![3],
                vec![
                    "2: `nan::partial_cmp_unwrap` is not silenced: say why it is no pitfall here"
                        .to_owned()
                ]
            )
        );
    }

    #[test]
    fn an_unused_comment_is_told() {
        let found = report("// audit: allow(nan::partial_cmp_unwrap) no score is NaN\nfn f() {}\n");
        assert_eq!(
            found.1,
            [
                "1: `nan::partial_cmp_unwrap` is allowed here and finds nothing: remove what allows it"
            ]
        );
    }

    #[test]
    fn of_a_rule_that_does_not_exist_the_nearest_one_is_told() {
        let found = report("// audit: allow(nan::partial_cmp_unwrpa) no score is NaN\nfn f() {}\n");
        assert_eq!(
            found.1,
            [
                "1: no rule is called `nan::partial_cmp_unwrpa`: `nan::partial_cmp_unwrap` is the nearest"
            ]
        );
    }

    #[test]
    fn what_only_looks_like_such_a_comment_is_none() {
        for text in [
            "const A: &str = \"// audit: allow(nan::nothing) x\";",
            "/// // audit: allow(nan::nothing) x\nfn f() {}",
            "// // audit: allow(nan::nothing) x\nfn f() {}",
            "fn f() {} // see // audit: allow(nan::nothing) x\n",
            "#[cfg(test)]\nmod tests {\n// audit: allow(nan::nothing) x\nfn f() {}\n}",
        ] {
            assert_eq!(report(text), (vec![], vec![]), "{text}");
        }
    }
}
