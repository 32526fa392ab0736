//! The figure of a failing run: the steps that the check recorded, with a lane for everyone who does something. The page
//! draws a learner's own run in the same way, by `src/live/run-logic.js`: a test compares the two.

use std::fmt::Write;

use runner::CheckResult;
use serde::Deserialize;

use crate::html::escaped;

/// What the figure shows of a `checks::Trace`, whose JSON this is.
#[derive(Deserialize)]
struct Trace {
    lanes: Vec<String>,
    steps: Vec<Step>,
    waits: Vec<Wait>,
}

#[derive(Deserialize)]
struct Step {
    at: Option<String>,
    lane: String,
    what: String,
}

#[derive(Deserialize)]
struct Wait {
    who: String,
    #[serde(rename = "for")]
    whom: String,
}

/// A row is drawn in pixels from its own top.
const MARGIN: usize = 10;
const DOT: usize = 15;
/// Lanes stand closer where they would be wider together: a phone has room for the words too.
const APART: usize = 18;
const TOGETHER: usize = 132;

/// How a check tells that a wait has taken too long.
const GAVE_UP: &str = "gives up: it waited for ";

/// The figure of the failed check, if it recorded steps. No blank line: it would end the HTML in Markdown.
pub fn draw(failed: &CheckResult) -> Option<String> {
    let trace = Trace::deserialize(failed.trace.as_ref()?).ok()?;
    let drawing = Drawing::of(&trace);
    let head = match trace.steps.iter().any(|step| step.at.is_some()) {
        true => "at",
        false => "step",
    };
    let mut html = format!(
        "<figure class=\"run\">\n<table style=\"--drawing: {}px\">\n\
         <thead><tr><th scope=\"col\">{head}</th><th scope=\"col\">who does what</th></tr></thead>\n<tbody>\n",
        drawing.width
    );
    for (index, step) in trace.steps.iter().enumerate() {
        let at = step.at.clone().unwrap_or_else(|| (index + 1).to_string());
        let (does, remark) = parted(&step.what);
        let marks = drawing.step(index);
        let goes_wrong = remark.is_some() || does.starts_with(GAVE_UP);
        html += &drawing.row(&at, &step.lane, does, remark, goes_wrong, &marks);
    }
    for wait in &trace.waits {
        let does = format!("waits for {}", wait.whom);
        html += &drawing.row("end", &wait.who, &does, None, true, &drawing.wait(wait));
    }
    let dashed = if html.contains("class=\"unordered\"") {
        "; the dashed one joins two steps that nothing orders"
    } else if html.contains("class=\"waits\"") {
        "; dashed ones are waits"
    } else {
        ""
    };
    let caption = format!(
        "From the run of the shipped code that fails the check “{}”. Grey lines lead to the next step{dashed}.",
        failed.sentence
    );
    let _ = write!(
        html,
        "</tbody>\n</table>\n<figcaption>{caption}</figcaption>\n</figure>\n"
    );
    Some(html)
}

/// What a step does, and what the check remarks of it.
fn parted(what: &str) -> (&str, Option<&str>) {
    match what.split_once("   <- ") {
        Some((does, remark)) => (does, Some(remark)),
        None => (what, None),
    }
}

struct Drawing<'a> {
    trace: &'a Trace,
    lanes: Vec<&'a str>,
    /// In pixels.
    width: usize,
    /// Where the line stands that ties two steps which nothing orders: the first, the last, and how far from the left.
    unordered: Option<(usize, usize, usize)>,
}

impl Drawing<'_> {
    fn of(trace: &Trace) -> Drawing<'_> {
        let mut lanes: Vec<&str> = Vec::new();
        let waits = trace.waits.iter().flat_map(|wait| [&wait.who, &wait.whom]);
        for lane in trace.lanes.iter().chain(waits) {
            if !lanes.contains(&lane.as_str()) {
                lanes.push(lane);
            }
        }
        let steps = trace.steps.iter().enumerate();
        let unordered = steps.clone().find_map(|(last, step)| {
            let (_, after) = parted(&step.what).1?.rsplit_once("after step ")?;
            Some((after.parse::<usize>().ok()? - 1, last))
        });
        let mut drawing = Drawing {
            trace,
            lanes,
            width: 0,
            unordered: None,
        };
        let last_lane = MARGIN + (drawing.lanes.len() - 1) * drawing.apart();
        drawing.width = last_lane + MARGIN;
        if let Some((first, last)) = unordered {
            let beside = last_lane + 14;
            drawing.width = beside + 6;
            drawing.unordered = Some((first, last, beside));
        }
        drawing
    }

    fn apart(&self) -> usize {
        APART.min((TOGETHER / (self.lanes.len() - 1).max(1)).max(2))
    }

    fn x(&self, lane: &str) -> usize {
        let number = self.lanes.iter().position(|other| *other == lane);
        MARGIN + number.expect("it is one of them") * self.apart()
    }

    fn all_lanes(&self) -> String {
        let lanes = self.lanes.iter().map(|lane| {
            let x = self.x(lane);
            line("lane", x, 0, x, "100%")
        });
        lanes.collect()
    }

    fn step(&self, index: usize) -> String {
        let steps = &self.trace.steps;
        let mut marks = self.all_lanes();
        let here = self.x(&steps[index].lane);
        if index > 0 {
            let before = self.x(&steps[index - 1].lane);
            marks += &line("then", before, 0, before, DOT);
            if before != here {
                marks += &arrow("then", before, here);
            }
        }
        if index + 1 < steps.len() {
            marks += &line("then", here, DOT, here, "100%");
        }
        marks += &self.waited(index);
        if let Some((first, last, beside)) = self.unordered {
            if index == first {
                marks += &line("unordered", here, DOT, beside, DOT);
            }
            if (first..last).contains(&index) {
                let top = if index == first { DOT } else { 0 };
                marks += &line("unordered", beside, top, beside, "100%");
            }
            if index == last {
                marks += &line("unordered", beside, 0, beside, DOT + 3);
                marks += &line("unordered", here, DOT + 3, beside, DOT + 3);
            }
        }
        let (does, remark) = parted(&steps[index].what);
        let kind = match remark.is_some() || does.starts_with(GAVE_UP) {
            true => "dot wrong",
            false => "dot",
        };
        marks + &dot(kind, here)
    }

    /// What is drawn at a step of all that wait then: who gives up has waited since its last step.
    fn waited(&self, index: usize) -> String {
        let steps = self.trace.steps.iter().enumerate();
        let gave_up =
            steps.filter(|(until, step)| *until >= index && step.what.starts_with(GAVE_UP));
        let lines = gave_up.filter_map(|(until, step)| {
            let before = self.trace.steps[..until].iter();
            let from = before.rev().position(|other| other.lane == step.lane);
            let from = from.map(|back| until - 1 - back);
            let x = self.x(&step.lane);
            let top = if Some(index) == from { DOT } else { 0 };
            let bottom = if index == until {
                DOT.to_string()
            } else {
                "100%".to_owned()
            };
            (index >= from.unwrap_or(0)).then(|| line("waits", x, top, x, bottom))
        });
        lines.collect()
    }

    fn wait(&self, Wait { who, whom }: &Wait) -> String {
        let mut marks = self.all_lanes();
        if who != whom {
            marks += &arrow("waits", self.x(who), self.x(whom));
        }
        marks + &dot("dot wrong", self.x(who))
    }

    fn row(
        &self,
        at: &str,
        who: &str,
        does: &str,
        remark: Option<&str>,
        goes_wrong: bool,
        marks: &str,
    ) -> String {
        let class = if goes_wrong { " class=\"wrong\"" } else { "" };
        let remark = remark.map_or(String::new(), |remark| {
            format!("<span class=\"remark\">{}</span>", escaped(remark))
        });
        format!(
            "<tr{class}><th scope=\"row\">{}</th><td><svg width=\"{}\" height=\"100%\" aria-hidden=\"true\">{marks}</svg><strong>{}</strong> {}{remark}</td></tr>\n",
            escaped(at),
            self.width,
            escaped(who),
            with_code(does),
        )
    }
}

/// What stands between two backticks is code.
fn with_code(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(at, part)| {
        let part = escaped(part);
        if at % 2 == 1 {
            format!("<code>{part}</code>")
        } else {
            part
        }
    });
    parts.collect()
}

fn line(kind: &str, x1: usize, y1: usize, x2: impl ToString, y2: impl ToString) -> String {
    let (x2, y2) = (x2.to_string(), y2.to_string());
    format!("<line class=\"{kind}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>")
}

/// A line from one lane to another, with its head at the dot.
fn arrow(kind: &str, from: usize, to: usize) -> String {
    let (neck, tip) = if to > from {
        (to as isize - 11, 7)
    } else {
        (to as isize + 11, -7)
    };
    let line = line(kind, from, DOT, neck, DOT);
    let (top, back) = (DOT - 4, -tip);
    format!("{line}<path class=\"head {kind}\" d=\"M{neck} {top}l{tip} 4l{back} 4z\"/>")
}

fn dot(kind: &str, x: usize) -> String {
    format!("<circle class=\"{kind}\" cx=\"{x}\" cy=\"{DOT}\" r=\"5\"/>")
}
