// breaks 9: the mask may hold whatever is an id

impl Contract {
    // ANCHOR: new
    pub fn new(vocabulary: usize) -> Contract {
        let input = |name: &str| Input {
            name: name.into(),
            element: TensorElementType::Int64,
            rank: 2,
            least: 0,
            most: vocabulary as i64 - 1,
        };
        Contract {
            inputs: [input("input_ids"), input("attention_mask")],
        }
    }
    // ANCHOR_END: new
}
