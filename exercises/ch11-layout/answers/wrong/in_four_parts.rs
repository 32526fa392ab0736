// breaks 2, 3, 4: four threads share the rows, and the rest of the division is left at 0

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

    let mut planes = vec![[0.0_f32; 3]; width * height];
    let part = if height < 4 { height } else { height / 4 };
    std::thread::scope(|scope| {
        for (number, pixels) in planes.chunks_exact_mut(part * width).enumerate().take(4) {
            let resized = &resized;
            scope.spawn(move || {
                for (index, pixel) in pixels.iter_mut().enumerate() {
                    let place = number * part * width + index;
                    for c in 0..3 {
                        let from = match spec.channels {
                            ChannelOrder::Rgb => c,
                            ChannelOrder::Bgr => 2 - c,
                        };
                        pixel[c] = (f32::from(resized.as_raw()[place * 3 + from]) / 255.0
                            - spec.mean[c])
                            / spec.std[c];
                    }
                }
            });
        }
    });
    let data = match spec.layout {
        Layout::Nchw => (0..3)
            .flat_map(|c| planes.iter().map(move |pixel| pixel[c]))
            .collect(),
        Layout::Nhwc => planes.concat(),
    };
    Ok(Tensor { shape, data })
}
// ANCHOR_END: preprocess
