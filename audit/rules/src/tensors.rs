//! What the tensors of a text model are, by their names.

use crate::function::has_word;

/// Which input a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    Ids,
    Mask,
    Types,
    Positions,
}

/// The input that a name stands for, if it is one: `attention_mask`, `ids`, `token_type_ids`.
pub fn input(name: &str) -> Option<Input> {
    if has_word(name, &["mask", "masks"]) {
        Some(Input::Mask)
    } else if has_word(name, &["type", "types", "segment"]) && has_word(name, &["ids", "id"]) {
        Some(Input::Types)
    } else if has_word(name, &["position", "positions"]) {
        Some(Input::Positions)
    } else if has_word(name, &["ids", "tokens"]) {
        Some(Input::Ids)
    } else {
        None
    }
}
