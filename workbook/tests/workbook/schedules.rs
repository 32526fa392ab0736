//! The schedules of the instructor's routes are computed from `src/instructor/routes.toml` and each chapter's
//! minutes.

use std::fmt::Write;

use runner::Root;
use serde::Deserialize;
use snapbox::{Data, assert_data_eq};

#[derive(Deserialize)]
struct Routes {
    route: Vec<Route>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Route {
    name: String,
    title: String,
    /// Minutes that the room has.
    limit: u32,
    plan: Vec<Part>,
    late: String,
    early: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Part {
    Chapter { chapter: String, exercise: Length },
    Other { say: String, minutes: u32 },
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Length {
    Short,
    Full,
}

fn root() -> Root {
    Root::at(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn routes() -> Vec<Route> {
    let text = std::fs::read_to_string(root().path().join("src/instructor/routes.toml")).unwrap();
    toml::from_str::<Routes>(&text).unwrap().route
}

/// What the room does in this part, in Markdown, each with its minutes.
fn rows(part: &Part) -> Vec<(u32, String)> {
    let (chapter, length) = match part {
        Part::Other { say, minutes } => return vec![(*minutes, say.clone())],
        Part::Chapter { chapter, exercise } => (chapter, exercise),
    };
    let whole = root().chapter(chapter).unwrap();
    let link = |part: &str| format!("[{}](../{chapter}.md{part})", whole.heading());
    let manifest = &whole.manifest;
    let (minutes, exercise) = match length {
        Length::Short => (manifest.minutes.short, "the short exercise"),
        Length::Full => (manifest.minutes.exercise, "the exercise"),
    };
    vec![
        (manifest.minutes.talk, format!("{}: talk", link(""))),
        (minutes, format!("{}: {exercise}", link("#your-turn"))),
    ]
}

fn minutes(part: &Part) -> u32 {
    rows(part).iter().map(|(minutes, _)| minutes).sum()
}

fn schedule(route: &Route) -> String {
    let mut text = String::from("| From | Minutes | What |\n|---|---|---|\n");
    let mut from = 0;
    for (minutes, what) in route.plan.iter().flat_map(rows) {
        writeln!(
            text,
            "| {}:{:02} | {minutes} | {what} |",
            from / 60,
            from % 60
        )
        .unwrap();
        from += minutes;
    }
    writeln!(text, "| {}:{:02} | | End |", from / 60, from % 60).unwrap();
    writeln!(text, "\n**If late:** {}\n", route.late).unwrap();
    writeln!(text, "**If early:** {}", route.early).unwrap();
    text
}

#[test]
fn every_schedule_in_the_book_is_the_one_that_the_minutes_give() {
    for route in routes() {
        let file = root()
            .path()
            .join(format!("src/instructor/{}.md", route.name));
        assert_data_eq!(schedule(&route), Data::read_from(&file, None).raw());
        let page = std::fs::read_to_string(root().path().join("src/instructor/index.md")).unwrap();
        let included = format!("## {}", route.title);
        assert!(page.contains(&included), "index.md lacks {included}");
        assert!(page.contains(&format!("{{{{#include {}.md}}}}", route.name)));
    }
}

#[test]
fn every_schedule_fits_its_time_and_wastes_none() {
    for route in routes() {
        let minutes: u32 = route.plan.iter().map(minutes).sum();
        let spare = i64::from(route.limit) - i64::from(minutes);
        assert!(
            (0..=30).contains(&spare),
            "{}: {minutes} minutes planned in {}",
            route.name,
            route.limit
        );
    }
}

#[test]
fn nobody_sits_for_more_than_two_hours() {
    for route in routes() {
        let mut sat = 0;
        for part in &route.plan {
            sat = match part {
                Part::Other { say, .. } if ["Break", "Lunch"].contains(&say.as_str()) => 0,
                _ => sat + minutes(part),
            };
            assert!(sat <= 120, "{}: {sat} minutes without a break", route.name);
        }
    }
}
