// keeps all: takes the picture apart, resizes three grey ones, and puts them together

// ANCHOR: uses
use std::fmt;

use image::imageops::{self, FilterType};
use image::{GrayImage, Luma, RgbImage};
// ANCHOR_END: uses

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let (width, height) = (spec.width as usize, spec.height as usize);
    let planes = [0, 1, 2].map(|c| {
        let from = match spec.channels {
            ChannelOrder::Rgb => c,
            ChannelOrder::Bgr => 2 - c,
        };
        let grey = GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
            Luma([picture.get_pixel(x, y)[from]])
        });
        imageops::resize(&grey, spec.width, spec.height, spec.filter)
    });
    let value = |c: usize, pixel: usize| {
        (f32::from(planes[c].as_raw()[pixel]) / 255.0 - spec.mean[c]) / spec.std[c]
    };
    let mut data = Vec::new();
    let shape = match spec.layout {
        Layout::Nchw => [1, 3, height, width],
        Layout::Nhwc => [1, height, width, 3],
    };

    let mut index = [0; 4];
    'places: loop {
        let [c, y, x] = match spec.layout {
            Layout::Nchw => [index[1], index[2], index[3]],
            Layout::Nhwc => [index[3], index[1], index[2]],
        };
        data.push(value(c, y * width + x));
        for axis in (0..4).rev() {
            index[axis] += 1;
            if index[axis] < shape[axis] {
                continue 'places;
            }
            index[axis] = 0;
        }
        return Ok(Tensor { shape, data });
    }
}
// ANCHOR_END: preprocess
