//! Draws the page's figure of one Unix time in four formats, and tells when the page shows an older one.

use half::{bf16, f16};
use snapbox::{assert_data_eq, file};

/// Seconds; an afternoon in November 2026.
const TIME: f64 = 1_795_444_200.25;

/// One format: its name, its bits, how many are exponent, and what it makes of the time.
struct Row {
    name: &'static str,
    bits: String,
    exponent: usize,
    back: f64,
    next: f64,
}

fn rows() -> [Row; 4] {
    let (single, brain, half) = (TIME as f32, bf16::from_f64(TIME), f16::from_f64(TIME));
    let after = |value: f32| f64::from(value.next_up()) - f64::from(value);
    [
        Row {
            name: "f64",
            bits: format!("{:064b}", TIME.to_bits()),
            exponent: 11,
            back: TIME,
            next: TIME.next_up() - TIME,
        },
        Row {
            name: "f32",
            bits: format!("{:032b}", single.to_bits()),
            exponent: 8,
            back: f64::from(single),
            next: after(single),
        },
        Row {
            name: "bf16",
            bits: format!("{:016b}", brain.to_bits()),
            exponent: 8,
            back: brain.to_f64(),
            next: bf16::from_bits(brain.to_bits() + 1).to_f64() - brain.to_f64(),
        },
        Row {
            name: "f16",
            bits: format!("{:016b}", half.to_bits()),
            exponent: 5,
            back: half.to_f64(),
            next: f64::NAN,
        },
    ]
}

fn draw() -> String {
    let mut html =
        String::from("<figure class=\"bits\">\n<table>\n<thead><tr><th scope=\"col\">format</th>");
    html += "<th scope=\"col\">sign, exponent, fraction</th><th scope=\"col\">comes back as</th>";
    html += "<th scope=\"col\">next value after</th></tr></thead>\n<tbody>\n";
    for row in rows() {
        let (sign, rest) = row.bits.split_at(1);
        let (exponent, fraction) = rest.split_at(row.exponent);
        let fraction: Vec<String> = fraction
            .as_bytes()
            .chunks(8)
            .map(|bits| String::from_utf8_lossy(bits).into_owned())
            .collect();
        let bits = format!(
            "<span class=\"sign\">{sign}</span> <span class=\"exponent\">{exponent}</span> \
             <span class=\"fraction\">{}</span>",
            fraction.join("<wbr>")
        );
        let back = if row.back.is_finite() {
            row.back.to_string()
        } else {
            "infinity".into()
        };
        let next = match row.next {
            next if next.is_nan() => "none".to_owned(),
            next if next < 0.001 => format!("{:.2} µs", next * 1e6),
            next => format!("{next} s"),
        };
        html += &format!(
            "<tr><th scope=\"row\">{}</th><td><code aria-hidden=\"true\">{bits}</code>\
             <span class=\"visually-hidden\">1 sign bit, {} exponent bits, {} fraction bits</span></td>\
             <td data-column=\"comes back as\">{back}</td><td data-column=\"next value after\">{next}</td></tr>\n",
            row.name,
            row.exponent,
            row.bits.len() - 1 - row.exponent,
        );
    }
    html += &format!(
        "</tbody>\n</table>\n<figcaption>The Unix time {TIME} in four formats. With fewer \
         fraction bits, the next time is less than a microsecond, two minutes or three months later; f16 ends at 65504."
    );
    html + "</figcaption>\n</figure>\n"
}

#[test]
fn the_page_shows_the_figure_as_it_is_drawn_now() {
    assert_data_eq!(draw(), file!["../../../src/figures/ch01-bits.html"].raw());
}
