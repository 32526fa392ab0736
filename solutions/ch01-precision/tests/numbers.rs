//! Writes what Rust makes of some numbers in four formats. The page's figure computes the same in the
//! browser, and is held to this file by book-tests/figures/ch01-bits.test.js.

use std::fmt::Write;

use half::{bf16, f16};
use snapbox::{assert_data_eq, file};

const NUMBERS: [&str; 44] = [
    "0",
    "-0",
    "1",
    "-1",
    "0.1",
    "-0.1",
    "0.3",
    "1.5",
    "3.14159265358979",
    "100.7",
    // Ids.
    "2047",
    "2049",
    "2051",
    "16777215",
    "16777216",
    "16777217",
    "16777219",
    "9007199254740993",
    "18446744073709551615",
    // Times, in seconds and in milliseconds.
    "1795444200.25",
    "1795444200.5",
    "1795444200250",
    // To the largest values, and beyond.
    "65504",
    "65519",
    "65520",
    "65536",
    "70000",
    "-70000",
    "3.4028234663852886e38",
    "3.4028236e38",
    "3.39e38",
    "1e39",
    "-1e39",
    "1.7976931348623157e308",
    "1e309",
    // To the smallest values, and beyond.
    "6.103515625e-5",
    "6e-8",
    "5.9604644775390625e-8",
    "2.9e-8",
    "1e-45",
    "1e-46",
    "5e-324",
    "inf",
    "NaN",
];

/// A number and what is subtracted from it.
const PAIRS: [(&str, &str); 8] = [
    ("1795444200.25", "1795444200"),
    ("1795444200.5", "1795444200.25"),
    ("1795444200", "1795444200.25"),
    ("16777217", "16777216"),
    ("0.1", "0"),
    ("70000", "69000"),
    ("1e39", "1e39"),
    ("-1e39", "1e39"),
];

/// The four formats of one number.
struct Formats(f64, f32, bf16, f16);

impl Formats {
    fn cast(number: f64) -> Formats {
        let (brain, half) = (bf16::from_f64(number), f16::from_f64(number));
        Formats(number, number as f32, brain, half)
    }

    fn json(&self) -> String {
        let double = row(self.0.to_bits(), 64, f64::from_bits);
        let single = row(self.1.to_bits().into(), 32, |bits| {
            f32::from_bits(bits as u32).into()
        });
        let brain = row(self.2.to_bits().into(), 16, brain_value);
        let half = row(self.3.to_bits().into(), 16, half_value);
        format!(r#"{{ "f64": {double}, "f32": {single}, "bf16": {brain}, "f16": {half} }}"#)
    }
}

fn brain_value(bits: u64) -> f64 {
    bf16::from_bits(bits as u16).to_f64()
}

fn half_value(bits: u64) -> f64 {
    f16::from_bits(bits as u16).to_f64()
}

/// Bits, value, and the distance to the next value away from 0.
fn row(bits: u64, width: u32, value_of: fn(u64) -> f64) -> String {
    let value = value_of(bits);
    // Which bits a NaN has is not laid down.
    if value.is_nan() {
        return r#"["NaN", "NaN", "none"]"#.to_owned();
    }
    let magnitude = bits & (u64::MAX >> (64 - width) >> 1);
    let step = value_of(magnitude + 1) - value_of(magnitude);
    let step = if step.is_finite() {
        decimal(step)
    } else {
        "none".to_owned()
    };
    format!(r#"["{bits:x}", "{}", "{step}"]"#, decimal(value))
}

/// All digits of a value.
fn decimal(value: f64) -> String {
    if value.is_infinite() {
        return if value < 0.0 { "-infinity" } else { "infinity" }.to_owned();
    }
    let digits = format!("{value:.1074}");
    digits
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

fn drawn() -> String {
    let value = |text: &str| text.parse::<f64>().unwrap();
    let numbers = NUMBERS.map(|text| {
        // Read as an f32 at once, as the figure does: by way of f64 it would be rounded twice.
        let single = text.parse().unwrap();
        let formats = Formats(
            value(text),
            single,
            bf16::from_f64(value(text)),
            f16::from_f64(value(text)),
        );
        format!(r#"{{ "number": "{text}", "formats": {} }}"#, formats.json())
    });
    let pairs = PAIRS.map(|(number, reference)| {
        let (from, what) = (
            Formats::cast(value(number)),
            Formats::cast(value(reference)),
        );
        let cast_first = Formats(
            from.0 - what.0,
            from.1 - what.1,
            from.2 - what.2,
            from.3 - what.3,
        );
        let subtract_first = Formats::cast(value(number) - value(reference));
        let mut json = format!(r#"{{ "number": "{number}", "reference": "{reference}","#);
        let _ = write!(json, "\n  \"castFirst\": {},", cast_first.json());
        let _ = write!(json, "\n  \"subtractFirst\": {} }}", subtract_first.json());
        json
    });
    format!(
        "{{\n\"numbers\": [\n{}\n],\n\"pairs\": [\n{}\n]\n}}\n",
        numbers.join(",\n"),
        pairs.join(",\n")
    )
}

#[test]
fn the_file_holds_what_rust_makes_of_the_numbers_now() {
    assert_data_eq!(
        drawn(),
        file!["../../../book-tests/figures/ch01-bits.json"].raw()
    );
}

/// `from_f64` of `half` rounds by way of f32 on some processors and not on others: no number in the file
/// is one for which that matters.
#[test]
fn every_bf16_and_f16_in_the_file_is_the_nearest_to_its_number() {
    for text in NUMBERS {
        let number: f64 = text.parse().unwrap();
        let brain = u64::from(bf16::from_f64(number).to_bits());
        let half = u64::from(f16::from_f64(number).to_bits());
        for (bits, value_of) in [(brain, brain_value as fn(u64) -> f64), (half, half_value)] {
            let stored = value_of(bits);
            for neighbour in [value_of(bits.wrapping_sub(1)), value_of(bits + 1)] {
                let is_nearer = (neighbour - number).abs() < (stored - number).abs();
                assert!(
                    !stored.is_finite() || !is_nearer,
                    "{neighbour} is nearer to {text} than {stored}"
                );
            }
        }
    }
}

/// What the page tells of a sum in f32, and of bf16.
#[test]
fn a_mean_is_off_by_a_seventh_and_a_time_by_days() {
    let sum: f32 = std::iter::repeat_n(12_345.0_f32, 10_000_000).sum();
    let off = f64::from(sum) / 1e7 / 12_345.0 - 1.0;
    assert_eq!((1.0 / off).round(), 7.0);

    assert_eq!((f32::MANTISSA_DIGITS, bf16::MANTISSA_DIGITS), (24, 8));
    let in_days = |seconds: f64| (seconds / 86_400.0).round();
    let time = 1_795_444_200.25;
    let stored = bf16::from_f64(time);
    let next = bf16::from_bits(stored.to_bits() + 1);
    assert_eq!(in_days(time - stored.to_f64()), 3.0);
    assert_eq!(in_days(next.to_f64() - stored.to_f64()), 97.0);
}

/// What the page tells of candle and of mmdetection3d.
#[test]
fn positions_share_a_bf16_and_microseconds_an_f32() {
    let mut positions: Vec<u16> = (0..4_096_u16)
        .map(|position| bf16::from_f32(position.into()).to_bits())
        .collect();
    positions.dedup();
    assert_eq!(positions.len(), 769);
    assert_eq!(bf16::from_f32(257.0).to_f32(), 256.0);

    // A frame of the report, and how far the next f32 is.
    let time = 1_550_083_467_346_370_i64 as f32;
    assert_eq!(time as i64, 1_550_083_493_462_016);
    assert_eq!(time.next_up() - time, 134_217_728.0);
}
