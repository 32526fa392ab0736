//! Writes what the page's figure is tested by, and how far a vector of the bundled model moves beside longer texts.

use std::fmt::Write;

use ch09_padding_solution::encoder::{Batch, Encoder, EncoderError, Hidden, Onnx};
use ch09_padding_solution::{Embedder, Settings, Side};
use snapbox::{assert_data_eq, file};

const PAD_ID: i64 = 0;

/// An encoder that shows padding to each token, whatever the mask says.
struct ShowsAll<E>(E);

impl<E: Encoder> Encoder for ShowsAll<E> {
    fn run(&mut self, batch: &Batch) -> Result<Hidden, EncoderError> {
        self.0.run(&Batch {
            mask: vec![1; batch.ids.len()],
            ..batch.clone()
        })
    }
}

/// The encoder of the figure: a token has a point of a plane, and its row is half that point, and half the mean of
/// the points that it attends to.
struct Plane;

fn point(id: i64) -> [f32; 2] {
    match id {
        PAD_ID => [90.0, 10.0],
        // The first text: three points around (20, 80).
        1 => [14.0, 74.0],
        2 => [20.0, 92.0],
        3 => [26.0, 74.0],
        _ => [70.0, 85.0],
    }
}

impl Encoder for Plane {
    fn run(&mut self, batch: &Batch) -> Result<Hidden, EncoderError> {
        let [rows, seq] = batch.shape;
        let mut values = Vec::new();
        for (ids, mask) in batch.ids.chunks(seq).zip(batch.mask.chunks(seq)) {
            let mut seen = [0.0; 2];
            let count: i64 = mask.iter().sum();
            for (&id, &bit) in ids.iter().zip(mask) {
                for (sum, at) in seen.iter_mut().zip(point(id)) {
                    *sum += at * bit as f32 / count as f32;
                }
            }
            for &id in ids {
                let halves = point(id).into_iter().zip(seen);
                values.extend(halves.map(|(own, seen)| (own + seen) / 2.0));
            }
        }
        Ok(Hidden {
            shape: [rows, seq, 2],
            values,
        })
    }
}

/// What is done about padding.
#[derive(Clone, Copy, PartialEq)]
enum Variant {
    /// As the shipped text does: padding is text.
    Shipped,
    /// The same with one width for all calls.
    Wide,
    /// It is left out of the mean, and shown to the encoder.
    Mean,
    Both,
}

impl Variant {
    const ALL: [(Variant, &str); 4] = [
        (Variant::Shipped, "shipped"),
        (Variant::Wide, "wide"),
        (Variant::Mean, "mean"),
        (Variant::Both, "both"),
    ];

    fn embed(self, encoder: impl Encoder, texts: &[Vec<i64>]) -> Vec<Vec<f32>> {
        let settings = Settings {
            max_tokens: 512,
            pad_id: PAD_ID,
            side: Side::Right,
        };
        let mut texts = texts.to_vec();
        let longest = texts.iter().map(Vec::len).max().unwrap();
        let width = if self == Variant::Wide { 512 } else { longest };
        if matches!(self, Variant::Shipped | Variant::Wide) {
            for text in &mut texts {
                text.resize(width, PAD_ID);
            }
        }
        let answers = match self {
            Variant::Both => Embedder::new(encoder, settings).embed(&texts),
            _ => Embedder::new(ShowsAll(encoder), settings).embed(&texts),
        };
        answers.unwrap().into_iter().map(Option::unwrap).collect()
    }
}

#[test]
fn the_plane_is_a_run() {
    let mut rows = Vec::new();
    for (variant, name) in Variant::ALL {
        for second in 1..=12 {
            let vectors = variant.embed(Plane, &[vec![1, 2, 3], vec![4; second]]);
            let vectors: Vec<String> = vectors
                .iter()
                .map(|vector| format!("[{:.3}, {:.3}]", vector[0], vector[1]))
                .collect();
            rows.push(format!(
                "{{ \"variant\": \"{name}\", \"second\": {second}, \"vectors\": [{}] }}",
                vectors.join(", ")
            ));
        }
    }
    assert_data_eq!(
        format!("[\n{}\n]\n", rows.join(",\n")),
        file!["../../../book-tests/figures/ch09-plane.json"].raw()
    );
}

/// "a wonderful film"
const TEXT: [i64; 3] = [100, 1167, 435];
const NEIGHBOURS: [usize; 5] = [3, 4, 6, 12, 48];

#[test]
fn the_still_figure_is_a_run_of_the_bundled_model() {
    let heads = [
        "nothing, as shipped",
        "nothing, each row 512 wide",
        "left out of the mean only",
        "masked, and left out of the mean",
    ];
    let similarity = |variant: Variant, second: usize| {
        let model = || Onnx::load(models::ENCODER).unwrap();
        let alone = Variant::Both.embed(model(), &[TEXT.to_vec()]);
        let neighbour = (0..second).map(|at| 300 + 7 * at as i64).collect();
        let beside = variant.embed(model(), &[TEXT.to_vec(), neighbour]);
        cosine(&alone[0], &beside[0])
    };
    let mut html = String::from(
        "<figure class=\"similarities\">\n<div class=\"table-wrapper\"><table>\n<thead><tr><th scope=\"col\">beside a text of</th>",
    );
    for head in heads {
        let _ = write!(html, "<th scope=\"col\">{head}</th>");
    }
    html += "</tr></thead>\n<tbody>\n";
    for second in NEIGHBOURS {
        let _ = write!(html, "<tr><th scope=\"row\">{second} tokens</th>");
        for (variant, _) in Variant::ALL {
            let similarity = format!("{:.2}", similarity(variant, second));
            if similarity == "1.00" {
                let _ = write!(html, "<td>{similarity}</td>");
            } else {
                let _ = write!(
                    html,
                    "<td class=\"goes-wrong\"><strong>{similarity}</strong></td>"
                );
            }
        }
        html += "</tr>\n";
    }
    html += "</tbody>\n</table></div>\n<figcaption>From a run of the bundled encoder: how similar the vector of \"a wonderful film\" is to \
             itself alone, by the cosine, and what is done about its padding.</figcaption>\n</figure>\n";
    assert_data_eq!(
        html,
        file!["../../../src/figures/ch09-similarities.html"].raw()
    );
}

fn cosine(one: &[f32], other: &[f32]) -> f32 {
    let dot = |one: &[f32], other: &[f32]| -> f32 {
        one.iter().zip(other).map(|(one, other)| one * other).sum()
    };
    dot(one, other) / (dot(one, one) * dot(other, other)).sqrt()
}
