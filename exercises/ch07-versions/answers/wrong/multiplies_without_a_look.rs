// breaks 1: a version with many digits overflows

// ANCHOR: version
/// Numbers, compared in order: as text, 1.9 would come after 1.24.
fn major_and_minor(version: &str) -> Option<(u64, u64)> {
    let mut parts = version.split('.').map(|part| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
        digits.then(|| {
            part.bytes()
                .fold(0_u32, |sum, byte| sum * 10 + u32::from(byte - b'0'))
        })
    });
    Some((parts.next()??.into(), parts.next()??.into()))
}
// ANCHOR_END: version
