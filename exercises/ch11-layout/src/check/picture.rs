//! Pictures, what a model expects of them, and what `preprocess` must make of both.

use checks::Failure;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use proptest::prelude::*;

use super::call::call;
use crate::{ChannelOrder, InputError, Layout, Spec, Tensor, preprocess};

pub const LAYOUTS: [Layout; 2] = [Layout::Nchw, Layout::Nhwc];
pub const ORDERS: [ChannelOrder; 2] = [ChannelOrder::Rgb, ChannelOrder::Bgr];
pub const FILTERS: [FilterType; 5] = [
    FilterType::Nearest,
    FilterType::Triangle,
    FilterType::CatmullRom,
    FilterType::Gaussian,
    FilterType::Lanczos3,
];

/// A byte of a resized picture may be one more or less.
const ROUNDING: f64 = 1.0;
/// And what is left of an `f32`, in bytes.
const SLACK: f64 = 0.01;

/// What leaves every byte of a picture of this size alone, divided by 255.
pub fn plain(width: u32, height: u32) -> Spec {
    Spec {
        layout: Layout::Nchw,
        channels: ChannelOrder::Rgb,
        width,
        height,
        filter: FilterType::Triangle,
        mean: [0.0; 3],
        std: [1.0; 3],
    }
}

/// Both layouts with both orders of the channels.
pub fn in_each_order(spec: &Spec) -> impl Iterator<Item = Spec> {
    LAYOUTS.into_iter().flat_map(move |layout| {
        ORDERS.map(|channels| Spec {
            layout,
            channels,
            ..spec.clone()
        })
    })
}

/// A picture in which no pixel is like its neighbours.
pub fn noise(width: u32, height: u32, seed: u32) -> RgbImage {
    let mut state = seed.wrapping_mul(2_654_435_769) | 1;
    RgbImage::from_fn(width, height, |_, _| {
        Rgb([(); 3].map(|()| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        }))
    })
}

/// Whether `preprocess` keeps its promises for this picture.
pub fn judge(picture: &RgbImage, spec: &Spec, why: &str) -> Result<(), Failure> {
    let inputs = inputs(picture, spec);
    let answer = call("preprocess", &inputs, || preprocess(picture, spec))?;
    let due = due_errors(picture, spec);
    match answer {
        Ok(tensor) if due.is_empty() => judge_tensor(picture, spec, &tensor, &inputs, why),
        Err(error) if due.contains(&error) => Ok(()),
        answer => {
            let seen = match answer {
                Ok(tensor) => format!("a tensor of shape {:?}", tensor.shape),
                Err(error) => format!("Err({error:?})"),
            };
            let due: Vec<String> = due.iter().map(|error| format!("Err({error:?})")).collect();
            let expected = match due.is_empty() {
                true => "a tensor".to_owned(),
                false => due.join(" or "),
            };
            let seen = format!("{seen}\nfor {inputs}");
            Err(Failure::new(seen, expected, why).of_promise(5))
        }
    }
}

fn due_errors(picture: &RgbImage, spec: &Spec) -> Vec<InputError> {
    let mut due = Vec::new();
    if [picture.width(), picture.height(), spec.width, spec.height].contains(&0) {
        due.push(InputError::NoPixels);
    }
    for channel in 0..3 {
        let (mean, std) = (spec.mean[channel], spec.std[channel]);
        if !(mean.is_finite() && std.is_finite() && std > 0.0) {
            due.push(InputError::Normalization { channel });
        }
    }
    due
}

fn judge_tensor(
    picture: &RgbImage,
    spec: &Spec,
    tensor: &Tensor,
    inputs: &str,
    why: &str,
) -> Result<(), Failure> {
    let (width, height) = (spec.width as usize, spec.height as usize);
    let shape = match spec.layout {
        Layout::Nchw => [1, 3, height, width],
        Layout::Nhwc => [1, height, width, 3],
    };
    if tensor.shape != shape {
        let seen = format!("shape {:?}\nfor {inputs}", tensor.shape);
        let why = "a picture has a width and a height, a tensor has rows and then columns";
        return Err(Failure::new(seen, format!("shape {shape:?}"), why).of_promise(1));
    }
    if tensor.data.len() != 3 * width * height {
        let seen = format!("{} values\nfor {inputs}", tensor.data.len());
        let expected = format!("{}, one for each place of {shape:?}", 3 * width * height);
        let why = "a runtime reads as many values as the shape has places";
        return Err(Failure::new(seen, expected, why).of_promise(1));
    }
    let is_resized = picture.dimensions() != (spec.width, spec.height);
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let slack = if is_resized { ROUNDING } else { 0.0 } + SLACK;
    for (at, &value) in tensor.data.iter().enumerate() {
        let place = Place::of(at, spec);
        let byte = resized.get_pixel(place.x, place.y)[place.color(spec.channels)];
        let (mean, std) = (
            f64::from(spec.mean[place.channel]),
            f64::from(spec.std[place.channel]),
        );
        let seen_byte = (f64::from(value) * std + mean) * 255.0;
        let is_right = (seen_byte - f64::from(byte)).abs() <= slack;
        if !is_right {
            let seen = format!(
                "data[{at}] is {value:.5}, as a byte {}\nfor {inputs}",
                rounded(seen_byte)
            );
            let exact = (f64::from(byte) / 255.0 - mean) / std;
            let expected = format!(
                "{:.5}, as a byte {byte}{}, in the place of {}",
                exact,
                if is_resized { ", give or take one" } else { "" },
                place.in_words(spec.channels)
            );
            let promise = match (is_moved(picture, spec, tensor), is_resized) {
                (true, _) => 2,
                (false, false) => 3,
                (false, true) => 4,
            };
            return Err(Failure::new(seen, expected, why).of_promise(promise));
        }
    }
    Ok(())
}

/// Whether all values are there, and some stand elsewhere.
fn is_moved(picture: &RgbImage, spec: &Spec, tensor: &Tensor) -> bool {
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let sorted = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values
    };
    let seen = sorted(tensor.data.iter().map(|&value| value.into()).collect());
    let expected = (0..tensor.data.len()).map(|at| {
        let place = Place::of(at, spec);
        let byte = resized.get_pixel(place.x, place.y)[place.color(spec.channels)];
        let (mean, std) = (spec.mean[place.channel], spec.std[place.channel]);
        (f64::from(byte) / 255.0 - f64::from(mean)) / f64::from(std)
    });
    let largest_std = f64::from(spec.std.into_iter().fold(0.0, f32::max));
    let all_alike = |(seen, expected): (&f64, &f64)| {
        (seen - expected).abs() <= (1.0 + SLACK) / 255.0 / largest_std
    };
    seen.iter().zip(&sorted(expected.collect())).all(all_alike)
}

/// Where a value of a tensor stands.
pub struct Place {
    pub channel: usize,
    pub y: u32,
    pub x: u32,
}

impl Place {
    /// The place of `data[at]`.
    pub fn of(at: usize, spec: &Spec) -> Place {
        let (width, height) = (spec.width as usize, spec.height as usize);
        let (channel, y, x) = match spec.layout {
            Layout::Nchw => (at / (width * height), at / width % height, at % width),
            Layout::Nhwc => (at % 3, at / 3 / width, at / 3 % width),
        };
        Place {
            channel,
            y: y as u32,
            x: x as u32,
        }
    }

    /// Which byte of a pixel belongs here.
    pub fn color(&self, order: ChannelOrder) -> usize {
        match order {
            ChannelOrder::Rgb => self.channel,
            ChannelOrder::Bgr => 2 - self.channel,
        }
    }

    pub fn in_words(&self, order: ChannelOrder) -> String {
        let color = ["red", "green", "blue"][self.color(order)];
        let Place { channel, y, x } = self;
        format!("channel {channel} ({color}), row {y}, column {x}")
    }
}

fn rounded(byte: f64) -> String {
    let text = format!("{byte:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub fn inputs(picture: &RgbImage, spec: &Spec) -> String {
    let (width, height) = picture.dimensions();
    format!(
        "a picture of {width} x {height} pixels and {:?}, {:?}, {} x {}, {:?}, mean {:?}, std {:?}",
        spec.layout, spec.channels, spec.width, spec.height, spec.filter, spec.mean, spec.std
    )
}

/// A picture, and a spec of the same size.
pub fn unresized() -> impl Strategy<Value = (RgbImage, Spec)> {
    (sizes(), sizes(), any::<u32>(), specs()).prop_map(|(width, height, seed, spec)| {
        let picture = noise(width, height, seed);
        (
            picture,
            Spec {
                width,
                height,
                ..spec
            },
        )
    })
}

/// A picture, and a spec of any size.
pub fn resized() -> impl Strategy<Value = (RgbImage, Spec)> {
    (sizes(), sizes(), any::<u32>(), specs())
        .prop_map(|(width, height, seed, spec)| (noise(width, height, seed), spec))
}

fn sizes() -> impl Strategy<Value = u32> {
    prop_oneof![2 => 1..=4_u32, 3 => 1..=13_u32, 1 => 1..=30_u32]
}

fn specs() -> impl Strategy<Value = Spec> {
    let means = prop_oneof![3 => 0.0..1.0_f32, 1 => -10.0..=10.0_f32];
    let stds = prop_oneof![3 => 0.1..1.0_f32, 1 => 0.001..1.0_f32, 1 => 1.0..1_000.0_f32];
    (
        prop::sample::select(&LAYOUTS[..]),
        prop::sample::select(&ORDERS[..]),
        (sizes(), sizes()),
        prop::sample::select(&FILTERS[..]),
        [means.clone(), means.clone(), means],
        [stds.clone(), stds.clone(), stds],
    )
        .prop_map(
            |(layout, channels, (width, height), filter, mean, std)| Spec {
                layout,
                channels,
                width,
                height,
                filter,
                mean,
                std,
            },
        )
}
