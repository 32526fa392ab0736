// keeps all: goes through the pixels as they come and pushes each channel to its own plane

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

    let mut planes: [Vec<f32>; 3] = std::array::from_fn(|_| Vec::with_capacity(width * height));
    for pixel in resized.pixels() {
        let mut pixel = pixel.0;
        if spec.channels == ChannelOrder::Bgr {
            pixel.reverse();
        }
        for (c, plane) in planes.iter_mut().enumerate() {
            plane.push((f32::from(pixel[c]) / 255.0 - spec.mean[c]) / spec.std[c]);
        }
    }
    let data = match spec.layout {
        Layout::Nchw => planes.concat(),
        Layout::Nhwc => {
            let [first, second, third] = planes;
            first
                .into_iter()
                .zip(second)
                .zip(third)
                .flat_map(|((a, b), c)| [a, b, c])
                .collect()
        }
    };
    Ok(Tensor { shape, data })
}
// ANCHOR_END: preprocess
