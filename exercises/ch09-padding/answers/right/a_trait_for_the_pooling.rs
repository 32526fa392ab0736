// keeps all: a generic fold over an own trait

// ANCHOR: means
trait Pooling {
    fn add(&mut self, token: &[f32]);
    fn finish(self) -> Option<Vec<f32>>;
}

#[derive(Default)]
struct Mean {
    sums: Vec<f64>,
    count: u32,
}

impl Pooling for Mean {
    fn add(&mut self, token: &[f32]) {
        self.sums.resize(token.len(), 0.0);
        self.count += 1;
        self.sums
            .iter_mut()
            .zip(token)
            .for_each(|(sum, &value)| *sum += f64::from(value));
    }

    fn finish(self) -> Option<Vec<f32>> {
        let count = f64::from(self.count);
        (self.count > 0).then(|| self.sums.iter().map(|sum| (sum / count) as f32).collect())
    }
}

fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    pooled::<Mean>(hidden, mask)
}

fn pooled<P: Pooling + Default>(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [rows, seq, dim] = hidden.shape;
    let mut pools: Vec<P> = std::iter::repeat_with(P::default).take(rows).collect();
    for (place, token) in hidden.values.chunks_exact(dim).enumerate() {
        if mask[place] != 0 {
            pools[place / seq].add(token);
        }
    }
    pools.into_iter().map(P::finish).collect()
}
// ANCHOR_END: means
