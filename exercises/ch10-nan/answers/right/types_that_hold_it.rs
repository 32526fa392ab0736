// keeps all: a type for each thing that is a number, made by `TryFrom`, and a macro for its order

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query = Direction::try_from(query).map_err(|()| Error::Query)?;
    let mut found: Vec<(Score, usize)> = Vec::new();
    let mut left_out = Vec::new();
    for (row, document) in documents.iter().enumerate() {
        let document = Direction::try_from(&document[..]);
        match document.ok().and_then(|document| query.angle_to(&document)) {
            Some(score) => found.push((score, row)),
            None => left_out.push(row),
        }
    }
    found.sort_by_key(|&(score, row)| (std::cmp::Reverse(score), row));
    found.truncate(limit);
    let hits = found
        .into_iter()
        .map(|(score, row)| Hit {
            row,
            score: score.0,
        })
        .collect();
    Ok(Ranking { hits, left_out })
}
// ANCHOR_END: rank

// ANCHOR: cosine
/// A unit vector.
struct Direction(Vec<f64>);

impl TryFrom<&[f32]> for Direction {
    type Error = ();

    fn try_from(vector: &[f32]) -> Result<Direction, ()> {
        let norm = vector
            .iter()
            .map(|&x| f64::from(x).powi(2))
            .sum::<f64>()
            .sqrt();
        match norm.classify() {
            std::num::FpCategory::Normal => Ok(Direction(
                vector.iter().map(|&x| f64::from(x) / norm).collect(),
            )),
            _ => Err(()),
        }
    }
}

impl Direction {
    fn angle_to(&self, other: &Direction) -> Option<Score> {
        (self.0.len() == other.0.len()).then(|| {
            let dot: f64 = self.0.iter().zip(&other.0).map(|(x, y)| x * y).sum();
            // `+ 0.0` makes 0.0 of -0.0.
            Score(dot as f32 + 0.0)
        })
    }
}

/// Never NaN.
#[derive(Clone, Copy)]
struct Score(f32);

macro_rules! order_by_number {
    ($name:ident) => {
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.total_cmp(&other.0)
            }
        }
        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.cmp(other).is_eq()
            }
        }
        impl Eq for $name {}
    };
}
order_by_number!(Score);
// ANCHOR_END: cosine
