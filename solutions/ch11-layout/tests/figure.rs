//! Runs `ndarray` on the places of a picture: what the page's table shows, and what its figure is compared with.

use std::fmt::Write;

use ch11_layout_solution::{ChannelOrder, Layout, Spec, preprocess};
use image::imageops::FilterType;
use image::{Rgb, RgbImage};
use ndarray::{Array3, Axis};
use serde_json::json;
use snapbox::{assert_data_eq, file};

/// Which byte of the picture stands where, and the shape that goes with them.
type Places = ([usize; 3], Vec<usize>);

/// What is made of a picture of this width and height.
type Run = fn(usize, usize) -> Places;

fn of(places: Array3<usize>) -> Places {
    (places.dim().into(), places.iter().copied().collect())
}

/// What the figure calls it, and what it makes of an array of `(height, width, 3)` in memory.
const MODES: [(&str, Run); 5] = [
    ("right", |width, height| {
        of(array((height, width, 3)).permuted_axes([2, 0, 1]))
    }),
    ("old", |width, height| {
        let permuted = array((height, width, 3)).permuted_axes([2, 0, 1]);
        let shape = permuted.dim().into();
        (shape, permuted.into_raw_vec_and_offset().0)
    }),
    ("width", |width, height| {
        of(array((width, height, 3)).permuted_axes([2, 0, 1]))
    }),
    ("fit", |width, height| {
        of(array((width, height, 3)).permuted_axes([2, 1, 0]))
    }),
    ("bgr", |width, height| {
        let mut places = array((height, width, 3));
        places.invert_axis(Axis(2));
        of(places.permuted_axes([2, 0, 1]))
    }),
];

/// Each byte of a picture, called by its place in memory.
fn array(shape: (usize, usize, usize)) -> Array3<usize> {
    let count = shape.0 * shape.1 * shape.2;
    Array3::from_shape_vec(shape, (0..count).collect()).unwrap()
}

#[test]
fn the_file_holds_where_ndarray_puts_each_byte() {
    let mut rows = Vec::new();
    for (width, height) in [(12, 8), (8, 8), (3, 2), (5, 7), (1, 4), (1, 1)] {
        for (mode, run) in MODES {
            let (shape, sources) = run(width, height);
            let row = json!({
                "mode": mode, "width": width, "height": height, "shape": shape, "sources": sources,
            });
            rows.push(row.to_string());
        }
    }
    assert_data_eq!(
        format!("[\n{}\n]\n", rows.join(",\n")),
        file!["../../../book-tests/figures/ch11-planes.json"].raw()
    );
}

#[test]
fn the_page_shows_the_planes_as_they_are_now() {
    let byte = |place: usize| 100 * (place / 9) + 10 * (place / 3 % 3) + place % 3;
    let picture = RgbImage::from_fn(3, 2, |x, y| {
        Rgb([0, 1, 2].map(|color| byte((9 * y + 3 * x + color) as usize) as u8))
    });
    let spec = Spec {
        layout: Layout::Nchw,
        channels: ChannelOrder::Rgb,
        width: 3,
        height: 2,
        filter: FilterType::Nearest,
        mean: [0.0; 3],
        std: [1.0 / 255.0; 3],
    };
    let tensor = preprocess(&picture, &spec).unwrap();
    let right: Vec<usize> = tensor
        .data
        .iter()
        .map(|&value| value.round() as usize)
        .collect();
    let (_, old) = MODES[1].1(3, 2);
    let old: Vec<usize> = old.into_iter().map(byte).collect();
    let (_, in_order) = MODES[0].1(3, 2);
    assert_eq!(right, in_order.into_iter().map(byte).collect::<Vec<_>>());

    let mut html = String::from("<figure>\n<table>\n<thead><tr><th scope=\"col\">plane</th>");
    html += "<th scope=\"col\">of the picture</th><th scope=\"col\">in the old order</th></tr></thead>\n<tbody>\n";
    for (channel, planes) in right.chunks(6).zip(old.chunks(6)).enumerate() {
        let color = ["red", "green", "blue"][channel];
        let _ = write!(html, "<tr><th scope=\"row\">{channel}, {color}</th>");
        for plane in [planes.0, planes.1] {
            let rows: Vec<String> = plane.chunks(3).map(|row| format!("{row:?}")).collect();
            let rows = rows.join("</code><br><code>").replace(['[', ']', ','], "");
            let rows = rows.replace(' ', "&nbsp;");
            let _ = write!(html, "<td><code>{rows}</code></td>");
        }
        html += "</tr>\n";
    }
    html += "</tbody>\n</table>\n<figcaption>Two rows of three pixels. Each value says where it belongs: 100 for the \
             second row, 10 for each column, 1 for green, 2 for blue. In the old order the model takes the first two pixels, \
             with all their colours, for two rows of red.</figcaption>\n</figure>\n";
    assert_data_eq!(html, file!["../../../src/figures/ch11-planes.html"].raw());
}
