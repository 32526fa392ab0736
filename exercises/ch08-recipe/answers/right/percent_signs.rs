// keeps all: parts between strokes, with strokes and percent signs escaped

// ANCHOR: fingerprint
impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        let escaped = |part: &str| part.replace('%', "%25").replace('|', "%7C");
        let parts = [
            escaped(&self.model),
            escaped(&self.query_prefix),
            escaped(&self.passage_prefix),
            (self.pooling as u8).to_string(),
            self.normalize.to_string(),
        ];
        parts.join("|")
    }
}
// ANCHOR_END: fingerprint
