//! A file of Rust, read so that rules can look at it.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Block, Expr, File, ImplItemFn, ItemFn, ItemImpl, ItemStruct, ItemTrait, Macro, Pat, Stmt,
    Token, TraitItemFn, Type,
};

use crate::allow::{self, Allow};
use crate::depth;
use crate::function::Function;
use crate::names::{Aliases, Imports};
use crate::untested::leave_out_tests;

/// What of a file is read.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Tests inside the file too.
    pub tests: bool,
    /// How many levels of a syntax tree the stack of the calling thread holds.
    pub depth: usize,
}

impl Default for Options {
    /// No tests, and what 256 MiB of stack hold.
    fn default() -> Self {
        Self {
            tests: false,
            depth: depth::LIMIT,
        }
    }
}

/// A file of Rust.
pub struct Source {
    /// The text, as it was given.
    pub text: String,
    /// Its syntax tree, without tests unless they were asked for.
    pub file: File,
    pub(crate) imports: Imports,
    pub(crate) aliases: Aliases,
    /// Comments that silence rules.
    pub(crate) allows: Vec<Allow>,
    /// The expressions that macros are given, by where the macro begins.
    macros: HashMap<usize, Vec<Expr>>,
    /// The types of the fields of each struct.
    fields: HashMap<String, HashMap<String, Type>>,
}

/// Why a file cannot be read: one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Source {
    /// Reads the text of a file. `aliases` are those of its crate.
    ///
    /// # Errors
    /// One line that says where it is no Rust, or that it is nested too deeply for [`Options::depth`].
    pub fn read(text: String, aliases: &Aliases, options: Options) -> Result<Self, Unreadable> {
        // Places are told by thread and grow with every text.
        proc_macro2::extra::invalidate_current_thread_spans();
        let stream: TokenStream =
            without_first_line(&text)
                .parse()
                .map_err(|error: proc_macro2::LexError| {
                    Unreadable(format!("line {}: {error}", error.span().start().line))
                })?;
        if depth::bound(&stream) > options.depth {
            return Err(Unreadable("nested too deeply to be read".to_owned()));
        }
        let tokens = allow::tokens(&text, &stream);
        let mut file: File = syn::parse2(stream)
            .map_err(|error| Unreadable(format!("line {}: {error}", error.span().start().line)))?;
        let left_out = if options.tests {
            Vec::new()
        } else {
            leave_out_tests(&mut file)
        };
        let mut macros = Macros::default();
        macros.visit_file(&file);
        Ok(Self {
            imports: Imports::of(&file),
            aliases: aliases.clone(),
            allows: allow::of(&text, &tokens, &file, &left_out),
            macros: macros.exprs,
            fields: fields(&file),
            text,
            file,
        })
    }

    /// Where a piece of syntax stands, in bytes of the text.
    pub fn at(&self, node: &impl Spanned) -> Range<usize> {
        node.span().byte_range()
    }

    /// Whether the text has one of these words: a rule that needs one looks no further where it stands nowhere.
    pub fn mentions(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.contains(word))
    }

    /// Every function with a body, methods and functions in functions too.
    pub fn functions(&self) -> Vec<Function<'_>> {
        let mut all = AllFunctions {
            source: self,
            self_type: None,
            found: Vec::new(),
        };
        all.visit_file(&self.file);
        all.found
    }

    /// Every struct.
    pub fn structs(&self) -> Vec<&ItemStruct> {
        let mut all = AllStructs(Vec::new());
        all.visit_file(&self.file);
        all.0
    }

    /// The type of a field of a struct of this file.
    pub fn field(&self, of: &str, name: &str) -> Option<&Type> {
        self.fields.get(of)?.get(name)
    }

    /// Every expression of the file, outer ones first, in the order of the text; those that macros are given too.
    pub fn exprs(&self) -> Vec<&Expr> {
        let mut walk = self.walk();
        walk.visit_file(&self.file);
        walk.found
    }

    /// The same of one expression, which comes first.
    pub fn exprs_in<'a>(&'a self, expr: &'a Expr) -> Vec<&'a Expr> {
        let mut walk = self.walk();
        walk.visit_expr(expr);
        walk.found
    }

    /// The same of a block.
    pub fn exprs_in_block<'a>(&'a self, block: &'a Block) -> Vec<&'a Expr> {
        let mut walk = self.walk();
        walk.visit_block(block);
        walk.found
    }

    /// The same of a statement.
    pub fn exprs_in_statement<'a>(&'a self, statement: &'a Stmt) -> Vec<&'a Expr> {
        let mut walk = self.walk();
        walk.visit_stmt(statement);
        walk.found
    }

    /// The expressions that a macro is given, keys and values alike; none if they are no expressions.
    pub fn macro_exprs(&self, mac: &Macro) -> &[Expr] {
        self.macros
            .get(&self.at(&mac.path).start)
            .map_or(&[], Vec::as_slice)
    }

    /// What each macro is given, in no order.
    pub fn given_to_macros(&self) -> impl Iterator<Item = &[Expr]> {
        self.macros.values().map(Vec::as_slice)
    }

    fn walk(&self) -> Walk<'_> {
        Walk {
            source: self,
            found: Vec::new(),
        }
    }
}

/// The text with spaces in place of what is no token: a byte order mark, and a line that names an interpreter.
fn without_first_line(text: &str) -> String {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = &text[mark..];
    let line = if rest.starts_with("#!") && !rest[2..].trim_start().starts_with('[') {
        rest.find('\n').unwrap_or(rest.len())
    } else {
        0
    };
    format!("{}{}", " ".repeat(mark + line), &rest[line..])
}

struct AllFunctions<'a> {
    source: &'a Source,
    self_type: Option<&'a Type>,
    found: Vec<Function<'a>>,
}

impl<'a> Visit<'a> for AllFunctions<'a> {
    fn visit_item_impl(&mut self, block: &'a ItemImpl) {
        let outside = self.self_type.replace(&block.self_ty);
        visit::visit_item_impl(self, block);
        self.self_type = outside;
    }

    fn visit_item_trait(&mut self, item: &'a ItemTrait) {
        let outside = self.self_type.take();
        visit::visit_item_trait(self, item);
        self.self_type = outside;
    }

    fn visit_item_fn(&mut self, item: &'a ItemFn) {
        self.found
            .push(Function::new(self.source, &item.sig, &item.block, None));
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a ImplItemFn) {
        self.found.push(Function::new(
            self.source,
            &item.sig,
            &item.block,
            self.self_type,
        ));
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'a TraitItemFn) {
        if let Some(block) = &item.default {
            self.found
                .push(Function::new(self.source, &item.sig, block, None));
        }
        visit::visit_trait_item_fn(self, item);
    }
}

/// Of two structs of one name, in two modules, the first.
fn fields(file: &File) -> HashMap<String, HashMap<String, Type>> {
    let mut structs = AllStructs(Vec::new());
    structs.visit_file(file);
    let mut all = HashMap::new();
    for item in structs.0 {
        all.entry(item.ident.to_string()).or_insert_with(|| {
            item.fields
                .iter()
                .filter_map(|field| Some((field.ident.as_ref()?.to_string(), field.ty.clone())))
                .collect()
        });
    }
    all
}

struct AllStructs<'a>(Vec<&'a ItemStruct>);

impl<'a> Visit<'a> for AllStructs<'a> {
    fn visit_item_struct(&mut self, item: &'a ItemStruct) {
        self.0.push(item);
    }
}

struct Walk<'a> {
    source: &'a Source,
    found: Vec<&'a Expr>,
}

impl<'a> Visit<'a> for Walk<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        self.found.push(expr);
        visit::visit_expr(self, expr);
    }

    fn visit_macro(&mut self, mac: &'a Macro) {
        for expr in self.source.macro_exprs(mac) {
            self.visit_expr(expr);
        }
    }
}

/// Each macro in a macro is read anew: of more levels than people write this would take long.
const MACROS_IN_MACROS: usize = 32;

#[derive(Default)]
struct Macros {
    exprs: HashMap<usize, Vec<Expr>>,
    level: usize,
}

impl<'a> Visit<'a> for Macros {
    fn visit_macro(&mut self, mac: &'a Macro) {
        if self.level == MACROS_IN_MACROS {
            return;
        }
        self.level += 1;
        let exprs = exprs_of.parse2(mac.tokens.clone()).unwrap_or_default();
        for expr in &exprs {
            self.visit_expr(expr);
        }
        self.exprs.insert(mac.path.span().byte_range().start, exprs);
        self.level -= 1;
    }
}

/// The expressions of `vec![0; n]`, `println!("{a}", b)`, `inputs!["ids" => ids]`, `select! { x = next() => done(x) }`, or of
/// statements.
fn exprs_of(input: ParseStream) -> syn::Result<Vec<Expr>> {
    let fork = input.fork();
    if let Ok(exprs) = listed(&fork) {
        consume(input);
        return Ok(exprs);
    }
    let fork = input.fork();
    if let Ok(exprs) = arms(&fork) {
        consume(input);
        return Ok(exprs);
    }
    let block = Block::parse_within(input)?;
    Ok(vec![Expr::Block(syn::ExprBlock {
        attrs: Vec::new(),
        label: None,
        block: Block {
            brace_token: syn::token::Brace::default(),
            stmts: block,
        },
    })])
}

fn consume(input: ParseStream) {
    let _ = input.parse::<TokenStream>();
}

fn listed(input: ParseStream) -> syn::Result<Vec<Expr>> {
    let mut exprs = Vec::new();
    while !input.is_empty() {
        exprs.push(input.parse()?);
        if input.is_empty() {
            break;
        }
        if input.peek(Token![=>]) {
            input.parse::<Token![=>]>()?;
        } else if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
        } else {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(exprs)
}

fn arms(input: ParseStream) -> syn::Result<Vec<Expr>> {
    let mut exprs = Vec::new();
    while !input.is_empty() {
        if input.peek(syn::Ident) && input.peek2(Token![;]) {
            // `biased;`
            input.parse::<syn::Ident>()?;
            input.parse::<Token![;]>()?;
            continue;
        }
        if !(input.peek(Token![else]) && input.parse::<Token![else]>().is_ok()) {
            Pat::parse_multi(input)?;
            input.parse::<Token![=]>()?;
            exprs.push(input.parse()?);
            if input.peek(Token![,]) {
                input.parse::<Token![,]>()?;
                input.parse::<Token![if]>()?;
                exprs.push(input.parse()?);
            }
        }
        input.parse::<Token![=>]>()?;
        exprs.push(Expr::parse_with_earlier_boundary_rule(input)?);
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(exprs)
}
