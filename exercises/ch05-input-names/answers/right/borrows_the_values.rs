// keeps all: the runtime borrows the values of the request, under names that are written down
// ANCHOR: uses
use ort::session::Session;
use ort::value::{TensorElementType, TensorRef};

use request::{Named, Problem, Refusal, RunError, Values, nearest};
// ANCHOR_END: uses

impl Classifier {
    // ANCHOR: feed
    fn feed(&mut self, request: &[Named]) -> ort::Result<Vec<Logits>> {
        let tensor = |name: &str| {
            let given = request.iter().find(|given| given.name == name);
            let Some(Values::I64(values)) = given.map(|given| &given.values) else {
                return Err(ort::Error::new(format!("there is no int64 {name}")));
            };
            let shape = given.map(|given| given.shape.clone()).unwrap_or_default();
            TensorRef::from_array_view((shape, &values[..]))
        };
        let outputs = self.session.run(ort::inputs! {
            "attention_mask" => tensor("attention_mask")?,
            "input_ids" => tensor("input_ids")?,
        })?;
        let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
        let (rows, rest) = logits.as_chunks::<2>();
        assert!(rest.is_empty());
        Ok(rows.to_vec())
    }
    // ANCHOR_END: feed
}
