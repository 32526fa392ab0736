// breaks 4: resizes what has mean and std already, and `image` cuts it to 0 and 1

// ANCHOR: uses
use std::fmt;

use image::imageops::{self, FilterType};
use image::{Rgb, Rgb32FImage, RgbImage};
// ANCHOR_END: uses

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let floats = Rgb32FImage::from_fn(picture.width(), picture.height(), |x, y| {
        let mut pixel = picture.get_pixel(x, y).0;
        if spec.channels == ChannelOrder::Bgr {
            pixel.reverse();
        }
        Rgb(std::array::from_fn(|c| {
            (f32::from(pixel[c]) / 255.0 - spec.mean[c]) / spec.std[c]
        }))
    });
    let resized = imageops::resize(&floats, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);
    let shape = match spec.layout {
        Layout::Nchw => [1, 3, height, width],
        Layout::Nhwc => [1, height, width, 3],
    };

    let data = match spec.layout {
        Layout::Nchw => (0..3)
            .flat_map(|c| resized.pixels().map(move |pixel| pixel[c]))
            .collect(),
        Layout::Nhwc => resized.into_raw(),
    };
    Ok(Tensor { shape, data })
}
// ANCHOR_END: preprocess
