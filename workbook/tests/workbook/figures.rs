//! The figures that show a failing run are drawn from that run: the table in the message of a shipped
//! crate's first failing check.

use std::fmt::Write;

use runner::{Limits, Root, Variant, run_variant};
use snapbox::{Data, assert_data_eq};

#[test]
fn the_interleaving_of_chapter_2_is_the_one_that_fails_now() {
    is_drawn_from_the_run("ch02-ordering", "ch02-interleaving.html");
}

#[test]
fn the_timeline_of_chapter_3_is_the_one_that_fails_now() {
    is_drawn_from_the_run("ch03-batching", "ch03-timeline.html");
}

#[test]
fn the_buffer_of_chapter_4_is_the_one_that_fails_now() {
    is_drawn_from_the_run("ch04-state", "ch04-buffer.html");
}

fn is_drawn_from_the_run(chapter: &str, figure: &str) {
    let root = Root::at(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let chapter = root.chapter(chapter).unwrap();
    let verdict = run_variant(&root, &Variant::shipped(&chapter), Limits::default());
    let failed = verdict
        .checks()
        .unwrap()
        .iter()
        .find(|check| !check.passed())
        .unwrap();
    let drawn = draw(&failed.message, &failed.sentence);
    let file = root.path().join("src/figures").join(figure);
    assert_data_eq!(drawn, Data::read_from(&file, None).raw());
}

/// A table with a lane for everyone who does something. No blank line: it would end the HTML in Markdown.
fn draw(message: &str, sentence: &str) -> String {
    let mut lines = message
        .lines()
        .map(columns)
        .skip_while(|columns| !is_head(columns));
    let head = lines.next().expect("the message has a table");
    let rows: Vec<[String; 3]> = lines.map_while(|columns| columns.try_into().ok()).collect();
    let mut lanes: Vec<&str> = Vec::new();
    for [_, who, _] in &rows {
        if !lanes.contains(&who.as_str()) {
            lanes.push(who);
        }
    }
    let mut html = String::from("<figure class=\"lanes\">\n<table>\n<thead><tr>");
    for column in [head[0].as_str()].iter().chain(&lanes) {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(column));
    }
    html += "</tr></thead>\n<tbody>\n";
    for [at, who, does] in &rows {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(at));
        for lane in &lanes {
            let event = if lane == who {
                escaped(does)
            } else {
                String::new()
            };
            let class = if event.is_empty() {
                ""
            } else {
                " class=\"event\""
            };
            let _ = write!(
                html,
                "<td{class} data-lane=\"{}\">{event}</td>",
                escaped(lane)
            );
        }
        html += "</tr>\n";
    }
    let caption = format!("From the run of the shipped code that fails the check “{sentence}”.");
    let _ = write!(
        html,
        "</tbody>\n</table>\n<figcaption>{caption}</figcaption>\n</figure>\n"
    );
    html
}

/// Columns are two spaces or more apart; the third keeps its own.
fn columns(line: &str) -> Vec<String> {
    let mut rest = line.trim();
    let mut columns = Vec::new();
    while columns.len() < 2
        && let Some((column, after)) = rest.split_once("  ")
    {
        columns.push(column.to_owned());
        rest = after.trim_start();
    }
    columns.push(rest.to_owned());
    columns
}

fn is_head(columns: &[String]) -> bool {
    matches!(columns, [at, who, does] if (at == "at" || at == "step") && who == "who" && does == "does")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
