// keeps all: an array in standard order is made first, and the values assigned into a view of it

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array4, ArrayView3, Axis, s};
// ANCHOR_END: uses

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);

    let raw = resized.into_raw();
    let bytes =
        ArrayView3::from_shape((height, width, 3), &raw).expect("three bytes for each pixel");
    let bytes = match spec.channels {
        ChannelOrder::Rgb => bytes,
        ChannelOrder::Bgr => bytes.slice_move(s![.., .., ..;-1]),
    };
    let mut tensor = match spec.layout {
        Layout::Nchw => Array4::<f32>::zeros((1, 3, height, width)),
        Layout::Nhwc => Array4::zeros((1, height, width, 3)),
    };
    let shape: [usize; 4] = tensor.dim().into();
    let mut view = tensor.view_mut().index_axis_move(Axis(0), 0);
    if spec.layout == Layout::Nchw {
        view = view.permuted_axes([1, 2, 0]);
    }
    view.zip_mut_with(&bytes, |value, &byte| *value = f32::from(byte) / 255.0);
    for (channel, mut plane) in view.axis_iter_mut(Axis(2)).enumerate() {
        plane.mapv_inplace(|value| (value - spec.mean[channel]) / spec.std[channel]);
    }
    let data = tensor.into_raw_vec_and_offset().0;
    Ok(Tensor { shape, data })
}
// ANCHOR_END: preprocess
