// keeps all: a trait gives the place, and a generic function writes there

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
// ANCHOR_END: uses

// ANCHOR: preprocess
trait Place {
    fn shape(height: usize, width: usize) -> [usize; 4];
    fn index(indices: [usize; 3]) -> [usize; 4];
}
struct Planes;
struct Pixels;
impl Place for Planes {
    fn shape(height: usize, width: usize) -> [usize; 4] {
        [1, 3, height, width]
    }
    fn index([c, y, x]: [usize; 3]) -> [usize; 4] {
        [0, c, y, x]
    }
}
impl Place for Pixels {
    fn shape(height: usize, width: usize) -> [usize; 4] {
        [1, height, width, 3]
    }
    fn index([c, y, x]: [usize; 3]) -> [usize; 4] {
        [0, y, x, c]
    }
}
fn fill<P: Place>(resized: &RgbImage, spec: &Spec) -> Tensor {
    let shape = P::shape(resized.height() as usize, resized.width() as usize);
    let mut data = vec![f32::NAN; shape.iter().product()];
    for (x, y, pixel) in resized.enumerate_pixels() {
        for (from, &byte) in pixel.0.iter().enumerate() {
            let c = if spec.channels == ChannelOrder::Bgr {
                2 - from
            } else {
                from
            };
            let index = P::index([c, y as usize, x as usize]);
            let place = index
                .iter()
                .zip(shape)
                .fold(0, |place, (&index, length)| place * length + index);
            data[place] = (f32::from(byte) / 255.0 - spec.mean[c]) / spec.std[c];
        }
    }
    Tensor { shape, data }
}
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    Ok(match spec.layout {
        Layout::Nchw => fill::<Planes>(&resized, spec),
        Layout::Nhwc => fill::<Pixels>(&resized, spec),
    })
}
// ANCHOR_END: preprocess
