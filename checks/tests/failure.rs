//! How a failed check is told: as text for people, as JSON for programs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use checks::{Failure, Record, Step, Trace, Wait};

fn wait(who: &str, whom: &str) -> Wait {
    Wait {
        who: who.to_owned(),
        whom: whom.to_owned(),
    }
}

fn waits(pairs: &[(&str, &str)]) -> Trace {
    Trace {
        waits: pairs.iter().map(|(who, whom)| wait(who, whom)).collect(),
        ..Trace::default()
    }
}

#[test]
fn a_failure_says_what_was_seen_what_was_expected_and_why() {
    let failure = Failure::new("nothing", "a reply", "clients wait");
    assert_eq!(
        failure.to_string(),
        "nothing\nexpected: a reply\nclients wait"
    );
}

#[test]
fn steps_stand_in_a_table_by_number() {
    let record = Record::new();
    record.step("request 1", "calls infer");
    record.step("session 1", "runs request 1");
    let failure = record.failure("s", "e", "w").to_string();
    assert_eq!(
        failure,
        "s\nexpected: e\nw\n\n\
         step  who        does\n\
         1     request 1  calls infer\n\
         2     session 1  runs request 1"
    );
}

#[test]
fn steps_with_a_time_stand_in_a_table_by_time() {
    let record = Record::new();
    record.step_at("0 ms", "client 1", "calls infer");
    record.step_at("5000 ms", "model", "wakes");
    assert_eq!(
        record.trace().to_string(),
        "at       who       does\n\
         0 ms     client 1  calls infer\n\
         5000 ms  model     wakes"
    );
}

#[test]
fn a_long_table_shows_its_end() {
    let record = Record::new();
    for number in 1..=20 {
        record.step("model", format!("takes step {number}"));
    }
    let table = record.trace().to_string();
    assert!(table.starts_with("(without the first 4 steps)\nstep  who    does\n5     model"));
    assert!(table.ends_with("takes step 20"));
}

#[test]
fn a_wait_lasts_until_it_is_dropped() {
    let record = Record::new();
    let first = record.wait("a", "b");
    let second = record.wait("b", "a");
    assert_eq!(record.trace().waits, [wait("a", "b"), wait("b", "a")]);
    drop(first);
    assert_eq!(record.trace().waits, [wait("b", "a")]);
    drop(second);
    assert_eq!(record.trace().waits, []);
}

#[test]
fn a_circle_of_waits_is_found_behind_a_way_into_it() {
    let trace = waits(&[("d", "a"), ("a", "b"), ("a", "x"), ("b", "c"), ("c", "a")]);
    let circle = trace.circle();
    assert_eq!(circle, [&wait("a", "b"), &wait("b", "c"), &wait("c", "a")]);
}

#[test]
fn waits_that_end_somewhere_are_no_circle() {
    let trace = waits(&[("a", "b"), ("b", "c"), ("a", "c")]);
    assert_eq!(trace.circle(), Vec::<&Wait>::new());
}

#[test]
fn who_waits_for_itself_is_a_circle() {
    assert_eq!(waits(&[("a", "a")]).circle(), [&wait("a", "a")]);
}

#[test]
fn waits_are_told_in_words_each_once() {
    let trace = waits(&[("b", "a"), ("a", "b"), ("b", "a")]);
    assert_eq!(trace.waits_in_words(), "a waits for b, and b waits for a");
}

#[test]
fn the_json_has_lanes_steps_and_waits() {
    let record = Record::new();
    record.step_at("0 ms", "client 1", "asks \"why\"");
    record.step("model", "answers");
    let _wait = record.wait("client 1", "model");
    let json = record.trace().to_json();
    assert_eq!(
        json,
        r#"{"lanes":["client 1","model"],"steps":[{"at":"0 ms","lane":"client 1","what":"asks \"why\""},{"lane":"model","what":"answers"}],"waits":[{"who":"client 1","for":"model"}]}"#
    );
}

#[test]
fn every_character_comes_back_from_the_json() {
    let text: String = ('\0'..='\u{2ff}')
        .chain(['\u{2028}', '\u{10ffff}'])
        .collect();
    let record = Record::new();
    record.step_at(&text, &text, &text);
    let _wait = record.wait(&text, "model");
    let json: serde_json::Value = serde_json::from_str(&record.trace().to_json()).unwrap();
    let step = &json["steps"][0];
    for place in [
        &json["lanes"][0],
        &step["at"],
        &step["lane"],
        &step["what"],
        &json["waits"][0]["who"],
    ] {
        assert_eq!(place.as_str(), Some(text.as_str()));
    }
}

#[test]
fn a_raised_failure_is_a_panic_with_its_text() {
    let failure = Failure::new("s", "e", "w").with_trace(Trace {
        steps: vec![Step {
            at: None,
            lane: "model".to_owned(),
            what: "runs".to_owned(),
        }],
        ..Trace::default()
    });
    let text = failure.to_string();
    let panic = catch_unwind(AssertUnwindSafe(|| failure.raise())).unwrap_err();
    assert_eq!(panic.downcast_ref::<String>(), Some(&text));
}
