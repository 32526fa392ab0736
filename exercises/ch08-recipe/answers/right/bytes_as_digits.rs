// keeps all: a macro writes each part as hexadecimal digits

// ANCHOR: fingerprint
macro_rules! parts {
    ($recipe:expr, $($part:ident),*) => {{
        let Recipe { $($part),* } = $recipe;
        let mut digits = String::new();
        $(
            for byte in format!("{:?}", $part).bytes() {
                digits += &format!("{byte:02x}");
            }
            digits.push('-');
        )*
        digits
    }};
}

impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        parts!(
            self,
            normalize,
            pooling,
            model,
            passage_prefix,
            query_prefix
        )
    }
}
// ANCHOR_END: fingerprint
