//! What a request brings, and what can be wrong with it. Finished: nothing to edit here.

use std::fmt::{self, Display, Formatter};

use ort::value::TensorElementType;

/// A tensor with a name, as a client sent it.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The input that the client means.
    pub name: String,
    /// The length of each axis.
    pub shape: Vec<usize>,
    /// In row-major order: the last axis is the fastest. A wrong request has more or fewer than the shape has places.
    pub values: Values,
}

/// A tensor's values.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// int64
    I64(Vec<i64>),
    /// int32
    I32(Vec<i32>),
    /// float32
    F32(Vec<f32>),
}

impl Values {
    /// The type of each value.
    pub fn element(&self) -> TensorElementType {
        match self {
            Values::I64(_) => TensorElementType::Int64,
            Values::I32(_) => TensorElementType::Int32,
            Values::F32(_) => TensorElementType::Float32,
        }
    }

    /// How many values there are.
    pub fn count(&self) -> usize {
        match self {
            Values::I64(values) => values.len(),
            Values::I32(values) => values.len(),
            Values::F32(values) => values.len(),
        }
    }
}

/// One thing that is wrong with a request. `name` is the input that it is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// The model wants it, and it was not given.
    Missing {
        /// The input.
        name: String,
    },
    /// It was given, and the model has no such input. Names are compared letter by letter.
    Unknown {
        /// As it was given.
        name: String,
        /// The input that was probably meant: see [`nearest`].
        nearest: Option<String>,
    },
    /// It was given more than once.
    Duplicate {
        /// The input.
        name: String,
    },
    /// Its values are of another type.
    WrongType {
        /// The input.
        name: String,
        /// The type of the values.
        given: TensorElementType,
        /// The type that the model declares.
        wanted: TensorElementType,
    },
    /// It has another number of axes.
    WrongRank {
        /// The input.
        name: String,
        /// How many axes the shape has.
        given: usize,
        /// How many axes the model declares.
        wanted: usize,
    },
    /// Its shape has more or fewer places than there are values.
    NotFilled {
        /// The input.
        name: String,
        /// As it was given.
        shape: Vec<usize>,
        /// How many values there are.
        values: usize,
    },
    /// An axis is 0 long.
    Empty {
        /// The input.
        name: String,
        /// As it was given.
        shape: Vec<usize>,
    },
    /// `attention_mask` has another shape than `input_ids`.
    ShapesDiffer {
        /// The input.
        name: String,
        /// Its shape.
        given: Vec<usize>,
        /// The shape of `input_ids`.
        wanted: Vec<usize>,
    },
    /// A value that this input cannot have: one such value of several will do.
    OutOfRange {
        /// The input.
        name: String,
        /// The value.
        value: i64,
        /// The least that is allowed.
        least: i64,
        /// The greatest that is allowed.
        most: i64,
    },
}

/// Everything that is wrong with a request, or with a model: why it was not run, or not loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// In no particular order.
    pub problems: Vec<Problem>,
    /// What the model wants, for a person to read.
    pub wanted: String,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum RunError {
    /// The request breaks the contract and was not given to the model, or the model does not fit the contract and was not loaded.
    Refused(Refusal),
    /// The runtime failed on a request that keeps the contract, or did not load the model.
    Runtime(ort::Error),
}

/// The name of `wanted` that `name` was probably meant to be: at most three letters away.
pub fn nearest<'w>(name: &str, wanted: impl IntoIterator<Item = &'w str>) -> Option<String> {
    wanted
        .into_iter()
        .map(|wanted| {
            (
                strsim::damerau_levenshtein(&name.to_lowercase(), wanted),
                wanted,
            )
        })
        .filter(|(distance, _)| *distance <= 3)
        .min()
        .map(|(_, wanted)| wanted.to_owned())
}

impl Problem {
    /// The input that it is about.
    pub fn name(&self) -> &str {
        match self {
            Problem::Missing { name }
            | Problem::Unknown { name, .. }
            | Problem::Duplicate { name }
            | Problem::WrongType { name, .. }
            | Problem::WrongRank { name, .. }
            | Problem::NotFilled { name, .. }
            | Problem::Empty { name, .. }
            | Problem::ShapesDiffer { name, .. }
            | Problem::OutOfRange { name, .. } => name,
        }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ", self.name())?;
        match self {
            Problem::Missing { .. } => write!(f, "is missing"),
            Problem::Unknown { nearest, .. } => match nearest {
                Some(nearest) => write!(f, "is no input of the model: do you mean `{nearest}`?"),
                None => write!(f, "is no input of the model"),
            },
            Problem::Duplicate { .. } => write!(f, "is given more than once"),
            Problem::WrongType { given, wanted, .. } => write!(f, "is {given}, not {wanted}"),
            Problem::WrongRank { given, wanted, .. } => {
                let axes = if *given == 1 { "axis" } else { "axes" };
                write!(f, "has {given} {axes}, not {wanted}")
            }
            Problem::NotFilled { shape, values, .. } => {
                write!(f, "has the shape {shape:?}, but {values} values")
            }
            Problem::Empty { shape, .. } => write!(f, "is empty: its shape is {shape:?}"),
            Problem::ShapesDiffer { given, wanted, .. } => {
                write!(f, "has the shape {given:?}, but input_ids has {wanted:?}")
            }
            Problem::OutOfRange {
                value, least, most, ..
            } => write!(f, "holds {value}, which is not in {least}..={most}"),
        }
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            write!(f, "{problem}; ")?;
        }
        write!(f, "the model wants {}", self.wanted)
    }
}

impl Display for RunError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Refused(refusal) => refusal.fmt(f),
            RunError::Runtime(error) => write!(f, "the runtime failed: {error}"),
        }
    }
}

impl std::error::Error for Refusal {}

impl std::error::Error for RunError {}
