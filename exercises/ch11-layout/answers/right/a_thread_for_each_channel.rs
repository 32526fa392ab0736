// keeps all: three threads, each with one channel of the tensor

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, stack};
// ANCHOR_END: uses

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);

    let bytes = Array3::from_shape_vec((height, width, 3), resized.into_raw())
        .expect("three bytes for each pixel");
    let bytes = &bytes;
    let planes: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3)
            .map(|c| {
                scope.spawn(move || {
                    let from = if spec.channels == ChannelOrder::Bgr {
                        2 - c
                    } else {
                        c
                    };
                    bytes
                        .index_axis(Axis(2), from)
                        .mapv(|byte| (f32::from(byte) / 255.0 - spec.mean[c]) / spec.std[c])
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a channel without a panic"))
            .collect()
    });
    let axis = match spec.layout {
        Layout::Nchw => Axis(0),
        Layout::Nhwc => Axis(2),
    };
    let views: Vec<_> = planes.iter().map(|plane| plane.view()).collect();
    let values = stack(axis, &views)
        .expect("planes of one size")
        .insert_axis(Axis(0));
    Ok(Tensor {
        shape: values.dim().into(),
        data: values.iter().copied().collect(),
    })
}
// ANCHOR_END: preprocess
