//! The figure of a failing run: the table in a check's message, with a lane for everyone who does something.

use std::fmt::Write;

use runner::CheckResult;

/// The figure of the failed check, if its message has a table. No blank line: it would end the HTML in Markdown.
pub fn draw(failed: &CheckResult) -> Option<String> {
    let mut lines = failed
        .message
        .lines()
        .map(columns)
        .skip_while(|columns| !is_head(columns));
    let head = lines.next()?;
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
