// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
// ANCHOR_END: uses
// ANCHOR: preprocess
/// The tensor of one picture, as the spec says.
///
/// # Errors
/// [`InputError::NoPixels`] and [`InputError::Normalization`].
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);
    let bytes = resized.into_raw();
    let (shape, step) = match spec.layout {
        Layout::Nchw => ([1, 3, height, width], width * height),
        Layout::Nhwc => ([1, height, width, 3], 1),
    };
    // The bytes are there: they only need the shape that the model has.
    let mut values = Vec::with_capacity(bytes.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let channel = at / step % 3;
        values.push((f32::from(byte) / 255.0 - spec.mean[channel]) / spec.std[channel]);
    }
    Ok(Tensor {
        shape,
        data: values,
    })
}
// ANCHOR_END: preprocess
