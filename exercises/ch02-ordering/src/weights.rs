//! What the slot holds. Finished: nothing to edit here.

#[cfg(test)]
use checks_loom::Watched;

/// One version of a model's weights. It is never changed once it is made: a new version is a new value.
#[derive(Debug)]
pub struct Weights {
    version: u64,
    values: Vec<f32>,
    /// Under test: sees each access to the memory of these weights, whatever leads there.
    #[cfg(test)]
    memory: Watched,
}

impl Weights {
    /// Weights of the model's `version`, counted from 1; `values` has shape `[features]`.
    #[must_use]
    pub fn new(version: u64, values: Vec<f32>) -> Weights {
        Weights {
            version,
            values,
            #[cfg(test)]
            memory: Watched::new(format!("the weights of version {version}")),
        }
    }

    /// The model's version, counted from 1.
    #[must_use]
    pub fn version(&self) -> u64 {
        #[cfg(test)]
        self.memory.read();
        self.version
    }

    /// The dot product with `features`, shape `[features]`.
    #[must_use]
    pub fn score(&self, features: &[f32]) -> f32 {
        #[cfg(test)]
        self.memory.read();
        self.values
            .iter()
            .zip(features)
            .map(|(weight, feature)| weight * feature)
            .sum()
    }
}
