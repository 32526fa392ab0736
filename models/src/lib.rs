//! The bundled models and their tokenizer.
//!
//! The classifier is a bag of words: does a sentence speak well of a film, or ill? The encoder gives each token
//! numbers that depend on the tokens beside it. `models/README.md` tells where the words come from and how the
//! files are made again.

/// The classifier, an ONNX model (IR version 8, opset 17).
///
/// | | name | type | shape | |
/// |---|---|---|---|---|
/// | input | `input_ids` | int64 | `[batch, seq]` | ids of [`TOKENIZER`] |
/// | input | `attention_mask` | int64 | `[batch, seq]` | 1 for a token, 0 for padding |
/// | output | `logits` | float32 | `[batch, 2]` | negative, positive |
///
/// `batch` and `seq` are free.
pub const CLASSIFIER: &[u8] = include_bytes!("../classifier.onnx");

/// The encoder, an ONNX model (IR version 8, opset 17) with one layer of attention.
///
/// | | name | type | shape | |
/// |---|---|---|---|---|
/// | input | `input_ids` | int64 | `[batch, seq]` | ids of [`TOKENIZER`] |
/// | input | `attention_mask` | int64 | `[batch, seq]` | 1 for a token, 0 for padding |
/// | output | `last_hidden_state` | float32 | `[batch, seq, DIM]` | |
///
/// `batch` and `seq` are free, from 1 on. What a token's row is:
///
/// - It depends on the token and on all tokens of its text, and on no position: the order of the tokens and the
///   side of the padding change nothing but how sums are rounded, by less than a hundred thousandth.
/// - Padding under the mask has a share of exactly 0 in the attention of the others. Without the mask it has one.
/// - Padding has a row too, and it is not 0: whoever takes a mean leaves it out.
/// - A text of padding alone has finite rows, in which every place counts alike.
pub const ENCODER: &[u8] = include_bytes!("../encoder.onnx");

/// How many numbers the [`ENCODER`] gives each token.
pub const DIM: usize = 8;

/// The models' `tokenizer.json`: WordPiece, lower case. `[PAD]` is 0, `[UNK]` 1, `[CLS]` 2,
/// `[SEP]` 3; a sentence becomes `[CLS] … [SEP]`. Neither padding nor truncation is set.
pub const TOKENIZER: &str = include_str!("../tokenizer.json");

/// How many tokens there are: ids go from 0 to `VOCABULARY - 1`.
pub const VOCABULARY: usize = 1200;
