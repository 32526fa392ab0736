//! The bundled classifier and its tokenizer.
//!
//! A bag of words: does a sentence speak well of a film, or ill? `models/README.md` tells where the
//! words come from and how both files are made again.

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

/// The classifier's `tokenizer.json`: WordPiece, lower case. `[PAD]` is 0, `[UNK]` 1, `[CLS]` 2,
/// `[SEP]` 3; a sentence becomes `[CLS] … [SEP]`. Neither padding nor truncation is set.
pub const TOKENIZER: &str = include_str!("../tokenizer.json");

/// How many tokens there are: ids go from 0 to `VOCABULARY - 1`.
pub const VOCABULARY: usize = 1200;
