// keeps all: tables are kept in the thread under the bits of mean and std; the whole crate is written with a macro

// ANCHOR: uses
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
// ANCHOR_END: uses

// ANCHOR: preprocess
thread_local! {
 static TABLES: RefCell<HashMap<(u32, u32), Vec<f32>>> = RefCell::new(HashMap::new());
}
fn table(mean: f32, std: f32) -> Vec<f32> {
    TABLES.with_borrow_mut(|tables| {
        tables
            .entry((mean.to_bits(), std.to_bits()))
            .or_insert_with(|| {
                (0..=255u8)
                    .map(|byte| (f32::from(byte) / 255.0 - mean) / std)
                    .collect()
            })
            .clone()
    })
}
macro_rules! values {
    ($resized:ident, $tables:ident, $order:ident, pixels) => {
        $resized
            .pixels()
            .flat_map(|pixel| (0..3).map(|c| $tables[c][usize::from(pixel[$order[c]])]))
            .collect()
    };
    ($resized:ident, $tables:ident, $order:ident, planes) => {
        (0..3)
            .flat_map(|c| $resized.pixels().map(move |pixel| (c, pixel)))
            .map(|(c, pixel)| $tables[c][usize::from(pixel[$order[c]])])
            .collect()
    };
}
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);
    let order = match spec.channels {
        ChannelOrder::Rgb => [0, 1, 2],
        ChannelOrder::Bgr => [2, 1, 0],
    };
    let tables: [Vec<f32>; 3] = std::array::from_fn(|c| table(spec.mean[c], spec.std[c]));
    Ok(match spec.layout {
        Layout::Nchw => Tensor {
            shape: [1, 3, height, width],
            data: values!(resized, tables, order, planes),
        },
        Layout::Nhwc => Tensor {
            shape: [1, height, width, 3],
            data: values!(resized, tables, order, pixels),
        },
    })
}
// ANCHOR_END: preprocess
