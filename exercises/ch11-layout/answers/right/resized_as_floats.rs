// keeps all: resizes numbers between 0 and 1 and rounds to no byte

// ANCHOR: uses
use std::fmt;

use image::imageops::{self, FilterType};
use image::{Rgb, Rgb32FImage, RgbImage};
// ANCHOR_END: uses

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let floats = Rgb32FImage::from_fn(picture.width(), picture.height(), |x, y| {
        Rgb(picture
            .get_pixel(x, y)
            .0
            .map(|byte| f32::from(byte) / 255.0))
    });
    let resized = imageops::resize(&floats, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);
    let shape = match spec.layout {
        Layout::Nchw => [1, 3, height, width],
        Layout::Nhwc => [1, height, width, 3],
    };

    let order = if spec.channels == ChannelOrder::Rgb {
        [0, 1, 2]
    } else {
        [2, 1, 0]
    };
    let mut data = Vec::with_capacity(3 * width * height);
    match spec.layout {
        Layout::Nchw => {
            for c in 0..3 {
                data.extend(
                    resized
                        .pixels()
                        .map(|pixel| (pixel[order[c]] - spec.mean[c]) / spec.std[c]),
                );
            }
        }
        Layout::Nhwc => {
            for pixel in resized.pixels() {
                data.extend((0..3).map(|c| (pixel[order[c]] - spec.mean[c]) / spec.std[c]));
            }
        }
    }
    Ok(Tensor { shape, data })
}
// ANCHOR_END: preprocess
