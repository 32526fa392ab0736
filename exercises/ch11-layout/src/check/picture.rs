//! Pictures, what a model expects of them, and what `preprocess` must make of both.

use checks::{Failure, counted};
use image::RgbImage;
use image::imageops::{self, FilterType};
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

/// After so many bytes noise repeats itself: a prime, so that no row is like another.
const REPEATS: usize = 10_007;

/// A picture in which no pixel is like its neighbours.
pub fn noise(width: u32, height: u32, seed: u32) -> RgbImage {
    let count = 3 * width as usize * height as usize;
    let mut state = seed.wrapping_mul(2_654_435_769) | 1;
    let some: Vec<u8> = (0..count.min(REPEATS))
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    let mut bytes = some.repeat(count.div_ceil(REPEATS));
    bytes.truncate(count);
    RgbImage::from_raw(width, height, bytes).expect("as many bytes as the picture has")
}

/// What `preprocess` answers, if it does not panic.
pub fn answer(picture: &RgbImage, spec: &Spec) -> Result<Result<Tensor, InputError>, Failure> {
    let inputs = || in_words(picture, spec);
    call("preprocess", inputs, || preprocess(picture, spec))
}

/// Whether `preprocess` keeps its promises for this picture.
pub fn judge(picture: &RgbImage, spec: &Spec, why: &str) -> Result<(), Failure> {
    let inputs = || in_words(picture, spec);
    let answer = answer(picture, spec)?;
    let due = due_errors(picture, spec);
    match answer {
        Ok(tensor) if due.is_empty() => judge_tensor(picture, spec, &tensor, why),
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
            let seen = format!("{seen}\nfor {}", inputs());
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

/// Whether it is the tensor of this picture.
pub fn judge_tensor(
    picture: &RgbImage,
    spec: &Spec,
    tensor: &Tensor,
    why: &str,
) -> Result<(), Failure> {
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    judge_resized(picture, &resized, spec, tensor, why)
}

/// The same, where it is known what the picture becomes when it is resized.
pub fn judge_resized(
    picture: &RgbImage,
    resized: &RgbImage,
    spec: &Spec,
    tensor: &Tensor,
    why: &str,
) -> Result<(), Failure> {
    let inputs = || in_words(picture, spec);
    let (width, height) = (spec.width as usize, spec.height as usize);
    let shape = match spec.layout {
        Layout::Nchw => [1, 3, height, width],
        Layout::Nhwc => [1, height, width, 3],
    };
    if tensor.shape != shape {
        let seen = format!("shape {:?}\nfor {}", tensor.shape, inputs());
        let why = "a picture has a width and a height, a tensor has rows and then columns";
        return Err(Failure::new(seen, format!("shape {shape:?}"), why).of_promise(1));
    }
    if tensor.data.len() != 3 * width * height {
        let seen = format!(
            "{}\nfor {}",
            counted(tensor.data.len(), "value", "values"),
            inputs()
        );
        let expected = format!("{}, one for each place of {shape:?}", 3 * width * height);
        let why = "a runtime reads as many values as the shape has places";
        return Err(Failure::new(seen, expected, why).of_promise(1));
    }
    let is_resized = picture.dimensions() != (spec.width, spec.height);
    let slack = if is_resized { ROUNDING } else { 0.0 } + SLACK;
    let (means, stds) = (spec.mean.map(f64::from), spec.std.map(f64::from));
    for (at, &value) in tensor.data.iter().enumerate() {
        let place = Place::of(at, spec);
        let byte = place.byte(resized, spec.channels);
        let (mean, std) = (means[place.channel], stds[place.channel]);
        let seen_byte = (f64::from(value) * std + mean) * 255.0;
        let is_right = (seen_byte - f64::from(byte)).abs() <= slack;
        if !is_right {
            let seen = format!(
                "data[{at}] is {value:.5}, as a byte {}\nfor {}",
                rounded(seen_byte),
                inputs()
            );
            let exact = (f64::from(byte) / 255.0 - mean) / std;
            let expected = format!(
                "{:.5}, as a byte {byte}{}, in the place of {}",
                exact,
                if is_resized { ", give or take one" } else { "" },
                place.in_words(spec.channels)
            );
            let promise = broken(resized, spec, tensor, is_resized);
            return Err(Failure::new(seen, expected, why).of_promise(promise));
        }
    }
    Ok(())
}

/// Which promise is broken where not every value is right: that of places, 2, that of mean and std, 3, or that of resizing, 4.
fn broken(resized: &RgbImage, spec: &Spec, tensor: &Tensor, is_resized: bool) -> usize {
    let slack = if is_resized { ROUNDING } else { 0.0 } + SLACK;
    let places = || (0..tensor.data.len()).map(|at| Place::of(at, spec));
    let due_bytes: Vec<f64> = places()
        .map(|place| place.byte(resized, spec.channels).into())
        .collect();
    let due = due_bytes.iter().zip(places()).map(|(byte, place)| {
        let (mean, std) = (spec.mean[place.channel], spec.std[place.channel]);
        (byte / 255.0 - f64::from(mean)) / f64::from(std)
    });
    let seen: Vec<f64> = tensor.data.iter().map(|&value| value.into()).collect();
    let in_bytes = seen.iter().zip(places()).map(|(value, place)| {
        let (mean, std) = (spec.mean[place.channel], spec.std[place.channel]);
        (value * f64::from(std) + f64::from(mean)) * 255.0
    });
    let seen_bytes: Vec<f64> = in_bytes.collect();
    let is_whole = |byte: f64| (byte - byte.round().clamp(0.0, 255.0)).abs() <= SLACK;
    let are_whole = seen_bytes.iter().all(|&byte| is_whole(byte));
    let is_in_the_picture = |byte: f64| resized.as_raw().contains(&(byte.round() as u8));
    let largest_std = f64::from(spec.std.into_iter().fold(0.0, f32::max));
    if are_alike(&seen, &due.collect::<Vec<_>>(), slack / 255.0 / largest_std)
        || are_alike(&seen_bytes, &due_bytes, slack)
    {
        return 2;
    }
    if is_resized {
        return 4;
    }
    // Bytes of the picture that belong elsewhere, or those of another picture.
    match are_whole && seen_bytes.iter().all(|&byte| is_in_the_picture(byte)) {
        true => 2,
        false if are_whole => 4,
        false => 3,
    }
}

/// Whether these are the same numbers in some order.
fn are_alike(these: &[f64], those: &[f64], slack: f64) -> bool {
    let sorted = |numbers: &[f64]| {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted
    };
    let mut pairs = sorted(these).into_iter().zip(sorted(those));
    pairs.all(|(this, that)| (this - that).abs() <= slack)
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

    /// The byte that belongs here.
    pub fn byte(&self, resized: &RgbImage, order: ChannelOrder) -> u8 {
        let pixel = self.y as usize * resized.width() as usize + self.x as usize;
        resized.as_raw()[3 * pixel + self.color(order)]
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

pub fn in_words(picture: &RgbImage, spec: &Spec) -> String {
    let (width, height) = picture.dimensions();
    format!(
        "a picture of {width} x {height} pixels and {:?}, {:?}, {} x {}, {:?}, mean {:?}, std {:?}",
        spec.layout, spec.channels, spec.width, spec.height, spec.filter, spec.mean, spec.std
    )
}

/// A picture, and a spec of the same size.
pub fn unresized() -> impl Strategy<Value = (RgbImage, Spec)> {
    (pictures(), specs()).prop_map(|(picture, spec)| {
        let (width, height) = picture.dimensions();
        let spec = Spec {
            width,
            height,
            ..spec
        };
        (picture, spec)
    })
}

/// A picture, and a spec of any size.
pub fn resized() -> impl Strategy<Value = (RgbImage, Spec)> {
    (pictures(), specs())
}

/// What becomes of a pixel of noise.
type Change = fn(&RgbImage, [u8; 3]) -> [u8; 3];

/// Noise, and what code likes to treat apart: grey, one color, black and white.
fn pictures() -> impl Strategy<Value = RgbImage> {
    let change: [Change; 5] = [
        |_, [byte, _, _]| [byte; 3],
        |picture, _| picture.get_pixel(0, 0).0,
        |_, _| [0; 3],
        |_, _| [255; 3],
        |_, pixel| pixel.map(|byte| if byte < 128 { 0 } else { 255 }),
    ];
    let change =
        prop_oneof![3 => Just(None), 1 => prop::sample::select(change.to_vec()).prop_map(Some)];
    (sizes(), sizes(), any::<u32>(), change).prop_map(|(width, height, seed, change)| {
        let mut picture = noise(width, height, seed);
        if let Some(change) = change {
            let noise = picture.clone();
            for pixel in picture.pixels_mut() {
                pixel.0 = change(&noise, pixel.0);
            }
        }
        picture
    })
}

fn sizes() -> impl Strategy<Value = u32> {
    prop_oneof![2 => 1..=4_u32, 3 => 1..=13_u32, 1 => 1..=30_u32]
}

/// Three numbers, of which none, one or all are among those that code likes to treat apart.
fn three(
    some: impl Strategy<Value = f32> + Clone + 'static,
    apart: &'static [f32],
) -> impl Strategy<Value = [f32; 3]> {
    let one = prop_oneof![3 => some, 1 => prop::sample::select(apart)].boxed();
    prop_oneof![
        3 => [one.clone(), one.clone(), one.clone()],
        1 => one.prop_map(|one| [one; 3]),
    ]
}

pub fn means() -> impl Strategy<Value = [f32; 3]> {
    let means = prop_oneof![3 => 0.0..1.0_f32, 1 => -10.0..=10.0_f32];
    three(means.boxed(), &[0.0, 0.5, 1.0, 2.0, -1.0, -10.0, 10.0])
}

pub fn stds() -> impl Strategy<Value = [f32; 3]> {
    let stds = prop_oneof![3 => 0.1..1.0_f32, 1 => 0.001..1.0_f32, 1 => 1.0..1_000.0_f32];
    three(stds.boxed(), &[1.0, 0.5, 0.001, 1_000.0])
}

fn specs() -> impl Strategy<Value = Spec> {
    (
        prop::sample::select(&LAYOUTS[..]),
        prop::sample::select(&ORDERS[..]),
        (sizes(), sizes()),
        prop::sample::select(&FILTERS[..]),
        means(),
        stds(),
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
