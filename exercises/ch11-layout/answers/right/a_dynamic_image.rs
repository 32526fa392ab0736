// keeps all: `resize_exact` of a dynamic image, and the last bad channel is the one that is named

// ANCHOR: uses
use std::fmt;

use image::imageops::FilterType;
use image::{DynamicImage, RgbImage};
use ndarray::{Array3, Axis, Zip};
// ANCHOR_END: uses

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = DynamicImage::from(picture.clone())
        .resize_exact(spec.width, spec.height, spec.filter)
        .into_rgb8();
    let (width, height) = (spec.width as usize, spec.height as usize);
    let mut bytes = Array3::from_shape_vec((height, width, 3), resized.into_raw())
        .expect("three bytes for each pixel");
    if spec.channels == ChannelOrder::Bgr {
        bytes.invert_axis(Axis(2));
    }
    let mut values = Array3::<f32>::zeros(bytes.raw_dim());
    Zip::indexed(&mut values)
        .and(&bytes)
        .for_each(|(_, _, c), value, &byte| {
            *value = (f32::from(byte) / 255.0 - spec.mean[c]) / spec.std[c]
        });
    let values = match spec.layout {
        Layout::Nchw => values.permuted_axes([2, 0, 1]),
        Layout::Nhwc => values,
    };
    let (a, b, c) = values.dim();
    Ok(Tensor {
        shape: [1, a, b, c],
        data: values.into_iter().collect(),
    })
}
// ANCHOR_END: preprocess

// ANCHOR: verify
fn verify(picture: &RgbImage, spec: &Spec) -> Result<(), InputError> {
    for channel in (0..3).rev() {
        if !spec.mean[channel].is_finite()
            || !(spec.std[channel] > 0.0 && spec.std[channel] < f32::INFINITY)
        {
            return Err(InputError::Normalization { channel });
        }
    }
    match picture.len() == 0 || spec.width.min(spec.height) == 0 {
        true => Err(InputError::NoPixels),
        false => Ok(()),
    }
}
// ANCHOR_END: verify
