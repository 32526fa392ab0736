// breaks 11: of the model's mask no rank is compared

impl Contract {
    // ANCHOR: model
    pub fn problems_with_model(&self, session: &Session) -> Vec<Problem> {
        let declared = session.inputs();
        let mut problems = Vec::new();
        for (place, input) in self.inputs.iter().enumerate() {
            let name = input.name.clone();
            let Some(declared) = declared.iter().find(|declared| declared.name() == name) else {
                problems.push(Problem::Unknown {
                    nearest: nearest(&name, declared.iter().map(|declared| declared.name())),
                    name,
                });
                continue;
            };
            let kind = declared.dtype();
            let element = kind.tensor_type().unwrap_or(TensorElementType::Undefined);
            if element != input.element {
                problems.push(Problem::WrongType {
                    name: name.clone(),
                    given: input.element,
                    wanted: element,
                });
            }
            let rank = kind.tensor_shape().map_or(0, |shape| shape.len());
            if place == 0 && rank != input.rank {
                problems.push(Problem::WrongRank {
                    name,
                    given: input.rank,
                    wanted: rank,
                });
            }
        }
        for declared in declared {
            if !self.names().any(|name| name == declared.name()) {
                problems.push(Problem::Missing {
                    name: declared.name().into(),
                });
            }
        }
        problems
    }
    // ANCHOR_END: model
}
