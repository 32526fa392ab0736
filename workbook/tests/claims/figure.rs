//! The figure of a failing run: the steps that the check recorded, with a lane for everyone who does something.

use std::fmt::Write;

use runner::CheckResult;
use serde::Deserialize;

use crate::html::escaped;

/// What the figure shows of a `checks::Trace`, whose JSON this is.
#[derive(Deserialize)]
struct Trace {
    lanes: Vec<String>,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    at: Option<String>,
    lane: String,
    what: String,
}

/// The figure of the failed check, if it recorded steps. No blank line: it would end the HTML in Markdown.
pub fn draw(failed: &CheckResult) -> Option<String> {
    let trace = Trace::deserialize(failed.trace.as_ref()?).ok()?;
    let head = match trace.steps.iter().any(|step| step.at.is_some()) {
        true => "at",
        false => "step",
    };
    let mut html = String::from("<figure class=\"lanes\">\n<table>\n<thead><tr>");
    for column in [head]
        .into_iter()
        .chain(trace.lanes.iter().map(String::as_str))
    {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(column));
    }
    html += "</tr></thead>\n<tbody>\n";
    for (number, step) in (1..).zip(&trace.steps) {
        let at = step.at.clone().unwrap_or_else(|| number.to_string());
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(&at));
        for lane in &trace.lanes {
            let event = if *lane == step.lane {
                escaped(&step.what)
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
    let caption = format!(
        "From the run of the shipped code that fails the check “{}”.",
        failed.sentence
    );
    let _ = write!(
        html,
        "</tbody>\n</table>\n<figcaption>{caption}</figcaption>\n</figure>\n"
    );
    Some(html)
}
