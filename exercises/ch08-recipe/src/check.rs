//! What README.md promises. Not written yet.

use super::Recipe;
use super::recipe::Pooling;

#[test]
fn a_fingerprint_tells_every_part() {
    let recipe = Recipe {
        model: "encoder".into(),
        query_prefix: "query: ".into(),
        passage_prefix: "passage: ".into(),
        pooling: Pooling::Mean,
        normalize: true,
    };
    let other = Recipe {
        pooling: Pooling::Cls,
        ..recipe.clone()
    };
    assert_ne!(recipe.fingerprint(), other.fingerprint());
}

checks::earned!();
