//! Tones, and what `resample` must make of them.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use checks::{Failure, counted};
use proptest::prelude::*;

use super::call::call;
use crate::resample;

/// Of more samples than this only one of `SOME` is compared.
const MANY: usize = 200_000;
const SOME: usize = 7;

/// What a recording may lose at its ends, in seconds.
const OPEN: f64 = 0.005;

/// One tone. A constant is a tone of 0 Hz.
#[derive(Debug, Clone)]
pub struct Tone {
    pub hz: f64,
    pub amplitude: f64,
    /// Radians.
    pub phase: f64,
}

impl Tone {
    pub fn new(hz: f64, amplitude: f64) -> Tone {
        Tone {
            hz,
            amplitude,
            phase: 0.0,
        }
    }

    pub fn constant(value: f64) -> Tone {
        Tone {
            hz: 0.0,
            amplitude: value,
            phase: FRAC_PI_2,
        }
    }

    fn at(&self, seconds: f64) -> f64 {
        self.amplitude * (TAU * self.hz * seconds + self.phase).sin()
    }
}

/// Tones that sound together, recorded at one rate for a model that has another.
#[derive(Debug, Clone)]
pub struct Recording {
    pub tones: Vec<Tone>,
    pub count: usize,
    pub from_hz: u32,
    pub to_hz: u32,
}

impl Recording {
    fn at(&self, seconds: f64) -> f64 {
        self.tones.iter().map(|tone| tone.at(seconds)).sum()
    }

    /// Its tones, each from its zero on; the same upside down; and at half their pitch.
    pub fn alike(&self) -> [Recording; 3] {
        let with = |change: fn(&mut Tone)| {
            let mut other = self.clone();
            for tone in &mut other.tones {
                if tone.hz > 0.0 {
                    tone.phase = 0.0;
                }
                change(tone);
            }
            other
        };
        [
            with(|_| ()),
            with(|tone| tone.amplitude = -tone.amplitude),
            with(|tone| tone.hz /= 2.0),
        ]
    }

    pub fn samples(&self) -> Vec<f32> {
        let rate = f64::from(self.from_hz);
        let at = |index| self.at(index as f64 / rate) as f32;
        let period = self.period().min(self.count);
        let mut samples: Vec<f32> = (0..period).map(at).collect();
        if period < self.count {
            samples = samples.repeat(self.count.div_ceil(period));
            samples.truncate(self.count);
        }
        samples
    }

    /// After so many samples it repeats itself. A second, or less where one tone has a whole number of samples.
    fn period(&self) -> usize {
        match self.tones.as_slice() {
            [tone] if tone.hz > 0.0 && f64::from(self.from_hz) % tone.hz == 0.0 => {
                (f64::from(self.from_hz) / tone.hz) as usize
            }
            _ => usize::MAX,
        }
    }

    /// Whether `resample` keeps its promises for it.
    pub fn judge(&self, why: &str) -> Result<(), Failure> {
        let samples = self.samples();
        let (from_hz, to_hz) = (self.from_hz, self.to_hz);
        let resampled = self.resample(&samples)?;
        if from_hz == to_hz
            && resampled.len() == self.count
            && let Some(at) = (0..self.count).find(|&at| resampled[at] != samples[at])
        {
            let seen = format!("sample {at} is {}\nfor {}", resampled[at], self.in_words());
            let why = "whoever records at the model's rate has nothing to lose";
            return Err(Failure::new(seen, samples[at].to_string(), why).of_promise(6));
        }
        self.judge_resampled(&resampled, why)
    }

    /// What `resample` makes of these samples at the rates of this recording.
    pub fn resample(&self, samples: &[f32]) -> Result<Vec<f32>, Failure> {
        let (from_hz, to_hz) = (self.from_hz, self.to_hz);
        let answer = call(
            "resample",
            || self.in_words(),
            || resample(samples, from_hz, to_hz),
        )?;
        answer.map_err(|error| {
            let seen = format!("Err({error:?})\nfor {}", self.in_words());
            Failure::new(seen, "samples", "this rate is none of 0").of_promise(6)
        })
    }

    /// Whether these are as many samples as there should be, and this sound.
    pub fn judge_resampled(&self, resampled: &[f32], why: &str) -> Result<(), Failure> {
        self.judge_count(resampled)?;
        self.judge_samples(resampled, why)
    }

    fn judge_count(&self, resampled: &[f32]) -> Result<(), Failure> {
        let count = resampled.len();
        let exact = self.count as f64 * f64::from(self.to_hz) / f64::from(self.from_hz);
        let most = if self.count == 0 { 0.0 } else { 1.0 };
        let is_equal = self.from_hz != self.to_hz || count == self.count;
        if is_equal && (count as f64 - exact).abs() <= most {
            return Ok(());
        }
        let heard = self.heard(resampled);
        let seen = format!("{}{heard}\nfor {}", samples(count), self.in_words());
        let expected = format!("{exact:.1}, to within one");
        let why = "a second has as many samples as the rate says: with more of them the model hears it slower";
        Err(Failure::new(seen, expected, why).of_promise(6))
    }

    fn judge_samples(&self, resampled: &[f32], why: &str) -> Result<(), Failure> {
        let slack = 0.1
            * self
                .tones
                .iter()
                .map(|tone| tone.amplitude.abs())
                .sum::<f64>();
        let rate = f64::from(self.to_hz);
        // A sample before the end: how many there are is to within one.
        let end = self.count as f64 / f64::from(self.from_hz) - OPEN - 1.0 / rate;
        let step = if resampled.len() > MANY { SOME } else { 1 };
        for (at, &sample) in resampled.iter().enumerate().step_by(step) {
            let seconds = at as f64 / rate;
            let expected = self.at(seconds);
            let is_open = seconds < OPEN || seconds > end;
            let is_right = if is_open {
                sample.is_finite()
            } else {
                (f64::from(sample) - expected).abs() <= slack
            };
            if !is_right {
                let heard = self.heard(resampled);
                let seen = format!(
                    "sample {at} is {}{heard}\nfor {}",
                    short(sample.into()),
                    self.in_words()
                );
                let expected = match is_open {
                    true => "a finite number".to_owned(),
                    false => format!(
                        "{}, to within {}: the sound at {:.3} ms",
                        short(expected),
                        short(slack),
                        seconds * 1e3
                    ),
                };
                return Err(Failure::new(seen, expected, why).of_promise(7));
            }
        }
        Ok(())
    }

    /// The pitch of one tone in the result, where there is enough of it to be heard.
    fn heard(&self, resampled: &[f32]) -> String {
        let rises: Vec<usize> = (1..resampled.len())
            .filter(|&at| resampled[at - 1] < 0.0 && resampled[at] >= 0.0)
            .collect();
        match (self.tones.as_slice(), rises.as_slice()) {
            ([_], [first, .., last]) if rises.len() > 5 => {
                let periods = (rises.len() - 1) as f64;
                let hz = periods * f64::from(self.to_hz) / (last - first) as f64;
                format!(", and the model hears {hz:.0} Hz")
            }
            _ => String::new(),
        }
    }

    pub fn in_words(&self) -> String {
        let tones: Vec<String> = self
            .tones
            .iter()
            .map(|tone| match tone.hz {
                0.0 => format!("a constant {}", short(tone.at(0.0))),
                hz => format!("a tone of {hz:.1} Hz, {} high", short(tone.amplitude)),
            })
            .collect();
        let tones = match tones.is_empty() {
            true => "silence".to_owned(),
            false => tones.join(" and "),
        };
        let Recording {
            count,
            from_hz,
            to_hz,
            ..
        } = self;
        format!(
            "{} of {tones}, from {from_hz} to {to_hz} samples a second",
            samples(*count)
        )
    }
}

/// So many of them, in words.
pub fn samples(count: usize) -> String {
    counted(count, "sample", "samples")
}

/// Some digits of it, also where it is small.
fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 0.01 || size == 0.0 => format!("{value:.4}"),
        _ => format!("{value:.3e}"),
    }
}

/// What sound cards, telephones and models have.
pub const RATES: [u32; 10] = [
    8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000,
];

/// Two rates: known ones, any, or two that are nearly equal.
fn rates() -> impl Strategy<Value = (u32, u32)> {
    let rate = || prop_oneof![2 => prop::sample::select(&RATES[..]), 1 => 8_000..=192_000_u32];
    let near = (rate(), 1..=400_u32).prop_map(|(rate, more)| match rate > 100_000 {
        true => (rate, rate - more),
        false => (rate, rate + more),
    });
    prop_oneof![5 => (rate(), rate()), 1 => near]
}

/// Silence and up to three tones between any two rates, loud ones and quiet ones.
pub fn recordings() -> impl Strategy<Value = Recording> {
    let milliseconds = prop_oneof![1 => 0.0..=1.0_f64, 4 => 11.0..=25.0_f64];
    (rates(), tones(), milliseconds).prop_map(|((from_hz, to_hz), mut tones, milliseconds)| {
        let highest = f64::from(from_hz.min(to_hz)) / 10.0;
        for tone in &mut tones {
            tone.hz *= highest;
        }
        Recording {
            tones,
            count: (f64::from(from_hz) * milliseconds / 1e3) as usize,
            from_hz,
            to_hz,
        }
    })
}

/// None to three tones, their pitch as a part of the highest that is promised. Together they are not above 1.
fn tones() -> impl Strategy<Value = Vec<Tone>> {
    let hz = prop_oneof![1 => Just(0.0_f64), 4 => 0.0..=1.0_f64, 1 => Just(1.0_f64)];
    let tone = (hz, 0.05..=1.0_f64, 0.0..TAU);
    let quiet = prop_oneof![2 => Just(0.0_f64), 1 => -6.0..0.0_f64];
    let count = prop_oneof![1 => Just(0_usize), 15 => 1..=3_usize];
    let tones = count.prop_flat_map(move |count| prop::collection::vec(tone.clone(), count));
    (tones, quiet).prop_map(|(tones, quiet)| {
        let share = 10.0_f64.powf(quiet) / tones.len().max(1) as f64;
        let tone = |&(hz, amplitude, phase): &(f64, f64, f64)| match hz {
            0.0 if phase < PI => Tone::constant(amplitude * share),
            0.0 => Tone::constant(-amplitude * share),
            hz => Tone {
                hz,
                amplitude: amplitude * share,
                phase,
            },
        };
        tones.iter().map(tone).collect()
    })
}
