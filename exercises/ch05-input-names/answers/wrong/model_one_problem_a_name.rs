// breaks 11: of each input of the model one problem is told

impl Contract {
    // ANCHOR: model
    /// What is wrong between this contract and the inputs that `session` declares: names, types and
    /// ranks. [`Problem::Missing`] is an input of the model that the contract does not feed,
    /// [`Problem::Unknown`] one of the contract that the model does not have.
    pub fn problems_with_model(&self, session: &Session) -> Vec<Problem> {
        let declared = session.inputs();
        let mut problems = Vec::new();
        for input in &self.inputs {
            let name = input.name.clone();
            let Some(declared) = declared.iter().find(|declared| declared.name() == name) else {
                problems.push(Problem::Unknown {
                    nearest: nearest(&name, declared.iter().map(|declared| declared.name())),
                    name,
                });
                continue;
            };
            // A sequence or a map of tensors has neither of the two.
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
            if rank != input.rank {
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
        problems.dedup_by(|one, other| one.name() == other.name());
        problems
    }
    // ANCHOR_END: model
}
