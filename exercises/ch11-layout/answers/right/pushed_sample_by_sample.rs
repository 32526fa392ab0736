// keeps all: goes through the recording once and gives out what lies before the next sample

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, aview1};
use std::num::NonZeroU32;
// ANCHOR_END: uses

// ANCHOR: resample
struct Line {
    from: u64,
    to: u64,
    given: u64,
}
impl Line {
    fn push(&mut self, number: u64, pair: [f32; 2], out: &mut Vec<f32>) {
        // Sample `given` lies at given / to, and the pair between number / from and (number + 1) / from.
        while self.given * self.from < (number + 1) * self.to {
            let part = (self.given * self.from - number * self.to) as f64 / self.to as f64;
            out.push(pair[0] + (pair[1] - pair[0]) * part as f32);
            self.given += 1;
        }
    }
}
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    let [Some(from), Some(to)] = [from_hz, to_hz].map(NonZeroU32::new) else {
        return Err(InputError::NoRate);
    };
    let mut line = Line {
        from: u64::from(from.get()),
        to: u64::from(to.get()),
        given: 0,
    };
    let mut out = Vec::new();
    let mut number = 0;
    let mut rest = samples;
    while let [this, after @ ..] = rest {
        line.push(number, [*this, *after.first().unwrap_or(this)], &mut out);
        number += 1;
        rest = after;
    }
    Ok(out)
}
// ANCHOR_END: resample
