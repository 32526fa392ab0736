//! Ranks eight documents, one of them without text, as the page's figures tell: written for book-tests/figures/ch10-wall.test.js,
//! and as the still figure of the page.

use std::cmp::Ordering;
use std::fmt::Write;

use snapbox::{assert_data_eq, file};

/// Cosines of seven documents; the figure's own.
const SCORES: [f32; 7] = [0.35, 0.91, 0.58, 0.12, 0.74, -0.27, 0.66];

/// A row, and its score: `None` for the document without text.
type Row = (usize, Option<f32>);

fn documents(at: usize) -> Vec<Row> {
    let mut scores: Vec<Option<f32>> = SCORES.map(Some).to_vec();
    scores.insert(at, None);
    scores.into_iter().enumerate().collect()
}

/// The rows in the order of `compare`, highest first, where the one without a score has `filled`.
fn ranked(at: usize, filled: f32, compare: fn(&f32, &f32) -> Ordering) -> Vec<usize> {
    let mut rows = documents(at);
    rows.sort_by(|a, b| compare(&b.1.unwrap_or(filled), &a.1.unwrap_or(filled)));
    rows.iter().map(|row| row.0).collect()
}

fn or_equal(a: &f32, b: &f32) -> Ordering {
    a.partial_cmp(b).unwrap_or(Ordering::Equal)
}

fn order(kind: &str, at: usize) -> Vec<usize> {
    match kind {
        "equal" => ranked(at, f32::NAN, or_equal),
        "total" => ranked(at, f32::NAN.copysign(1.0), f32::total_cmp),
        "negative" => ranked(at, f32::NAN.copysign(-1.0), f32::total_cmp),
        "zero" => ranked(at, 0.0, or_equal),
        _ => {
            let mut rows = documents(at);
            rows.retain(|row| row.1.is_some());
            rows.sort_by(|a, b| or_equal(&b.1.unwrap(), &a.1.unwrap()));
            rows.iter().map(|row| row.0).collect()
        }
    }
}

const KINDS: [&str; 5] = ["equal", "total", "negative", "zero", "out"];

#[test]
fn the_file_holds_how_each_comparison_ranks_the_documents_now() {
    let rows: Vec<String> = (0..=SCORES.len())
        .flat_map(|at| KINDS.map(|kind| (at, kind)))
        .map(|(at, kind)| {
            let order = order(kind, at);
            format!(r#"{{ "kind": "{kind}", "at": {at}, "order": {order:?} }}"#)
        })
        .collect();
    let json = format!("[\n{}\n]\n", rows.join(",\n"));
    assert_data_eq!(
        json,
        file!["../../../book-tests/figures/ch10-wall.json"].raw()
    );
}

#[test]
fn the_still_figure_shows_the_documents_as_they_are_ranked_now() {
    const AT: usize = 3;
    let shown = |row: usize| match documents(AT)[row].1 {
        Some(score) => format!("{score}"),
        None => "NaN".to_owned(),
    };
    let mut drawn = String::from(
        "<figure class=\"ranking\">\n<div class=\"table-wrapper\"><table>\n<thead><tr><th scope=\"col\">place</th>",
    );
    for place in 1..=SCORES.len() + 1 {
        let _ = write!(drawn, "<th scope=\"col\">{place}</th>");
    }
    drawn += "</tr></thead>\n<tbody>\n";
    let came: Vec<usize> = (0..=SCORES.len()).collect();
    for (name, rows) in [
        ("as they come", came),
        ("by <code>unwrap_or(Equal)</code>", order("equal", AT)),
        ("by <code>total_cmp</code>, NaN", order("total", AT)),
        ("by <code>total_cmp</code>, −NaN", order("negative", AT)),
        ("NaN left out first", order("out", AT)),
    ] {
        let _ = write!(drawn, "<tr><th scope=\"row\">{name}</th>");
        for place in 0..=SCORES.len() {
            let score = rows.get(place).map_or("-".to_owned(), |&row| shown(row));
            let cell = match score.as_str() {
                "NaN" => "<td class=\"goes-wrong\"><strong>NaN</strong></td>".to_owned(),
                score => format!("<td>{score}</td>"),
            };
            drawn += &cell;
        }
        drawn += "</tr>\n";
    }
    drawn += "</tbody>\n</table></div>\n<figcaption>From a run: eight documents, one of them without text. With \
              <code>unwrap_or(Equal)</code> each side of the NaN is in order for itself.</figcaption>\n</figure>\n";
    assert_data_eq!(drawn, file!["../../../src/figures/ch10-ranked.html"].raw());
}
