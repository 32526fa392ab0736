// breaks 15: all classifiers share the logits of texts that came before

// ANCHOR: uses
use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType};

use std::collections::HashMap;
use std::sync::Mutex;

use request::{Named, Problem, Refusal, RunError, Values, nearest};
// ANCHOR_END: uses

// ANCHOR: classifier
static SEEN: Mutex<Option<HashMap<Vec<Vec<i64>>, Vec<Logits>>>> = Mutex::new(None);

/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
}
// ANCHOR_END: classifier

impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let padded = |row: &dyn Fn(&Vec<i64>) -> Vec<i64>| {
            let mut values = Vec::new();
            for text in texts {
                values.extend(row(text));
                values.resize(values.len() + longest - text.len(), 0);
            }
            Values::I64(values)
        };
        let named = |name: &str, values| Named {
            name: name.into(),
            shape: vec![texts.len(), longest],
            values,
        };
        if let Some(rows) = SEEN.lock().unwrap().get_or_insert_default().get(texts) {
            return Ok(rows.clone());
        }
        let rows = self.run(&[
            named("input_ids", padded(&|text| text.clone())),
            named("attention_mask", padded(&|text| vec![1; text.len()])),
        ])?;
        SEEN.lock()
            .unwrap()
            .get_or_insert_default()
            .insert(texts.to_vec(), rows.clone());
        Ok(rows)
    }
    // ANCHOR_END: classify
}
