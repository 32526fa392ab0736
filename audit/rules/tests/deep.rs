//! However deep a text is nested, it is read or refused, and never ends the process. Each recursive form of the grammar is
//! tried, from ten thousand levels down to what is read.

use std::thread;

use inference_audit_rules::{Aliases, Options, Report, Source};

/// What stands around a form, and the forms: what opens a level, what stands inside the last one, and what closes a level.
type Forms = (
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
    &'static str,
);

const EXPRESSIONS: Forms = (
    "fn f() { let _ = ",
    &[
        ("(", "a", ")"),
        ("(a, ", "a", ")"),
        ("[", "a", "]"),
        ("[a; ", "a", "]"),
        ("{", "a", "}"),
        ("{ a; ", "a", "}"),
        ("!", "a", ""),
        ("-", "1", ""),
        ("&", "a", ""),
        ("&mut ", "a", ""),
        ("&raw const ", "a", ""),
        ("*", "a", ""),
        ("a + ", "a", ""),
        ("a && ", "a", ""),
        ("a = ", "a", ""),
        ("a += ", "a", ""),
        ("a..", "a", ""),
        ("..", "a", ""),
        ("..=", "a", ""),
        ("a < b, ", "a", ""),
        ("|a| ", "a", ""),
        ("|a, b| ", "a", ""),
        ("|a,| ", "a", ""),
        ("|a: A<B, C>, b| ", "a", ""),
        ("|| ", "a", ""),
        ("|| -> A { ", "a", "}"),
        ("move || ", "a", ""),
        ("async || ", "a", ""),
        ("static || ", "a", ""),
        ("for<'a> |a| ", "a", ""),
        ("for<'a, 'b> |a, b| -> A { ", "a", "}"),
        ("async move { ", "a", "}"),
        ("unsafe { ", "a", "}"),
        ("const { ", "a", "}"),
        ("try { ", "a", "}"),
        ("return ", "a", ""),
        ("yield ", "a", ""),
        ("break ", "a", ""),
        ("break 'a ", "a", ""),
        ("'a: { ", "a", "}"),
        ("'a: loop { ", "a", "}"),
        ("'a: while a { ", "a", "}"),
        ("if a { ", "a", "} else { a }"),
        ("if a { a } else ", "{ a }", ""),
        ("if let A = a { a } else ", "{ a }", ""),
        ("if ", "a", " { a }"),
        ("if let A = ", "a", " { a }"),
        ("if let A = a && ", "a", " { a }"),
        ("if let A { a } = ", "a", " { a }"),
        ("match ", "a", " { _ => a }"),
        ("match a { _ => ", "a", " }"),
        ("match a { _ if ", "a", " => a }"),
        ("match a { A {} if ", "a", " => a }"),
        ("match a { A {} if if a {} else ", "a", " => a }"),
        ("match a { A => {} B => ", "a", " }"),
        ("while ", "a", " { }"),
        ("while let A = a { ", "a", " }"),
        ("for a in ", "a", " { }"),
        ("for a in a { ", "a", "}"),
        ("loop { ", "a", "}"),
        ("f(", "a", ")"),
        ("f(a, ", "a", ")"),
        ("a.b(", "a", ")"),
        ("", "a", ".b()"),
        ("", "a", ".b::<A, B>(a, b)"),
        ("", "a", "?"),
        ("", "a", ".await"),
        ("", "a", "[a]"),
        ("", "a", "(a, b)"),
        ("", "a", "()"),
        ("", "a", " as A"),
        ("", "a", ".0"),
        ("", "{ a }", " as A"),
        ("", "if a { b } else { c }", ".b"),
        ("S { a: ", "a", " }"),
        ("S { a: b, ..", "a", " }"),
        ("a::<", "A", ">"),
        ("a::<A, ", "A", ">"),
        ("a.b::<", "A", ">()"),
        ("A::<{ ", "a", " }>::b()"),
        ("<A as B<", "A", ">>::C"),
        ("<A as B<C, ", "A", ">>::C"),
        ("vec![", "a", "]"),
        ("println!(\"{}\", ", "a", ")"),
        ("m!{ ", "a", "}"),
        ("m!(m![m!{", "a", "}])"),
        ("select! { a = ", "a", " => {} }"),
        ("inputs![\"a\" => ", "a", "]"),
        ("m!(|a, b| ", "a", ")"),
        ("#[a] ", "a", ""),
        ("#[a(b)] ", "a", ""),
        ("{ #![a] ", "a", "}"),
        ("{ let a = ", "a", "; }"),
        ("{ let A = a else { ", "return", "}; }"),
        ("{ let a: [u8; { ", "a", "}] = a; }"),
        ("unsafe { |a| { ", "a", "} }"),
    ],
    "; }",
);

const TYPES: Forms = (
    "type T = ",
    &[
        ("&", "A", ""),
        ("&'a mut ", "A", ""),
        ("*const ", "A", ""),
        ("(", "A", ")"),
        ("(A, ", "A", ")"),
        ("[", "A", "]"),
        ("[", "A", "; 1]"),
        ("[u8; { ", "1", " }]"),
        ("A<", "A", ">"),
        ("A<B, ", "A", ">"),
        ("A<'a, B, ", "A", ">"),
        ("A<B = ", "A", ">"),
        ("A<C, B = ", "A", ">"),
        ("A<B: C<", "A", ">>"),
        ("A<B<C, D>, ", "A", ">"),
        ("A<{ 1 }, ", "A", ">"),
        ("A<{ ", "a", " }>"),
        ("A::<", "A", ">"),
        ("A<1, ", "A", ">"),
        ("A<-1, ", "A", ">"),
        ("A<'a', ", "A", ">"),
        ("A<(), ", "A", ">"),
        ("A<(B, C), ", "A", ">"),
        ("fn(", "A", ")"),
        ("fn(A, ", "A", ")"),
        ("fn() -> ", "A", ""),
        ("unsafe extern \"C\" fn() -> ", "A", ""),
        ("for<'a> fn(&'a ", "A", ")"),
        ("for<'a, 'b> fn() -> ", "A", ""),
        ("impl Fn(", "A", ")"),
        ("impl Fn() -> ", "A", ""),
        ("dyn Fn() -> ", "A", ""),
        ("dyn for<'a> Fn() -> ", "A", ""),
        ("dyn for<'a, 'b> Fn() -> ", "A", ""),
        ("impl A + ", "A", ""),
        ("impl ?A + ", "A", ""),
        ("dyn A<'a, ", "A", ">"),
        ("<", "A", " as B>::C"),
        ("<A<B, ", "A", "> as B>::C"),
        ("<A as B<", "A", ">>::C"),
        ("<A as B<C, ", "A", ">>::C"),
        ("m!(", "A", ")"),
        ("A<", "A", ""),
        ("A<B, ", "A", ""),
        ("A<B<C>, ", "A", ""),
        ("<", "", ""),
        ("<<", "", ""),
    ],
    ";",
);

const PATTERNS: Forms = (
    "fn f() { match a { ",
    &[
        ("(", "a", ")"),
        ("(A, ", "a", ")"),
        ("[", "a", "]"),
        ("[A, .., ", "a", "]"),
        ("&", "a", ""),
        ("&mut ", "a", ""),
        ("A(", "a", ")"),
        ("A(B, ", "a", ")"),
        ("A { a: ", "a", " }"),
        ("A { b, a: ", "a", ", .. }"),
        ("a @ ", "a", ""),
        ("ref mut a @ ", "a", ""),
        ("A | ", "A", ""),
        ("A {} | ", "A", ""),
        ("(A | ", "A", ")"),
        ("1..=", "2", ""),
        ("<A as B<", "A", ">>::C"),
        ("A::<B, ", "A", ">::C"),
        ("m!(", "a", ")"),
        ("box ", "a", ""),
        ("const { ", "a", " }"),
        ("A if ", "a", ""),
        ("A => a, ", "_", ""),
        ("A => {} ", "_", ""),
        ("A if a => {} ", "_", ""),
    ],
    " => a } }",
);

const BOUNDS: Forms = (
    "fn f<T>() where T: ",
    &[
        ("A<", "A", ">"),
        ("A<B, ", "A", ">"),
        ("A<B: C + D<", "A", ">>"),
        ("for<'a> A<", "A", ">"),
        ("for<'a, 'b> A<", "A", ">"),
        ("A + ", "A", ""),
        ("Fn(", "A", ")"),
        ("Fn() -> dyn ", "A", ""),
        ("Fn() -> ", "A", ""),
        ("A, T: ", "A", ""),
        ("A, for<'a, 'b> T: ", "A", ""),
        ("A, <T as A<B, C>>::D: ", "A", ""),
    ],
    " {}",
);

const ITEMS: Forms = (
    "",
    &[
        ("mod a { ", "", " }"),
        ("fn f() { ", "", " }"),
        ("fn f(a: A<B, C>) -> D { ", "", " }"),
        ("impl A { fn f() { ", "", " } }"),
        ("impl<T, U> A<T, U> for B { fn f() { ", "", " } }"),
        ("trait A { fn f() { ", "", " } }"),
        ("const A: u8 = { ", "1", " };"),
        ("static A: [u8; { ", "1", " }] = 1;"),
        ("enum A { B = { ", "1", " } }"),
        ("struct A<const N: usize = { ", "1", " }>;"),
        ("extern \"C\" { ", "", " }"),
        ("#[a] ", "fn f() {}", ""),
        ("#[cfg(all(", "a", "))] fn f() {}"),
        ("#[cfg_attr(a, ", "a", ")] fn f() {}"),
        ("#[a = ", "1", "] fn f() {}"),
        ("#[a = m!(", "1", ")] fn f() {}"),
        ("#![a(", "a", ")]"),
        ("/// a\n", "fn f() {}", ""),
        ("use {", "a", "};"),
        ("use {a, ", "b", "};"),
        ("macro_rules! m { ($a:tt) => { ", "", " } }"),
        ("m! { ", "", " }"),
        ("m! { fn f() { ", "", " } }"),
        ("fn f() {} ", "", ""),
        ("struct A; ", "", ""),
        ("m! {} ", "", ""),
    ],
    "",
);

/// What continues one item.
const HEADS: &[(&str, &str, &str, &str, &str)] = &[
    ("use ", "a::", "b", "", ";"),
    ("use ", "a::{", "b", "}", ";"),
    ("use ", "a::{b, ", "c", "}", ";"),
    ("pub(in ", "a::", "b", "", ") fn f() {}"),
    ("struct A<", "T: A<", "B", ">", ">;"),
    ("impl<", "T: A<B, ", "B", ">", "> A {}"),
    ("struct A { a: ", "A<B, ", "B", ">", " }"),
    ("struct A(", "A<B, ", "B", ">", ");"),
    ("fn f(a: ", "A<B, ", "B", ">", ") {}"),
    ("fn f(", "#[a] ", "a: A", "", ") {}"),
    ("fn f() -> ", "A<B, ", "B", ">", " {}"),
    ("fn f(", "(", "a", ")", ": A) {}"),
    ("trait A: ", "B<C, ", "B", ">", " {}"),
    ("impl A for ", "B<C, ", "B", ">", " {}"),
    ("impl ", "B<C, ", "B", ">", " for A {}"),
    ("enum A { B(", "A<B, ", "B", ">", ") }"),
    ("fn f() { let ", "(", "a", ")", " = b; }"),
    ("fn f() { let a: ", "A<B, ", "B", ">", " = b; }"),
    ("fn f() { a = b", "", "", " = b", "; }"),
    ("fn f() { for ", "(", "a", ")", " in b {} }"),
    ("fn f() { |", "(", "a", ")", "| b; }"),
    ("fn f() { |a: ", "A<B, ", "B", ">", "| b; }"),
    ("fn f() { ", "a; ", "", "", " }"),
    ("fn f() { ", "{} ", "", "", " }"),
    ("fn f() { ", "", "", "}", " }"),
    ("fn f() { ", "{", "", "", " }"),
    ("", "", "", ")", ""),
    ("", "(", "", "", ""),
    ("", "/*", "", "*/", ""),
    ("", "r", "", "", ""),
    ("", "r#", "", "", ""),
    ("", "'", "", "", ""),
    ("", "\"", "", "", ""),
    ("", "b'", "", "", ""),
    ("", "#", "", "", ""),
    ("", "\\", "", "", ""),
];

fn with_a_large_stack(job: impl FnOnce() + Send + 'static) {
    thread::Builder::new()
        .stack_size(256 * 1024 * 1024)
        .spawn(job)
        .unwrap()
        .join()
        .unwrap();
}

fn read(text: String) -> bool {
    let source = Source::read(text, &Aliases::default(), Options::default());
    source.is_ok_and(|source| {
        Report::of(&source);
        true
    })
}

fn nested(form: &(&str, &str, &str, &str, &str), levels: usize) -> String {
    let (before, open, inside, close, after) = form;
    format!(
        "{before}{}{inside}{}{after}",
        open.repeat(levels),
        close.repeat(levels)
    )
}

#[test]
fn every_form_is_read_or_refused_however_deep_it_is_nested() {
    let grouped = [EXPRESSIONS, TYPES, PATTERNS, BOUNDS, ITEMS];
    let forms = grouped.iter().flat_map(|(before, forms, after)| {
        forms
            .iter()
            .map(move |(open, inside, close)| (*before, *open, *inside, *close, *after))
    });
    let forms: Vec<_> = forms.chain(HEADS.iter().copied()).collect();
    with_a_large_stack(move || {
        for form in forms {
            // The deepest that is read needs most of the stack.
            [10_000, 4_900, 2_400, 1_600, 1_200, 900, 600, 300]
                .iter()
                .any(|levels| read(nested(&form, *levels)));
        }
    });
}
