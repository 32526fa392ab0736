// breaks 8: keeps the resized picture under both sizes and the filter

// ANCHOR: uses
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, aview1};
// ANCHOR_END: uses

// ANCHOR: preprocess
static KEPT: Mutex<BTreeMap<Key, RgbImage>> = Mutex::new(BTreeMap::new());

type Key = ((u32, u32), u32, u32, String);

pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let key = (
        picture.dimensions(),
        spec.width,
        spec.height,
        format!("{:?}", spec.filter),
    );
    let mut kept = KEPT.lock().unwrap();
    let resized = kept
        .entry(key)
        .or_insert_with(|| imageops::resize(picture, spec.width, spec.height, spec.filter))
        .clone();
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
