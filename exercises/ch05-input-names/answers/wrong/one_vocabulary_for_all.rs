// breaks 9: the first vocabulary is kept for all contracts

impl Contract {
    // ANCHOR: new
    /// The contract of a model whose ids go from 0 to `vocabulary - 1`.
    pub fn new(vocabulary: usize) -> Contract {
        static FIRST: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
        let vocabulary = *FIRST.get_or_init(|| vocabulary);
        let input = |name: &str, most| Input {
            name: name.into(),
            element: TensorElementType::Int64,
            rank: 2,
            least: 0,
            most,
        };
        Contract {
            inputs: [
                input("input_ids", vocabulary as i64 - 1),
                input("attention_mask", 1),
            ],
        }
    }
    // ANCHOR_END: new
}
