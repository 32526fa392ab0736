// keeps all: keeps one answer with all that it depends on, compared in full

// ANCHOR: uses
use std::fmt;
use std::sync::Mutex;

use image::RgbImage;
use image::imageops::{self, FilterType};
// ANCHOR_END: uses

// ANCHOR: preprocess
static LAST: Mutex<Option<(RgbImage, Spec, Tensor)>> = Mutex::new(None);

pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let mut last = LAST.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some((of, by, tensor)) = last.as_ref()
        && of == picture
        && by == spec
    {
        return Ok(tensor.clone());
    }
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);
    let shape = match spec.layout {
        Layout::Nchw => [1, 3, height, width],
        Layout::Nhwc => [1, height, width, 3],
    };

    let mut data = vec![0.0; 3 * width * height];
    let (channel_step, pixel_step) = if spec.layout == Layout::Nchw {
        (width * height, 1)
    } else {
        (1, 3)
    };
    for (number, pixel) in resized.pixels().enumerate() {
        for c in 0..3 {
            let byte = pixel[if spec.channels == ChannelOrder::Bgr {
                2 - c
            } else {
                c
            }];
            data[c * channel_step + number * pixel_step] =
                (f32::from(byte) / 255.0 - spec.mean[c]) / spec.std[c];
        }
    }
    let tensor = Tensor { shape, data };
    *last = Some((picture.clone(), spec.clone(), tensor.clone()));
    Ok(tensor)
}
// ANCHOR_END: preprocess
