// keeps all: A type of its own sums the history, and is collected from an iterator.

// ANCHOR: mean
/// A sum of cents and of how many.
#[derive(Default)]
struct Mean {
    cents: u64,
    count: u32,
}

impl<'a> FromIterator<&'a u32> for Mean {
    fn from_iter<I: IntoIterator<Item = &'a u32>>(cents: I) -> Mean {
        let mut mean = Mean::default();
        for &value in cents {
            mean.cents += u64::from(value);
            mean.count += 1;
        }
        mean
    }
}

impl From<Mean> for f64 {
    fn from(mean: Mean) -> f64 {
        mean.cents as f64 / f64::from(mean.count.max(1))
    }
}

/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    cents.iter().collect::<Mean>().into()
}
// ANCHOR_END: mean
