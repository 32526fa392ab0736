// keeps all: the derived text of the recipe

// ANCHOR: fingerprint
impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        format!("{self:?}")
    }
}
// ANCHOR_END: fingerprint
