// keeps all: keeps what it made under a text of all bytes and of the spec, and forgets the oldest of eight

// ANCHOR: uses
use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;

use image::RgbImage;
use image::imageops::{self, FilterType};
// ANCHOR_END: uses

// ANCHOR: preprocess
static KEPT: Mutex<VecDeque<(Vec<u8>, Tensor)>> = Mutex::new(VecDeque::new());

pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let mut key = format!("{:?} {spec:?} ", picture.dimensions()).into_bytes();
    key.extend_from_slice(picture.as_raw());
    let mut kept = KEPT.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some((_, tensor)) = kept.iter().find(|(of, _)| *of == key) {
        return Ok(tensor.clone());
    }
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
                    Layout::Nhwc => (y * width + x) * 3 + c,
                };
                data[place] = (f32::from(byte) / 255.0 - spec.mean[c]) / spec.std[c];
            }
        }
    }
    let tensor = Tensor { shape, data };
    if kept.len() == 8 {
        kept.pop_front();
    }
    kept.push_back((key, tensor.clone()));
    Ok(tensor)
}
// ANCHOR_END: preprocess
