// breaks 1: each row is filled up to a multiple of four values, as a bitmap has it

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

    let mut data = Vec::new();
    let (rows, length) = match spec.layout {
        Layout::Nchw => (3 * height, width),
        Layout::Nhwc => (height, 3 * width),
    };
    for row in 0..rows {
        for place in row * length..(row + 1) * length {
            let (pixel, c) = match spec.layout {
                Layout::Nchw => (place % (width * height), place / (width * height)),
                Layout::Nhwc => (place / 3, place % 3),
            };
            let from = match spec.channels {
                ChannelOrder::Rgb => c,
                ChannelOrder::Bgr => 2 - c,
            };
            data.push(
                (f32::from(resized.as_raw()[pixel * 3 + from]) / 255.0 - spec.mean[c])
                    / spec.std[c],
            );
        }
        data.resize(data.len().next_multiple_of(4), 0.0);
    }
    Ok(Tensor { shape, data })
}
// ANCHOR_END: preprocess
