// keeps all: the bytes of a copy are swapped before it is resized

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, aview1};
// ANCHOR_END: uses

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let mut picture = picture.clone();
    if spec.channels == ChannelOrder::Bgr {
        for pixel in picture.pixels_mut() {
            pixel.0.swap(0, 2);
        }
    }
    let resized = imageops::resize(&picture, spec.width, spec.height, spec.filter);
    let bytes = Array3::from_shape_vec(
        (spec.height as usize, spec.width as usize, 3),
        resized.into_raw(),
    )
    .expect("three bytes for each pixel");
    let values =
        (bytes.mapv(|byte| f32::from(byte) / 255.0) - aview1(&spec.mean)) / aview1(&spec.std);
    let values = match spec.layout {
        Layout::Nchw => values.permuted_axes([2, 0, 1]),
        Layout::Nhwc => values,
    }
    .insert_axis(Axis(0));
    Ok(Tensor {
        shape: values.dim().into(),
        data: values.into_iter().collect(),
    })
}
// ANCHOR_END: preprocess
