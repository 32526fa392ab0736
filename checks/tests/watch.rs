//! A scene ends, or is ended.

use std::panic::catch_unwind;
use std::sync::mpsc;

use checks::{Failure, Record, watch};

fn held() -> Failure {
    Failure::new("the scene is held", "its end", "nothing else can follow")
}

fn message(check: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = catch_unwind(check).unwrap_err();
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => (*panic.downcast::<&str>().unwrap()).to_owned(),
    }
}

#[test]
fn a_scene_that_ends_passes() {
    let record = Record::new();
    let kept = record.clone();
    watch(&record, move || kept.step("scene", "ends"), held);
    assert_eq!(record.steps(), 1);
}

#[test]
fn the_panic_of_a_scene_is_the_checks_own() {
    let message = message(|| watch(&Record::new(), || panic!("as it was"), held));
    assert_eq!(message, "as it was");
}

#[test]
fn a_scene_that_is_held_is_told_with_its_steps() {
    let message = message(|| {
        let record = Record::new();
        let kept = record.clone();
        let (_never_used, held_by) = mpsc::channel::<()>();
        let scene = move || {
            kept.step("scene", "waits");
            let _ = held_by.recv();
        };
        watch(&record, scene, held);
    });
    assert_eq!(
        message,
        "the scene is held\nexpected: its end\nnothing else can follow\n\n\
         step  who    does\n\
         1     scene  waits"
    );
}

#[test]
fn a_scene_whose_steps_never_end_is_told_so() {
    let message = message(|| {
        let record = Record::new();
        let kept = record.clone();
        let (go_on, end) = mpsc::channel::<()>();
        let scene = move || {
            while end.try_recv() != Err(mpsc::TryRecvError::Disconnected) {
                kept.step("model", "tries again");
            }
        };
        watch(&record, scene, held);
        drop(go_on);
    });
    assert!(
        message.starts_with("100000 steps, and no end\nexpected: a scene that ends\n"),
        "{message}"
    );
}
