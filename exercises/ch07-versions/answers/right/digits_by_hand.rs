// keeps all: digits are read one by one, in a number so wide that it cannot overflow

// ANCHOR: version
/// Digits up to the second dot; a number that is too large stays the largest.
fn major_and_minor(version: &str) -> Option<(u64, u64)> {
    let mut numbers = [None, None];
    let mut at = 0;
    for byte in version.bytes() {
        match byte {
            b'.' if at == 1 => break,
            b'.' => at = 1,
            b'0'..=b'9' => {
                let before: u64 = numbers[at].unwrap_or(0);
                let digit = u64::from(byte - b'0');
                numbers[at] = Some(before.saturating_mul(10).saturating_add(digit));
            }
            _ => return None,
        }
    }
    numbers[0].zip(numbers[1])
}
// ANCHOR_END: version
