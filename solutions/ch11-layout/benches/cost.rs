//! What a picture costs on its way to a model: a resize with each filter, and the tensor in each order.

use std::hint::black_box;
use std::time::Instant;

use ch11_layout_solution::{ChannelOrder, Layout, Spec, preprocess};
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use ndarray::{Array3, aview1};

const SIDE: u32 = 224;
const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const STD: [f32; 3] = [0.229, 0.224, 0.225];

fn main() {
    let rounds = std::env::var("COST_ROUNDS").ok();
    let rounds: usize = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(15);
    let camera = noise(1280, 720);
    println!("1,280 x 720 to 224 x 224  ms");
    let thumbnail = median_ms(rounds, || imageops::thumbnail(&camera, SIDE, SIDE));
    println!("{:24}  {thumbnail:.2}", "thumbnail");
    for filter in [
        FilterType::Nearest,
        FilterType::Triangle,
        FilterType::CatmullRom,
        FilterType::Lanczos3,
    ] {
        let time = median_ms(rounds, || imageops::resize(&camera, SIDE, SIDE, filter));
        println!("{:24}  {time:.2}", format!("{filter:?}"));
    }
    println!();
    println!("224 x 224 to a tensor     ms");
    let picture = noise(SIDE, SIDE);
    let old = median_ms(rounds, || in_the_old_order(&picture));
    println!("{:24}  {old:.2}", "NCHW, in the old order");
    for (name, layout) in [("NCHW", Layout::Nchw), ("NHWC", Layout::Nhwc)] {
        let spec = Spec {
            layout,
            channels: ChannelOrder::Rgb,
            width: SIDE,
            height: SIDE,
            filter: FilterType::Triangle,
            mean: MEAN,
            std: STD,
        };
        let time = median_ms(rounds, || preprocess(&picture, &spec).unwrap());
        println!("{name:24}  {time:.2}");
    }
}

/// The pitfall: the shape is the model's, and no value has moved.
fn in_the_old_order(picture: &RgbImage) -> Vec<f32> {
    let side = SIDE as usize;
    let bytes = Array3::from_shape_vec((side, side, 3), picture.clone().into_raw()).unwrap();
    let mut values = bytes.mapv(|byte| f32::from(byte) / 255.0);
    values -= &aview1(&MEAN);
    values /= &aview1(&STD);
    values.permuted_axes([2, 0, 1]).into_raw_vec_and_offset().0
}

fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        Rgb([0; 3].map(|_: u8| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        }))
    })
}

/// Milliseconds of the middle round.
fn median_ms<T>(rounds: usize, work: impl Fn() -> T) -> f64 {
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[rounds / 2]
}
