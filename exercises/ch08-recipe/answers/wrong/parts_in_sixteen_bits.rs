// breaks 6: a hash of sixteen bits

// ANCHOR: fingerprint
impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        let text = format!("{self:?}");
        let hash = text.bytes().fold(0xcbf29ce484222325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100000001b3)
        });
        format!("{:04x}", (hash >> 40) as u16)
    }
}
// ANCHOR_END: fingerprint
