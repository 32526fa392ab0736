//! What README.md promises.

use image::imageops::FilterType;
use image::{Rgb, RgbImage};

use super::{ChannelOrder, Layout, Spec, preprocess, resample};

#[test]
fn each_value_stands_in_its_place() {
    let picture = RgbImage::from_fn(3, 2, |x, y| {
        Rgb([0, 1, 2].map(|c| (100 * y + 10 * x + c) as u8))
    });
    let spec = Spec {
        layout: Layout::Nchw,
        channels: ChannelOrder::Rgb,
        width: 3,
        height: 2,
        filter: FilterType::Nearest,
        mean: [0.0; 3],
        std: [1.0; 3],
    };
    let bytes: Vec<f32> = preprocess(&picture, &spec)
        .unwrap()
        .data
        .iter()
        .map(|value| (value * 255.0).round())
        .collect();
    assert_eq!(bytes[..6], [0.0, 10.0, 20.0, 100.0, 110.0, 120.0]);
}

#[test]
fn a_sound_at_the_rate_of_the_model_stays_as_it_is() {
    assert_eq!(resample(&[0.5], 16_000, 16_000), Ok(vec![0.5]));
}

checks::earned!();
