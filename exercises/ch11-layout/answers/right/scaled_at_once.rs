// keeps all: one multiplication and one addition for each byte

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::Array4;
// ANCHOR_END: uses

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);
    let shape = match spec.layout {
        Layout::Nchw => [1, 3, height, width],
        Layout::Nhwc => [1, height, width, 3],
    };

    let scale = spec.std.map(|std| 1.0 / (255.0 * std));
    let shift: [f32; 3] = std::array::from_fn(|c| -spec.mean[c] / spec.std[c]);
    let value = |y: usize, x: usize, c: usize| {
        let pixel = resized.get_pixel(x as u32, y as u32).0;
        let byte = if spec.channels == ChannelOrder::Bgr {
            pixel[2 - c]
        } else {
            pixel[c]
        };
        f32::from(byte).mul_add(scale[c], shift[c])
    };
    let data = match spec.layout {
        Layout::Nchw => Array4::from_shape_fn(shape, |(_, c, y, x)| value(y, x, c)),
        Layout::Nhwc => Array4::from_shape_fn(shape, |(_, y, x, c)| value(y, x, c)),
    };
    Ok(Tensor {
        shape,
        data: data.into_iter().collect(),
    })
}
// ANCHOR_END: preprocess
