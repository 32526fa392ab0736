//! Draws what two requests do to one tokenizer, from a run in which each waits for the other's step.

use std::fmt::Write;
use std::sync::{Barrier, Mutex, RwLock};
use std::thread;

use snapbox::{assert_data_eq, file};
use tokenizers::{Tokenizer, TruncationParams};

const TEXT: &str = "a boring story, and a dreadful end; the actors were good, but the film was not";

/// Who did what, and the limit that the tokenizer then had.
struct Step {
    request: usize,
    does: String,
    limit: usize,
}

#[test]
fn the_figure_is_what_happens_now() {
    assert_data_eq!(
        html(&run()),
        file!["../../../src/figures/ch06-settings.html"].raw()
    );
}

/// Both set, then both encode.
fn run() -> Vec<Step> {
    let tokenizer = RwLock::new(models::TOKENIZER.parse::<Tokenizer>().unwrap());
    let steps = Mutex::new(Vec::new());
    let turn = Barrier::new(2);
    let note = |request, does| {
        let limit = tokenizer
            .read()
            .unwrap()
            .get_truncation()
            .unwrap()
            .max_length;
        steps.lock().unwrap().push(Step {
            request,
            does,
            limit,
        });
    };
    let set = |request, max_length| {
        let limit = TruncationParams {
            max_length,
            ..TruncationParams::default()
        };
        let mut tokenizer = tokenizer.write().unwrap();
        tokenizer.with_truncation(Some(limit)).unwrap();
        drop(tokenizer);
        note(request, format!("asks for {max_length} tokens at most"));
    };
    let encode = |request| {
        let encoding = tokenizer.read().unwrap().encode(TEXT, true).unwrap();
        note(request, format!("gets {}", encoding.len()));
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            set(1, 6);
            turn.wait();
            turn.wait();
            encode(1);
            turn.wait();
        });
        scope.spawn(|| {
            turn.wait();
            set(2, 9);
            turn.wait();
            turn.wait();
            encode(2);
        });
    });
    steps.into_inner().unwrap()
}

/// A table with a lane for each request and one for the tokenizer. No blank line: it would end the HTML in
/// Markdown.
fn html(steps: &[Step]) -> String {
    let lanes = ["request 1", "the tokenizer", "request 2"];
    let mut html = String::from("<figure class=\"lanes\">\n<table>\n<thead><tr>");
    for head in ["step"].iter().chain(&lanes) {
        let _ = write!(html, "<th scope=\"col\">{head}</th>");
    }
    html += "</tr></thead>\n<tbody>\n";
    for (number, step) in steps.iter().enumerate() {
        let does = |request| {
            if step.request == request {
                step.does.as_str()
            } else {
                ""
            }
        };
        let cells = [does(1), &format!("limit {}", step.limit), does(2)];
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", number + 1);
        for (lane, cell) in lanes.iter().zip(cells) {
            let class = if cell.is_empty() {
                ""
            } else {
                " class=\"event\""
            };
            let _ = write!(html, "<td{class} data-lane=\"{lane}\">{cell}</td>");
        }
        html += "</tr>\n";
    }
    html + "</tbody>\n</table>\n<figcaption>From a run of two threads on one tokenizer behind an \
            <code>RwLock</code>: the second to set decides for both.</figcaption>\n</figure>\n"
}
