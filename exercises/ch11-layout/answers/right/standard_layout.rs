// keeps all: `as_standard_layout` moves the values before the memory is taken

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, aview1};
// ANCHOR_END: uses

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);

    let mut values = Array3::from_shape_vec((height, width, 3), resized.into_raw())
        .expect("three bytes for each pixel")
        .mapv(f32::from)
        / 255.0;
    if spec.channels == ChannelOrder::Bgr {
        values.invert_axis(Axis(2));
    }
    values = (values - aview1(&spec.mean)) / aview1(&spec.std);
    if spec.layout == Layout::Nchw {
        values = values.permuted_axes([2, 0, 1]);
    }
    let values = values
        .insert_axis(Axis(0))
        .as_standard_layout()
        .into_owned();
    let shape = values.dim().into();
    let (data, offset) = values.into_raw_vec_and_offset();
    let offset = offset.unwrap_or(0);
    Ok(Tensor {
        shape,
        data: data[offset..].to_vec(),
    })
}
// ANCHOR_END: preprocess
