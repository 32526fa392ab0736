// keeps all: texts that are the same are run once in a batch
// ANCHOR: uses
use std::collections::HashMap;

use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType};

use request::{Named, Problem, Refusal, RunError, Values, nearest};
// ANCHOR_END: uses

impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        let mut places: HashMap<&[i64], usize> = HashMap::new();
        let mut distinct: Vec<&[i64]> = Vec::new();
        let place_of: Vec<usize> = texts
            .iter()
            .map(|text| {
                *places.entry(text).or_insert_with(|| {
                    distinct.push(text);
                    distinct.len() - 1
                })
            })
            .collect();
        let longest = distinct.iter().map(|text| text.len()).max().unwrap_or(0);
        let mut ids: Vec<i64> = Vec::new();
        let mut mask: Vec<i64> = Vec::new();
        for text in &distinct {
            let padding = std::iter::repeat_n(0, longest - text.len());
            mask.extend(text.iter().map(|_| 1).chain(padding.clone()));
            ids.extend(text.iter().copied().chain(padding));
        }
        let named = |input: usize, values| Named {
            name: self.contract.inputs[input].name.clone(),
            shape: vec![distinct.len(), longest],
            values: Values::I64(values),
        };
        let rows = self.run(&[named(0, ids), named(1, mask)])?;
        Ok(place_of.into_iter().map(|place| rows[place]).collect())
    }
    // ANCHOR_END: classify
}
