//! The bundled classifier and its tokenizer.
