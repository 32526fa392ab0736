// keeps all: 256 values for each channel, looked up by the byte

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
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

    let table: Vec<[f32; 256]> = (0..3)
        .map(|c| {
            std::array::from_fn(|byte| {
                ((byte as f64 / 255.0 - f64::from(spec.mean[c])) / f64::from(spec.std[c])) as f32
            })
        })
        .collect();
    let raw = resized.into_raw();
    let channels: [usize; 3] = match spec.channels {
        ChannelOrder::Rgb => [0, 1, 2],
        ChannelOrder::Bgr => [2, 1, 0],
    };
    let value = |pixel: usize, c: usize| table[c][usize::from(raw[pixel * 3 + channels[c]])];
    let pixels = width * height;
    let data = match spec.layout {
        Layout::Nchw => (0..3 * pixels)
            .map(|place| value(place % pixels, place / pixels))
            .collect(),
        Layout::Nhwc => (0..3 * pixels)
            .map(|place| value(place / 3, place % 3))
            .collect(),
    };
    Ok(Tensor { shape, data })
}
// ANCHOR_END: preprocess
