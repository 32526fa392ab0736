// breaks 2: values are assigned into an array, and the array is in the order of Fortran

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Array4, Axis, ShapeBuilder, aview1};
// ANCHOR_END: uses

// ANCHOR: preprocess
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
    let mut owned = Array4::zeros(values.dim().f());
    owned.assign(&values);
    Ok(Tensor {
        shape: values.dim().into(),
        data: owned.into_raw_vec_and_offset().0,
    })
}
// ANCHOR_END: preprocess
