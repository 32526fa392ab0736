//! What README.md promises.

use checks::Failure;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};

use super::{ChannelOrder, InputError, Layout, Spec, Tensor, preprocess, resample};

#[path = "check/again.rs"]
mod again;
#[path = "check/call.rs"]
mod call;
#[path = "check/cases.rs"]
mod cases;
#[path = "check/picture.rs"]
mod picture;
#[path = "check/sound.rs"]
mod sound;

use cases::{for_each, for_each_in_turn};
use picture::{FILTERS, in_each_order, noise, plain};
use sound::{RATES, Recording, Tone};

// If the compiler points here, a public name or type of `lib.rs` has changed: keep them as shipped.
const _: fn(&RgbImage, &Spec) -> Result<Tensor, InputError> = preprocess;
type Samples = Result<Vec<f32>, InputError>;
const _: fn(&[f32], u32, u32) -> Samples = resample;

const PLACES: &str =
    "the model reads `data` in row-major order, whatever the indices of your array were";

#[track_caller]
fn hold(judged: Result<(), Failure>) {
    if let Err(failure) = judged {
        failure.raise();
    }
}

#[track_caller]
fn expect(picture: &RgbImage, spec: &Spec, why: &str) {
    hold(picture::judge(picture, spec, why));
}

/// At most two rows of ten pixels; each byte says where it belongs.
fn places(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([0, 1, 2].map(|c| (100 * y + 10 * x + c) as u8))
    })
}

#[test]
fn each_value_stands_in_its_place() {
    let why = format!("each byte of this picture is 100 * row + 10 * column + color: {PLACES}");
    for (width, height) in [(2, 2), (3, 2), (7, 1), (1, 2), (1, 1)] {
        for spec in in_each_order(&plain(width, height)) {
            expect(&places(width, height), &spec, &why);
        }
    }
}

#[test]
fn a_wide_and_a_tall_model_have_rows_and_columns_of_their_own() {
    let why = "a square model hides it: width and height are the same number there";
    for (width, height) in [(6, 2), (2, 6), (5, 4), (9, 1), (1, 9)] {
        for spec in in_each_order(&plain(width, height)) {
            expect(&noise(width, height, 1), &spec, why);
            expect(&noise(height, width, 2), &spec, why);
        }
    }
}

#[test]
fn each_channel_has_its_own_mean_and_std() {
    let why = "mean[0] is that of the tensor's channel 0: red in RGB, blue in BGR";
    for (mean, std) in [
        ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ([0.0, 0.5, 1.0], [1.0, 0.5, 0.25]),
        ([0.5; 3], [0.1, 1.0, 10.0]),
        ([0.1, 0.2, 0.3], [0.5; 3]),
        ([0.1, 0.2, 0.3], [1.0; 3]),
        ([0.0, 0.3, 0.0], [0.5, 0.25, 0.1]),
        ([-10.0, 0.0, 10.0], [0.001, 1.0, 1_000.0]),
    ] {
        let colors = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [200, 100, 50]];
        let colors = RgbImage::from_fn(2, 2, |x, y| Rgb(colors[(2 * y + x) as usize]));
        for spec in in_each_order(&Spec {
            mean,
            std,
            ..plain(2, 2)
        }) {
            expect(&colors, &spec, why);
        }
    }
}

/// In the order that pictures have: what is said of filters is said of nothing else.
fn resizing(width: u32, height: u32, filter: FilterType) -> Spec {
    Spec {
        layout: Layout::Nhwc,
        filter,
        ..plain(width, height)
    }
}

/// A vertical edge, a line, a point and a slope, in grey: what filters treat differently.
fn edges() -> RgbImage {
    const ROWS: [[u8; 8]; 8] = [
        [0, 0, 0, 255, 255, 255, 255, 255],
        [0, 0, 0, 255, 255, 255, 255, 255],
        [0, 200, 0, 255, 255, 0, 255, 255],
        [0, 0, 0, 255, 255, 255, 255, 255],
        [255, 255, 255, 255, 0, 0, 0, 0],
        [10, 40, 70, 100, 130, 160, 190, 220],
        [0, 0, 0, 0, 0, 0, 0, 0],
        [220, 190, 160, 130, 100, 70, 40, 10],
    ];
    RgbImage::from_fn(8, 8, |x, y| Rgb([ROWS[y as usize][x as usize]; 3]))
}

/// What `image` 0.25 makes of them, in four rows of four pixels.
const HALVED: [(FilterType, [u8; 16]); 5] = [
    (
        FilterType::Nearest,
        [
            0, 255, 255, 255, 0, 255, 255, 255, 40, 100, 160, 220, 190, 130, 70, 10,
        ],
    ),
    (
        FilterType::Triangle,
        [
            12, 131, 241, 250, 64, 149, 191, 209, 107, 131, 98, 106, 90, 74, 57, 42,
        ],
    ),
    (
        FilterType::CatmullRom,
        [
            0, 128, 255, 254, 56, 155, 198, 218, 111, 140, 88, 103, 88, 68, 53, 34,
        ],
    ),
    (
        FilterType::Gaussian,
        [
            18, 131, 236, 249, 67, 146, 189, 207, 107, 128, 101, 107, 92, 77, 58, 44,
        ],
    ),
    (
        FilterType::Lanczos3,
        [
            0, 126, 255, 252, 55, 167, 204, 208, 105, 137, 86, 102, 84, 63, 53, 37,
        ],
    ),
];

#[test]
fn a_resize_uses_the_filter_of_the_spec() {
    let why = "a model that was trained with one filter has never seen the edges of another";
    for (filter, golden) in HALVED {
        let resized = imageops::resize(&edges(), 4, 4, filter);
        let is_golden = resized
            .pixels()
            .zip(golden)
            .all(|(pixel, byte)| pixel[0].abs_diff(byte) <= 1);
        assert!(is_golden, "{filter:?}: does this `image` resize otherwise?");
        expect(&edges(), &resizing(4, 4, filter), why);
    }
}

#[test]
fn a_large_picture_is_resized_as_a_small_one_is() {
    let why = "two paths with two filters give one picture two embeddings, by the size of its file";
    let sizes = [
        (7, 7),
        (8, 8),
        (9, 7),
        (12, 12),
        (16, 9),
        (300, 5),
        (5, 300),
    ];
    for (width, height) in sizes {
        for filter in FILTERS {
            expect(&noise(width, height, 3), &resizing(4, 4, filter), why);
        }
    }
    for (width, height) in [(90, 70), (4_096, 2), (2, 4_096), (1_100, 9)] {
        for filter in [FilterType::Nearest, FilterType::Lanczos3] {
            expect(&noise(width, height, 3), &resizing(3, 2, filter), why);
        }
    }
    // Of many pixels `Nearest` looks at few.
    let many = noise(4_096, 1_100, 3);
    expect(&many, &resizing(5, 3, FilterType::Nearest), why);
    // All rows are alike: one of them says what becomes of them.
    let row = noise(4_096, 1, 3);
    let rows = RgbImage::from_raw(4_096, 246, row.repeat(246)).expect("rows of one length");
    let spec = resizing(5, 1, FilterType::Triangle);
    let resized = imageops::resize(&row, 5, 1, FilterType::Triangle);
    hold(
        picture::answer(&rows, &spec).and_then(|answer| match answer {
            Ok(tensor) => picture::judge_resized(&rows, &resized, &spec, &tensor, why),
            Err(_) => picture::judge(&rows, &spec, why),
        }),
    );
}

#[test]
fn a_picture_that_has_the_size_keeps_its_bytes() {
    let why = "nothing is to be resized: a filter would only blur";
    for side in [1, 2, 3, 8, 13] {
        for filter in FILTERS {
            expect(&noise(side, side, 4), &resizing(side, side, filter), why);
        }
    }
}

#[test]
fn a_picture_may_have_4096_pixels_in_a_direction() {
    let why = "a place that is counted in 8 or 16 bits begins again after 256 or 65,536";
    for (width, height, layout) in [(4_096, 9, Layout::Nchw), (6, 4_096, Layout::Nhwc)] {
        let spec = Spec {
            layout,
            channels: ChannelOrder::Bgr,
            ..plain(width, height)
        };
        expect(&noise(width, height, 7), &spec, why);
    }
    for (width, height, layout) in [(4_096, 1, Layout::Nhwc), (1, 4_096, Layout::Nchw)] {
        let spec = Spec {
            layout,
            ..plain(width, height)
        };
        expect(&noise(3, 3, 8), &spec, why);
    }
}

#[test]
fn no_pixels_and_no_std_are_errors() {
    let black =
        "`resize` of a picture without pixels is a black one, and the model has a score for it";
    for (width, height) in [(0, 0), (0, 3), (3, 0)] {
        for spec in in_each_order(&plain(3, 2)) {
            expect(&RgbImage::new(width, height), &spec, black);
        }
        let nothing = "a tensor of no values has no score";
        for spec in in_each_order(&plain(width, height)) {
            expect(&noise(3, 2, 5), &spec, nothing);
            expect(&RgbImage::new(width, height), &spec, nothing);
        }
    }
    let nan =
        "division by such a std is NaN, infinity or a constant, and the model takes all of them";
    let (inf, none) = (f32::INFINITY, f32::NAN);
    for channel in 0..3 {
        for (mean, std) in [
            (0.5, 0.0),
            (0.5, -0.0),
            (0.5, -0.2),
            (0.5, none),
            (0.5, inf),
            (none, 0.2),
            (inf, 0.2),
            (-inf, 0.2),
        ] {
            let mut spec = plain(3, 2);
            (spec.mean[channel], spec.std[channel]) = (mean, std);
            for spec in in_each_order(&spec) {
                expect(&noise(3, 2, 6), &spec, nan);
                expect(&noise(5, 5, 6), &spec, nan);
            }
            expect(&RgbImage::new(0, 2), &spec, nan);
        }
    }
}

#[test]
fn every_picture_arrives_as_its_spec_says() {
    for_each(192, picture::unresized(), |(picture, spec)| {
        picture::judge(picture, spec, PLACES)
    });
    let resized = "whatever its size, one picture is one input";
    for_each(128, picture::resized(), |(picture, spec)| {
        picture::judge(picture, spec, resized)
    });
}

const PITCH: &str = "a model takes the samples for those of its own rate: at another one every voice is slower or faster";

#[test]
fn a_tone_of_440_hz_stays_one() {
    for (from_hz, to_hz) in [
        (48_000, 16_000),
        (44_100, 16_000),
        (8_000, 16_000),
        (22_050, 16_000),
        (16_000, 48_000),
        (44_100, 48_000),
        (47_999, 16_000),
    ] {
        hold(
            Recording {
                tones: vec![Tone::new(440.0, 0.8)],
                count: from_hz as usize / 10,
                from_hz,
                to_hz,
            }
            .judge(PITCH),
        );
    }
}

#[test]
fn a_sound_at_the_rate_of_the_model_stays_as_it_is() {
    for rate in RATES {
        for count in [0, 1, 2, 1_000] {
            hold(
                Recording {
                    tones: vec![Tone::new(700.0, 0.5), Tone::constant(0.1)],
                    count,
                    from_hz: rate,
                    to_hz: rate,
                }
                .judge(PITCH),
            );
        }
    }
}

#[test]
fn a_second_has_as_many_samples_as_the_rate_says() {
    for from_hz in RATES {
        for to_hz in RATES {
            for count in [0, 1, 2, 3, 7, from_hz as usize / 50] {
                hold(
                    Recording {
                        tones: vec![Tone::constant(0.5)],
                        count,
                        from_hz,
                        to_hz,
                    }
                    .judge(PITCH),
                );
            }
        }
    }
}

#[test]
fn a_long_sound_does_not_drift() {
    let why = "a position that is summed up step by step in f32 is off by more and more";
    for (count, hz, from_hz, to_hz) in [
        (1_000_000, 4_000.0, 192_000, 44_100),
        (120_000, 4_410.0, 44_100, 48_000),
        (1_000_000, 735.0, 11_025, 8_000),
        (1_000_000, 1_375.0, 44_000, 16_001),
    ] {
        hold(
            Recording {
                tones: vec![Tone::new(hz, 0.9)],
                count,
                from_hz,
                to_hz,
            }
            .judge(why),
        );
    }
}

#[test]
fn a_rate_of_zero_is_an_error() {
    for (from_hz, to_hz) in [(0, 16_000), (16_000, 0), (0, 0)] {
        for samples in [&[][..], &[0.5; 100]] {
            let inputs = format!(
                "{}, from {from_hz} to {to_hz}",
                sound::samples(samples.len())
            );
            let answer = call::call(
                "resample",
                || inputs.clone(),
                || resample(samples, from_hz, to_hz),
            );
            hold(answer.and_then(|answer| match answer {
                Err(InputError::NoRate) => Ok(()),
                answer => {
                    let seen = match answer {
                        Ok(samples) => sound::samples(samples.len()),
                        Err(error) => format!("Err({error:?})"),
                    };
                    let why = "a header that was never filled in has a rate of 0";
                    let seen = format!("{seen}\nfor {inputs}");
                    Err(Failure::new(seen, "Err(NoRate)", why).of_promise(6))
                }
            }));
        }
    }
}

#[test]
fn every_tone_keeps_its_pitch_and_its_height() {
    for_each(256, sound::recordings(), |recording| recording.judge(PITCH));
}

#[test]
fn an_answer_depends_on_its_arguments_alone() {
    for_each_in_turn(24, again::pictures(), again::Pictures::judge);
    for_each_in_turn(32, sound::recordings(), again::judge_sounds);
}

checks::earned!();
