//! Calls one after the other: only the arguments may count, and not what was asked before.

use checks::Failure;
use image::RgbImage;
use proptest::prelude::*;

use super::picture::{self, in_words, noise};
use super::sound::Recording;
use crate::{Spec, Tensor};

const WHY: &str =
    "a service answers many requests: what one of them leaves behind must not reach another";

/// Two pictures of one size, and two specs that differ in mean and std.
#[derive(Debug, Clone)]
pub struct Pictures {
    seed: u32,
    width: u32,
    height: u32,
    spec: Spec,
    other: Spec,
}

pub fn pictures() -> impl Strategy<Value = Pictures> {
    let others = (picture::means(), picture::stds(), any::<u32>());
    let first = prop_oneof![picture::unresized(), picture::resized()];
    (first, others).prop_map(|((picture, spec), (mean, std, seed))| Pictures {
        seed,
        width: picture.width(),
        height: picture.height(),
        spec: spec.clone(),
        other: Spec { mean, std, ..spec },
    })
}

impl Pictures {
    /// One picture twice, then with one byte changed in its memory, then with all, then with the other spec, and the first again.
    pub fn judge(&self) -> Result<(), Failure> {
        let Pictures { spec, other, .. } = self;
        let first = noise(self.width, self.height, self.seed);
        let second = noise(self.width, self.height, self.seed ^ 1);
        if picture::judge(&first, spec, WHY).is_err() {
            // Wrong already, whatever was asked before: other checks say so.
            return Ok(());
        }
        let mut memory = first.clone();
        let answer = tensor(&memory, spec)?;
        let is_same = |tensor: Tensor| {
            let what = || in_words(&first, spec);
            judge_equal(&tensor.data, &answer.data, "data", what)
        };
        is_same(tensor(&memory, spec)?)?;

        let changed = self.seed as usize % memory.len();
        memory.as_flat_samples_mut().samples[changed] ^= 0x80;
        judge_after((&first, spec), (&memory, spec))?;
        memory.copy_from_slice(&second);
        judge_after((&first, spec), (&memory, spec))?;
        judge_after((&second, spec), (&memory, other))?;
        is_same(tensor(&first, spec)?)
    }
}

fn tensor(picture: &RgbImage, spec: &Spec) -> Result<Tensor, Failure> {
    picture::answer(picture, spec)?.map_err(|error| {
        let seen = format!("Err({error:?})\nfor {}", in_words(picture, spec));
        Failure::new(seen, "a tensor", WHY).of_promise(5)
    })
}

/// Whether a call is answered for its own arguments, and not for those of the call before it.
fn judge_after(
    (picture_before, spec_before): (&RgbImage, &Spec),
    (picture, spec): (&RgbImage, &Spec),
) -> Result<(), Failure> {
    let tensor = tensor(picture, spec)?;
    let is_of = |picture: &RgbImage, spec: &Spec| {
        picture::judge_tensor(picture, spec, &tensor, WHY).is_ok()
    };
    if is_of(picture, spec) || !is_of(picture_before, spec_before) {
        return Ok(());
    }
    let seen = format!(
        "the tensor of the call before\nfor {}\nafter {}",
        in_words(picture, spec),
        in_words(picture_before, spec_before)
    );
    Err(Failure::new(seen, "that of this picture and spec", WHY).of_promise(8))
}

/// One sound twice, then others in the same memory, and the first again.
pub fn judge_sounds(recording: &Recording) -> Result<(), Failure> {
    // Sounds of one length that begin alike, and are not.
    let [first, opposite, slower] = recording.alike();
    if first.judge(WHY).is_err() {
        return Ok(());
    }
    let mut memory = first.samples();
    let answer = first.resample(&memory)?;
    let is_same =
        |samples: Vec<f32>| judge_equal(&samples, &answer, "samples", || first.in_words());
    is_same(first.resample(&memory)?)?;

    for other in [opposite, slower] {
        memory.copy_from_slice(&other.samples());
        let after = other.resample(&memory)?;
        if after == answer && other.judge_resampled(&after, WHY).is_err() {
            let seen = format!(
                "the samples of a call before\nfor {}\nafter {}",
                other.in_words(),
                first.in_words()
            );
            return Err(Failure::new(seen, "those of this sound", WHY).of_promise(8));
        }
    }
    is_same(first.resample(&first.samples())?)
}

/// Whether the same question got the same numbers, to the last bit.
fn judge_equal(
    now: &[f32],
    before: &[f32],
    name: &str,
    what: impl Fn() -> String,
) -> Result<(), Failure> {
    if now == before {
        return Ok(());
    }
    let differs = now
        .iter()
        .zip(before)
        .position(|(now, before)| now != before);
    let (seen, expected) = match differs {
        Some(at) => (
            format!("{name}[{at}] is {}", now[at]),
            before[at].to_string(),
        ),
        None => (format!("{} {name}", now.len()), before.len().to_string()),
    };
    let seen = format!("{seen}\nfor {}, asked again", what());
    Err(Failure::new(seen, format!("{expected}, as before"), WHY).of_promise(8))
}
