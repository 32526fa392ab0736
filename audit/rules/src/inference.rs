//! What is a model, and what calls one: by the names that crates for inference have for them.

use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, GenericParam, Generics, Item, TraitItem, Type, TypeParamBound};

use crate::function::{Function, has_word};
use crate::source::Source;

/// Ends of the names of types that are a model, or run one.
const MODELS: &[&str] = &[
    "Model",
    "Embedder",
    "TextEmbedding",
    "ImageEmbedding",
    "TextRerank",
    "Reranker",
    "InferenceSession",
    "OrtSession",
    "Transcriber",
    "WhisperContext",
    "WhisperState",
    "LlamaContext",
];

/// Types that end so and are none: they describe one.
const NO_MODELS: &[&str] = &[
    "ViewModel",
    "DataModel",
    "ListModel",
    "TreeModel",
    "EmbeddingModel",
    "ColorModel",
];

/// Words of a name that stands for a model.
const MODEL_WORDS: &[&str] = &[
    "session",
    "sessions",
    "model",
    "models",
    "encoder",
    "decoder",
    "embedder",
    "reranker",
    "backend",
    "classifier",
    "bert",
    "llm",
    "ort",
];

/// Methods that run a model and little else.
const RUNS: &[&str] = &[
    "forward",
    "forward_t",
    "embed",
    "embed_batch",
    "embed_query",
    "embed_documents",
    "infer",
    "predict",
    "rerank",
    "run_inference",
    "transcribe",
];

/// Methods that run what they are called on: a model, if that is one.
const MAY_RUN: &[&str] = &[
    "run",
    "run_with_options",
    "run_binding",
    "generate",
    "encode",
    "process",
    "classify",
];

/// The names that a rule asks about again and again, of one file.
pub struct Inference<'a> {
    source: &'a Source,
    uses_runtime: bool,
    parameters: Vec<String>,
}

impl<'a> Inference<'a> {
    /// Those of a file.
    pub fn of(source: &'a Source) -> Self {
        let mut inference = Self {
            source,
            uses_runtime: source.uses_crate("ort"),
            parameters: Vec::new(),
        };
        let mut parameters = Parameters {
            traits: traits_that_run(source),
            found: Vec::new(),
        };
        parameters.visit_file(&source.file);
        inference.parameters = parameters.found;
        inference
    }

    /// The name of the model that a type is, or is a pointer to: `Session` of `Arc<Option<Session>>`.
    pub fn model(&self, ty: &Type) -> Option<String> {
        let ty = self.source.expanded(ty);
        if let Type::TraitObject(object) = &ty {
            return object.bounds.iter().find_map(|bound| match bound {
                TypeParamBound::Trait(bound) => {
                    let name = bound.path.segments.last()?.ident.to_string();
                    self.is_model(&name).then_some(name)
                }
                _ => None,
            });
        }
        let name = self.source.type_name(&ty)?;
        if ["Option", "Arc", "Rc", "Box", "ManuallyDrop"].contains(&name.as_str()) {
            return self.model(self.source.type_arguments(&ty).first()?);
        }
        self.is_model(&name).then_some(name)
    }

    fn is_model(&self, name: &str) -> bool {
        name == "Session" && self.uses_runtime
            || self.parameters.iter().any(|parameter| parameter == name)
            || MODELS.iter().any(|end| name.ends_with(end))
                && !NO_MODELS.iter().any(|end| name.ends_with(end))
    }

    /// Whether a call runs a model: `session.run(..)`, `self.bert.forward(..)`.
    pub fn is_run(&self, function: &Function, call: &ExprMethodCall) -> bool {
        let method = call.method.to_string();
        let method = method.as_str();
        if RUNS.contains(&method) {
            return !call.args.is_empty();
        }
        self.may_run(call)
            && (self.is_called_model(&call.receiver)
                || function
                    .type_of(&call.receiver)
                    .is_some_and(|ty| self.model(&ty).is_some()))
    }

    /// Whether a call runs a model if it is called on one: `x.run(..)`.
    pub fn may_run(&self, call: &ExprMethodCall) -> bool {
        MAY_RUN.iter().any(|name| call.method == name) && !call.args.is_empty()
    }

    /// Whether the name of an expression is that of a model, as of `self.sessions[next]` and `model.lock().unwrap()`.
    pub fn is_called_model(&self, expr: &Expr) -> bool {
        last_name(expr).is_some_and(|name| names_a_model(&name))
    }
}

/// Whether a name is that of a model: `session`, `text_encoder`.
pub fn names_a_model(name: &str) -> bool {
    has_word(name, MODEL_WORDS)
}

/// The last name of what is called on: `sessions` of `self.sessions[next].lock().unwrap()`.
pub fn last_name(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Index(index) => last_name(&index.expr),
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "lock" | "write" | "read" | "borrow_mut" | "borrow" | "unwrap" | "expect"
            | "as_mut" | "as_ref" | "get_mut" | "unwrap_or_else" | "clone" | "blocking_lock"
            | "try_lock" | "get" => last_name(&call.receiver),
            method => Some(method.to_owned()),
        },
        Expr::Await(wait) => last_name(&wait.base),
        Expr::Try(tried) => last_name(&tried.expr),
        Expr::Paren(paren) => last_name(&paren.expr),
        Expr::Reference(reference) => last_name(&reference.expr),
        Expr::Unary(unary) => last_name(&unary.expr),
        _ => crate::function::name_of(expr),
    }
}

/// The traits of this file that have a method which runs a model.
fn traits_that_run(source: &Source) -> Vec<String> {
    source
        .file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Trait(item) => Some(item),
            _ => None,
        })
        .filter(|item| {
            item.items.iter().any(|method| {
                matches!(method, TraitItem::Fn(method) if {
                    let name = method.sig.ident.to_string();
                    method.sig.receiver().is_some() && (name == "run" || RUNS.contains(&name.as_str()))
                })
            })
        })
        .map(|item| item.ident.to_string())
        .collect()
}

/// The type parameters that stand for a model: `B` of `impl<B: Backend>`.
struct Parameters {
    traits: Vec<String>,
    found: Vec<String>,
}

impl<'a> Visit<'a> for Parameters {
    fn visit_generics(&mut self, generics: &'a Generics) {
        for parameter in &generics.params {
            if let GenericParam::Type(parameter) = parameter
                && parameter.bounds.iter().any(|bound| {
                    matches!(bound, TypeParamBound::Trait(bound)
                        if bound.path.segments.last().is_some_and(|last| self.traits.contains(&last.ident.to_string())))
                })
            {
                self.found.push(parameter.ident.to_string());
            }
        }
        visit::visit_generics(self, generics);
    }
}
