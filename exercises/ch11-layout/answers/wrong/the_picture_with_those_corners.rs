// breaks 8: takes a picture for one that it knows by its size and its first and last pixel

// ANCHOR: uses
use std::fmt;
use std::sync::Mutex;

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use ndarray::{Array3, Axis, aview1};
// ANCHOR_END: uses

// ANCHOR: preprocess
type Known = (u32, u32, Rgb<u8>, Rgb<u8>, Spec, RgbImage);

static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let (w, h) = picture.dimensions();
    let (first, last) = (*picture.get_pixel(0, 0), *picture.get_pixel(w - 1, h - 1));
    let mut known = KNOWN.lock().unwrap();
    let found = known
        .iter()
        .find(|one| (one.0, one.1, one.2, one.3) == (w, h, first, last) && one.4 == *spec)
        .map(|one| one.5.clone());
    let resized =
        found.unwrap_or_else(|| imageops::resize(picture, spec.width, spec.height, spec.filter));
    known.push((w, h, first, last, spec.clone(), resized.clone()));
    let (width, height) = (spec.width as usize, spec.height as usize);
    let bytes = Array3::from_shape_vec((height, width, 3), resized.into_raw())
        .expect("three bytes for each pixel");

    let mut values = bytes.mapv(|byte| f32::from(byte) / 255.0);
    if spec.channels == ChannelOrder::Bgr {
        values.invert_axis(Axis(2));
    }
    // From here on channel 0 is the tensor's.
    values -= &aview1(&spec.mean);
    values /= &aview1(&spec.std);
    let values = match spec.layout {
        Layout::Nchw => values.permuted_axes([2, 0, 1]),
        Layout::Nhwc => values,
    };
    let values = values.insert_axis(Axis(0));
    Ok(Tensor {
        shape: values.dim().into(),
        // Read index by index: `permuted_axes` and `invert_axis` moved no value.
        data: values.iter().copied().collect(),
    })
}
// ANCHOR_END: preprocess
