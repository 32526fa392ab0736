// breaks 2: pixel by pixel, down each column

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

    let mut data = vec![0.0; 3 * width * height];
    for y in 0..height {
        for x in 0..width {
            for c in 0..3 {
                let byte = resized.get_pixel(x as u32, y as u32)[match spec.channels {
                    ChannelOrder::Rgb => c,
                    ChannelOrder::Bgr => 2 - c,
                }];
                let place = match spec.layout {
                    Layout::Nchw => (c * height + y) * width + x,
                    Layout::Nhwc => (x * height + y) * 3 + c,
                };
                data[place] = (f32::from(byte) / 255.0 - spec.mean[c]) / spec.std[c];
            }
        }
    }
    Ok(Tensor { shape, data })
}
// ANCHOR_END: preprocess
