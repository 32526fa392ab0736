// keeps all: its own filters in f64, columns before rows

// ANCHOR: uses
use std::f64::consts::PI;
use std::fmt;

use image::RgbImage;
use image::imageops::FilterType;
// ANCHOR_END: uses

// ANCHOR: preprocess
fn weights(from: usize, to: usize, filter: FilterType) -> Vec<(usize, Vec<f64>)> {
    let ratio = f64::from(from as f32 / to as f32);
    let scale = ratio.max(1.0);
    let sinc = |x: f64| {
        if x == 0.0 {
            1.0
        } else {
            (PI * x).sin() / (PI * x)
        }
    };
    let (support, kernel): (f64, &dyn Fn(f64) -> f64) = match filter {
        FilterType::Nearest => (0.0, &|_| 1.0),
        FilterType::Triangle => (1.0, &|x: f64| (1.0 - x.abs()).max(0.0)),
        FilterType::CatmullRom => (2.0, &|x: f64| {
            let x = x.abs();
            if x < 1.0 {
                1.5 * x * x * x - 2.5 * x * x + 1.0
            } else if x < 2.0 {
                -0.5 * x * x * x + 2.5 * x * x - 4.0 * x + 2.0
            } else {
                0.0
            }
        }),
        FilterType::Gaussian => (3.0, &|x: f64| (-2.0 * x * x).exp()),
        FilterType::Lanczos3 => (3.0, &|x: f64| {
            if x.abs() < 3.0 {
                sinc(x) * sinc(x / 3.0)
            } else {
                0.0
            }
        }),
    };
    (0..to)
        .map(|place| {
            let middle = f64::from((place as f32 + 0.5) * (from as f32 / to as f32));
            let left = (middle - support * scale)
                .floor()
                .clamp(0.0, (from - 1) as f64) as usize;
            let right = ((middle + support * scale).ceil() as usize).clamp(left + 1, from);
            let weights: Vec<f64> = (left..right)
                .map(|index| kernel((index as f64 - (middle - 0.5)) / scale))
                .collect();
            let sum: f64 = weights.iter().sum();
            (left, weights.iter().map(|weight| weight / sum).collect())
        })
        .collect()
}
fn resize(picture: &RgbImage, width: usize, height: usize, filter: FilterType) -> Vec<[u8; 3]> {
    let (from_width, from_height) = (picture.width() as usize, picture.height() as usize);
    let pixels: Vec<[u8; 3]> = picture.pixels().map(|pixel| pixel.0).collect();
    if (from_width, from_height) == (width, height) {
        return pixels;
    }
    let across = weights(from_width, width, filter);
    let down = weights(from_height, height, filter);
    let narrow = |y: usize| -> Vec<[f64; 3]> {
        across
            .iter()
            .map(|(left, weights)| {
                let mut sum = [0.0; 3];
                for (weight, pixel) in weights.iter().zip(&pixels[y * from_width + left..]) {
                    for c in 0..3 {
                        sum[c] += weight * f64::from(pixel[c]);
                    }
                }
                sum
            })
            .collect()
    };
    let mut needed = vec![false; from_height];
    for (top, weights) in &down {
        needed[*top..top + weights.len()].fill(true);
    }
    let rows: Vec<Vec<[f64; 3]>> = (0..from_height)
        .map(|y| if needed[y] { narrow(y) } else { Vec::new() })
        .collect();
    let mut out = Vec::with_capacity(width * height);
    for (top, weights) in &down {
        for x in 0..width {
            let mut sum = [0.0; 3];
            for (weight, row) in weights.iter().zip(&rows[*top..]) {
                for c in 0..3 {
                    sum[c] += weight * row[x][c];
                }
            }
            out.push(sum.map(|value| value.round().clamp(0.0, 255.0) as u8));
        }
    }
    out
}
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let (width, height) = (spec.width as usize, spec.height as usize);
    let pixels = resize(picture, width, height, spec.filter);
    let shape = match spec.layout {
        Layout::Nchw => [1, 3, height, width],
        Layout::Nhwc => [1, height, width, 3],
    };

    let value = |pixel: &[u8; 3], c: usize| {
        let byte = pixel[match spec.channels {
            ChannelOrder::Rgb => c,
            ChannelOrder::Bgr => 2 - c,
        }];
        (f32::from(byte) / 255.0 - spec.mean[c]) / spec.std[c]
    };
    let data = match spec.layout {
        Layout::Nchw => (0..3)
            .flat_map(|c| pixels.iter().map(move |pixel| (c, pixel)))
            .map(|(c, pixel)| value(pixel, c))
            .collect(),
        Layout::Nhwc => pixels
            .iter()
            .flat_map(|pixel| (0..3).map(|c| value(pixel, c)))
            .collect(),
    };
    Ok(Tensor { shape, data })
}
// ANCHOR_END: preprocess
