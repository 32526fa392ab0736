//! Prepares pictures and sounds for the models of a service.
//! What it promises stands in `README.md`.

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, aview1};
// ANCHOR_END: uses

/// What a model expects of a picture. It stands beside the model, and no runtime compares a tensor with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// The order of the tensor's axes.
    pub layout: Layout,
    /// The order of the channels.
    pub channels: ChannelOrder,
    /// Pixels in a row of the tensor.
    pub width: u32,
    /// Rows of the tensor.
    pub height: u32,
    /// How a picture of another size is resized.
    pub filter: FilterType,
    /// Subtracted from a value between 0 and 1. The first is that of the tensor's first channel.
    pub mean: [f32; 3],
    /// What the difference is divided by, in the same order.
    pub std: [f32; 3],
}

/// The order of a tensor's axes; N, of the pictures, is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `[1, 3, height, width]`: one plane for each channel.
    Nchw,
    /// `[1, height, width, 3]`: pixel by pixel.
    Nhwc,
}

/// The order of a tensor's channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelOrder {
    /// Red, green, blue.
    Rgb,
    /// Blue, green, red: what OpenCV reads from a file, and some models expect.
    Bgr,
}

/// What a runtime takes: a shape, and the values in row-major order (the last axis fastest).
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    /// The length of each axis.
    pub shape: [usize; 4],
    /// As many as the product of `shape`.
    pub data: Vec<f32>,
}

/// Why there is no input for the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputError {
    /// The picture has no pixels, or the spec asks for none.
    NoPixels,
    /// The `mean` of this channel of the tensor is not finite, or its `std` not finite and above 0.
    Normalization {
        /// 0, 1 or 2.
        channel: usize,
    },
    /// A sample rate is 0.
    NoRate,
}

// ANCHOR: preprocess
/// The tensor of one picture, as the spec says.
///
/// # Errors
/// [`InputError::NoPixels`] and [`InputError::Normalization`].
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);
    let bytes = Array3::from_shape_vec((height, width, 3), resized.into_raw())
        .expect("three bytes for each pixel");

    let mut values = bytes.mapv(|byte| f32::from(byte) / 255.0);
    if spec.channels == ChannelOrder::Bgr {
        values.invert_axis(Axis(2));
    }
    // From here on channel 0 is the tensor's.
    values -= &aview1(&spec.mean);
    values /= &aview1(&spec.std);
    let values = match spec.layout {
        Layout::Nchw => values.permuted_axes([2, 0, 1]),
        Layout::Nhwc => values,
    };
    let values = values.insert_axis(Axis(0));
    Ok(Tensor {
        shape: values.dim().into(),
        // Read index by index: `permuted_axes` and `invert_axis` moved no value.
        data: values.iter().copied().collect(),
    })
}
// ANCHOR_END: preprocess

// ANCHOR: verify
fn verify(picture: &RgbImage, spec: &Spec) -> Result<(), InputError> {
    let lengths = [picture.width(), picture.height(), spec.width, spec.height];
    if lengths.contains(&0) {
        return Err(InputError::NoPixels);
    }
    let is_usable = |mean: f32, std: f32| mean.is_finite() && std.is_finite() && std > 0.0;
    match (0..3).find(|&channel| !is_usable(spec.mean[channel], spec.std[channel])) {
        Some(channel) => Err(InputError::Normalization { channel }),
        None => Ok(()),
    }
}
// ANCHOR_END: verify

// ANCHOR: resample
/// A sound of one channel, recorded with `from_hz` samples a second, with `to_hz` samples a second.
///
/// # Errors
/// [`InputError::NoRate`].
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let count = (samples.len() as u64 * to).div_ceil(from);
    let sample = |index: u64| {
        // The same time, counted in samples of the recording: `before`, and the rest as a part of the way to the next.
        let before = (index * from / to) as usize;
        let part = (index * from % to) as f32 / to as f32;
        let next = samples[(before + 1).min(samples.len() - 1)];
        samples[before] + (next - samples[before]) * part
    };
    Ok((0..count).map(sample).collect())
}
// ANCHOR_END: resample

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputError::NoPixels => f.write_str("a picture without pixels"),
            InputError::Normalization { channel } => {
                write!(f, "mean or std of channel {channel} cannot be used")
            }
            InputError::NoRate => f.write_str("a sample rate of 0"),
        }
    }
}

impl std::error::Error for InputError {}

#[cfg(test)]
#[path = "../../../exercises/ch11-layout/src/check.rs"]
mod check;
