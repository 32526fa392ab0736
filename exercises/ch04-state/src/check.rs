//! The checks. Requests run on threads; where it matters who comes first, a session stops them inside `run`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, Ordering};

use crate::Conversation;

#[path = "check/shared.rs"]
mod shared;
#[path = "check/source.rs"]
mod source;
#[path = "check/stage.rs"]
mod stage;

use shared::{Known, Method, known, takes_exclusive};
use stage::{Stage, Watching, ids};

/// How often each of two threads calls at full speed.
const MANY: u64 = 2000;

#[test]
fn an_answer_does_not_depend_on_the_request_before() {
    let stage = Stage::new(1);
    let why = "the same text must get the same answer, whatever ran before it";
    for (number, length) in [(1, 5), (2, 2), (3, 3), (4, 6)] {
        let call = stage.infer(number, ids(number, length));
        stage.expect_answer(call, why);
    }
}

#[test]
fn the_methods_take_a_shared_reference() {
    type Text<'a> = (&'a [i64],);
    type Message<'a> = (&'a mut Conversation, &'a [i64]);
    let methods = [
        ("infer", takes_exclusive::<_, Text, _, _>(&Watching::infer)),
        ("start", takes_exclusive::<_, (), _, _>(&Watching::start)),
        ("say", takes_exclusive::<_, Message, _, _>(&Watching::say)),
    ];
    let exclusive: Vec<String> = methods
        .into_iter()
        .filter(|(_, is_exclusive)| *is_exclusive)
        .map(|(method, _)| format!("`{method}`"))
        .collect();
    if !exclusive.is_empty() {
        let (verb, methods) = match exclusive.len() {
            1 => ("takes", exclusive.concat()),
            _ => ("take", exclusive.join(", ")),
        };
        panic!(
            "{methods} {verb} `&mut self`\n\
             expected: `&self`\n\
             `&mut self` promises the caller to itself: a server can keep that promise only with one lock \
             around\nthe whole classifier, and then one request runs at a time"
        );
    }
}

#[test]
fn the_classifier_is_send_and_sync() {
    let types = [
        ("Classifier", known!(Watching), true),
        ("Conversation", known!(Conversation), false),
    ];
    for (name, Known { send, sync }, is_shared) in types {
        assert!(
            send,
            "{name} is not Send: it cannot be given to another thread\n\
             expected: Send, for a server answers on whichever thread is free\n\
             an Rc, a raw pointer or a guard inside it ties it to the thread that made it"
        );
        assert!(
            sync || !is_shared,
            "{name} is not Sync: two threads cannot use it at once\n\
             expected: Sync, so that an Arc of it is all that a server needs\n\
             a Cell, a RefCell or an Rc inside it lets `&self` change something with nobody on watch"
        );
    }
}

#[test]
fn two_requests_run_at_once() {
    let stage = Stage::new(2);
    let why = "what is locked during a run makes two sessions as slow as one";
    let mut calls = Vec::new();
    for number in [1, 2] {
        stage.hold(number);
        calls.push(stage.infer(number, ids(number, 3)));
        if !stage.gets_inside(number) {
            stage.fail_waits(number, "both requests inside `run` at once", why);
        }
    }
    for (number, call) in [1, 2].into_iter().zip(calls) {
        stage.release(number);
        stage.expect_answer(call, why);
    }
}

#[test]
fn no_request_waits_while_a_session_is_idle() {
    let why = "whoever is bound to one session waits for its user, however many others are free";
    let expected = "whoever waits gets an idle session at once";

    {
        let stage = Stage::new(2);
        stage.hold(1);
        let long = stage.infer(1, ids(1, 3));
        stage.gets_inside(1);
        for number in [2, 3, 4] {
            let quick = stage.infer(number, ids(number, 3));
            if !stage.gets_inside(number) && !stage.has_ended(number) {
                stage.fail_waits(number, expected, why);
            }
            stage.expect_answer(quick, why);
        }
        stage.release(1);
        stage.expect_answer(long, why);
    }

    for first_to_go in [1, 2] {
        let stage = Stage::new(2);
        let [first, second] = [1, 2].map(|number| {
            stage.hold(number);
            let call = stage.infer(number, ids(number, 3));
            if !stage.gets_inside(number) {
                stage.fail_waits(number, expected, why);
            }
            call
        });
        let third = stage.infer(3, ids(3, 3));
        stage.settle();
        stage.release(first_to_go);
        stage.expect_answer(third, why);
        stage.release(3 - first_to_go);
        stage.expect_answer(first, why);
        stage.expect_answer(second, why);
    }
}

#[test]
fn requests_at_once_each_get_their_own_answer() {
    let why = "what one request writes while another runs must not be what the other one reads";
    let stage = Stage::new(2);
    stage.hold(1);
    let around = stage.infer(1, ids(1, 4));
    stage.gets_inside(1);
    stage.hold(2);
    let between = stage.infer(2, ids(2, 4));
    stage.gets_inside(2);
    stage.release(1);
    stage.release(2);
    stage.expect_answer(between, why);
    stage.expect_answer(around, why);
    if let Some(wrong) = stage.hammer(MANY) {
        stage.fail(&wrong, "its own logits, every time", why);
    }
}

#[test]
fn a_conversation_goes_on_on_another_thread() {
    let why = "a server answers each message on whichever thread is free";
    let stage = Stage::new(1);
    let mut talk = stage.start(1);
    // Each call has a thread of its own.
    for length in [2, 3, 1] {
        talk = stage.goes_on(talk, ids(11, length), why);
    }
}

#[test]
fn two_conversations_do_not_mix() {
    let why = "what one person said must not be heard by another: it is wrong, and it is a leak";
    let stage = Stage::new(2);
    let (one, two) = (stage.start(1), stage.start(2));
    let one = stage.goes_on(one, ids(11, 2), why);
    let two = stage.goes_on(two, ids(12, 3), why);
    stage.expect_answer(stage.infer(3, ids(3, 12)), why);
    let one = stage.goes_on(one, ids(11, 10), why);
    let three = stage.start(3);
    let two = stage.goes_on(two, ids(12, 10), why);

    stage.hold(11);
    stage.hold(12);
    let calls = [(one, 11), (two, 12)].map(|(talk, number)| {
        let call = stage.say(talk, ids(number, 4));
        stage.gets_inside(number);
        call
    });
    stage.release(11);
    stage.release(12);
    let [one, two] = calls;
    let one = stage.expect_answer(one, why);
    let two = stage.expect_answer(two, why);
    stage.goes_on(three, ids(13, 20), why);
    stage.goes_on(one, ids(11, 30), why);
    stage.goes_on(two, ids(12, 30), why);
}

#[test]
fn a_message_that_failed_can_be_said_again() {
    let why = "who tries again after an error says it once, and must be heard once";
    let stage = Stage::new(2);
    let talk = stage.start(1);
    let talk = stage.goes_on(talk, ids(11, 2), why);
    stage.fail_next(11);
    let call = stage.say(talk, ids(11, 3));
    let talk = stage.expect_error(call, why);
    stage.goes_on(talk, ids(11, 3), why);
}

#[test]
fn an_ended_conversation_leaves_nothing_behind() {
    let text = ids(1, 32);
    let talk_to = |classifier: &shared::Shared<Watching>| {
        let mut conversation = Watching::start.call(classifier, ());
        for _ in 0..4 {
            let said = Watching::say.call(classifier, (&mut conversation, &text[..]));
            assert!(said.is_ok(), "a message got an error: {said:?}");
        }
    };
    let kept = Stage::measured(|classifier| {
        (0..10).for_each(|_| talk_to(classifier));
        let before = LIVE.load(Ordering::Relaxed);
        (0..1000).for_each(|_| talk_to(classifier));
        LIVE.load(Ordering::Relaxed) - before
    });
    // Each said 1 KiB; the rest of the process may take some kilobytes meanwhile.
    assert!(
        kept < 64 << 10,
        "1000 conversations have ended, and about {} bytes of each are still there\n\
         expected: what a conversation needs goes when it is dropped\n\
         a map of conversations grows for ever, unless somebody tells it of each end",
        (kept + 50_000) / 100_000 * 100
    );
}

#[test]
fn a_run_that_fails_gives_its_session_back() {
    let why = "a session that is out at an early return is lost, and with it its share of the load";
    let stage = Stage::new(2);
    for number in [1, 2, 3] {
        stage.fail_next(number);
        stage.expect_error(stage.infer(number, ids(number, 3)), why);
    }
    stage.expect_answer(stage.infer(4, ids(4, 3)), why);
}

#[test]
fn the_count_of_served_requests_is_exact() {
    let why = "a count that is read here and written there loses what was counted in between";
    let stage = Stage::new(2);
    let expect = |expected: u64, of_what: &str| {
        let served = stage.served();
        if served != expected {
            let seen = format!("{of_what}, and served() is {served}");
            stage.fail(&seen, &format!("served() is {expected}"), why);
        }
    };
    let calls = [1, 2].map(|number| {
        stage.hold(number);
        let call = stage.infer(number, ids(number, 3));
        stage.gets_inside(number);
        call
    });
    stage.release(1);
    stage.release(2);
    for call in calls {
        stage.expect_answer(call, why);
    }
    expect(2, "two requests were served");

    stage.fail_next(3);
    stage.expect_error(stage.infer(3, ids(3, 3)), why);
    expect(2, "one more request got an error");

    stage.goes_on(stage.start(1), ids(11, 3), why);
    expect(3, "a message was answered");

    if let Some(wrong) = stage.hammer(MANY) {
        stage.fail(
            &wrong,
            "its own logits, every time",
            "without them there is nothing to count",
        );
    }
    expect(3 + 2 * MANY, "many more were served on two threads");
    if let Some((line, count)) = source::store_to_the_count() {
        let seen =
            format!("src/lib.rs:{line} stores to `{count}` what was computed from a load before");
        stage.fail(&seen, "one step that adds, such as `fetch_add`", why);
    }
}

/// Bytes that are allocated and not yet freed.
static LIVE: AtomicIsize = AtomicIsize::new(0);

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: everything is left to the system's allocator, which gets what this one was given.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size() as isize, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }
}

checks::earned!();
