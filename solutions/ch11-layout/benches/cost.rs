//! What a picture costs on its way to a model: a resize with each filter, and the tensor in each order. All work of a table takes
//! turns, so that what else the machine does weighs on all alike.

use std::hint::black_box;
use std::time::Instant;

use ch11_layout_solution::{ChannelOrder, Layout, Spec, preprocess};
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use ndarray::{Array3, aview1};

const SIDE: u32 = 224;
const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const STD: [f32; 3] = [0.229, 0.224, 0.225];

type Work<'a> = (&'static str, Box<dyn Fn() + 'a>);

fn main() {
    let rounds = std::env::var("COST_ROUNDS").ok();
    let rounds: usize = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(61);
    let camera = noise(1280, 720);
    let resize = |name, filter| {
        let camera = &camera;
        let work = move || drop(black_box(imageops::resize(camera, SIDE, SIDE, filter)));
        work_of(name, work)
    };
    measure(
        rounds,
        "1,280 x 720 to 224 x 224",
        &[
            work_of("thumbnail", || {
                drop(black_box(imageops::thumbnail(&camera, SIDE, SIDE)));
            }),
            resize("Nearest", FilterType::Nearest),
            resize("Triangle", FilterType::Triangle),
            resize("CatmullRom", FilterType::CatmullRom),
            resize("Lanczos3", FilterType::Lanczos3),
        ],
    );
    println!();
    let picture = noise(SIDE, SIDE);
    let in_order = |name, layout| {
        let spec = Spec {
            layout,
            channels: ChannelOrder::Rgb,
            width: SIDE,
            height: SIDE,
            filter: FilterType::Triangle,
            mean: MEAN,
            std: STD,
        };
        let picture = &picture;
        work_of(name, move || drop(black_box(preprocess(picture, &spec))))
    };
    measure(
        rounds,
        "224 x 224 to a tensor",
        &[
            work_of("NCHW, in the old order", || {
                drop(black_box(in_the_old_order(&picture)));
            }),
            in_order("NCHW", Layout::Nchw),
            in_order("NHWC", Layout::Nhwc),
        ],
    );
}

fn work_of<'a>(name: &'static str, work: impl Fn() + 'a) -> Work<'a> {
    (name, Box::new(work))
}

/// A table of the middle round of each, in milliseconds and against the first.
fn measure(rounds: usize, title: &str, all: &[Work]) {
    let mut times = vec![Vec::new(); all.len()];
    for _ in 0..rounds {
        for ((_, work), times) in all.iter().zip(&mut times) {
            let start = Instant::now();
            work();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    let medians = times.iter_mut().map(|times| {
        times.sort_by(f64::total_cmp);
        times[rounds / 2]
    });
    let medians: Vec<f64> = medians.collect();
    println!("{title:24}     ms  time, first = 1");
    for ((name, _), median) in all.iter().zip(&medians) {
        println!("{name:24}  {median:5.2}  {:15.2}", median / medians[0]);
    }
}

/// The pitfall: the shape is the model's, and no value has moved.
fn in_the_old_order(picture: &RgbImage) -> Vec<f32> {
    let side = SIDE as usize;
    let bytes = Array3::from_shape_vec((side, side, 3), picture.clone().into_raw())
        .expect("three bytes for each pixel");
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
