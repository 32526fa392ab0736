//! The checks: scenes written by hand, for their messages, and generated ones. In `README.md` stands what they hold the classifier to.

use std::alloc::{GlobalAlloc, Layout, System};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use checks::unscheduled::atomic::{AtomicIsize, Ordering::Relaxed};
use checks::{Failure, fail, schedule};

use crate::Conversation;

#[path = "check/play.rs"]
mod play;
#[path = "check/scenario.rs"]
mod scenario;
#[path = "check/shared.rs"]
mod shared;
#[path = "check/stage.rs"]
mod stage;
#[path = "check/why.rs"]
mod why;

use play::Promise;
use scenario::Act::{Drop, Infer, Release, Say, Start};
use scenario::Run::{Panics, ReturnsAnError};
use scenario::{Kind, Scenario, Text, failing, held, text};
use shared::{Known, Method, Shared, known, takes_exclusive};
use stage::{FAILS, PANICS, Stage, Watched, Watching, logits_of};

/// At, below and above what somebody may have taken for a limit.
const LENGTHS: [usize; 20] = [
    0, 1, 2, 3, 5, 7, 8, 9, 31, 33, 63, 65, 127, 129, 255, 257, 511, 513, 1025, 4100,
];

/// Far beyond any window of ids.
const LONG: usize = (1 << 20) + 1;

const SHORT: [usize; 4] = [1, 2, 3, 5];

/// More requests than a byte can count, and few enough for an answer that starts a thread for each.
const MANY: u64 = 1_000;

/// Requests one after the other.
const IN_TURN: Kind = Kind {
    sessions: &[1, 1, 2, 3],
    moments: 10,
    at_once: 1,
    lengths: &LENGTHS,
    one_fails_of: 3,
    one_is_held_of: 0,
    talks: 0,
    one_infers_of: 1,
    panics: true,
};

/// Requests beside each other, some of which fail.
const FAILING: Kind = Kind {
    one_fails_of: 3,
    panics: true,
    ..AT_ONCE
};

/// Requests beside each other.
const AT_ONCE: Kind = Kind {
    sessions: &[1, 2, 2, 3, 5],
    moments: 6,
    at_once: 4,
    lengths: &SHORT,
    one_fails_of: 0,
    one_is_held_of: 2,
    talks: 5,
    one_infers_of: 4,
    panics: false,
};

#[test]
fn an_answer_does_not_depend_on_the_request_before() {
    let promise = Promise(1);
    promise.holds_in(&Scenario::new(
        1,
        [5, 2, 3, 6].map(|length| &*vec![Infer(text(length))].leak()),
    ));
    promise.holds_in(&Scenario::new(
        1,
        [&[Infer(text(LONG))][..], &[Infer(text(2))]],
    ));
    // However long the second one waits.
    promise.holds_in(&Scenario {
        polls: 5_000,
        ..Scenario::new(1, [&[Infer(held(3)); 2][..], &[Release(0)]])
    });
    promise.holds_in_all(IN_TURN, 60);
}

#[test]
fn the_methods_take_a_shared_reference() {
    type Text<'a> = (&'a [i64],);
    type Message<'a> = (&'a mut Conversation, &'a [i64]);
    let methods = [
        ("infer", takes_exclusive::<_, Text, _, _>(&Watching::infer)),
        ("start", takes_exclusive::<_, (), _, _>(&Watching::start)),
        ("say", takes_exclusive::<_, Message, _, _>(&Watching::say)),
        ("served", takes_exclusive::<_, (), _, _>(&Watching::served)),
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
        fail(
            format!("{methods} {verb} `&mut self`"),
            "`&self`",
            "`&mut self` promises a caller that it has the classifier to itself: a server keeps that by a lock or a queue \
             for\nthe whole of it, and then one request runs at a time",
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
        let failure = if !send {
            Failure::new(
                format!("{name} is not Send: it cannot be given to another thread"),
                "Send, for a server answers on whichever thread is free",
                "an Rc, a raw pointer or a guard inside it ties it to the thread that made it",
            )
        } else if !sync && is_shared {
            Failure::new(
                format!("{name} is not Sync: two threads cannot use it at once"),
                "Sync where the sessions are, so that an Arc of it is all that a server needs",
                "a Cell, a RefCell or an Rc inside it changes under `&self` with nothing to keep two threads apart",
            )
        } else {
            continue;
        };
        failure.of_promise(if is_shared { 2 } else { 5 }).raise();
    }
}

#[test]
fn two_requests_run_at_once() {
    let promise = Promise(3);
    let (first, second) = (&[Infer(held(3))][..], &[Infer(held(3))][..]);
    promise.holds_in(&Scenario::new(2, [first, second]));
    let start = &[Start, Start][..];
    let messages = [&[Say(1, held(3))][..], &[Say(2, held(3))][..]];
    promise.holds_in(&Scenario::new(2, [start, messages[0], messages[1]]));
    promise.holds_in(&Scenario::new(2, [start, first, messages[1]]));
    promise.holds_in(&Scenario::new(2, [start, messages[0], second]));
    let long = &[Infer(held(4100))][..];
    promise.holds_in(&Scenario::new(2, [long, long]));
}

#[test]
fn no_request_waits_while_a_session_is_idle() {
    let promise = Promise(3);
    let (long, quick) = (&[Infer(held(3))][..], &[Infer(text(3))][..]);
    promise.holds_in(&Scenario::new(2, [long, quick, quick, quick]));
    for first in [0, 1] {
        promise.holds_in(&Scenario::new(2, [long, long, quick, &[Release(first)]]));
    }
    // However long it has waited, and looked.
    promise.holds_in(&Scenario {
        polls: 1_000,
        ..Scenario::new(1, [long, quick, &[Release(0)]])
    });
    // Two sessions come back at once while two requests wait.
    let waiting = [
        &[Infer(held(2)); 2][..],
        &[Infer(held(2)); 2],
        &[Release(0), Release(0)],
    ];
    promise.holds_at_each_step_of(&Scenario::new(2, waiting));
    // A session comes back while a request looks for one.
    let looking = [long, &[Infer(text(2)), Release(0)], quick];
    promise.holds_at_each_step_of(&Scenario::new(1, looking));
    promise.holds_at_each_step_of(&Scenario::new(1, [&[Infer(text(2)); 3]]));
    promise.holds_in_all(AT_ONCE, 80);
    // Many sessions, each with another conversation; and more requests than a byte can count wait.
    let says = (1..=130).map(|conversation| Say(conversation, held(2)));
    let says: Vec<scenario::Act> = says.collect();
    let one = &[Release(0)][..];
    let many = [&[Start; 130], &says[..], &[Infer(held(2)); 270]];
    let releases = [&[Release(60); 12], one, one, one, one, &[Release(0); 104]];
    promise.holds_in(&Scenario {
        moments: many
            .into_iter()
            .chain(releases)
            .map(<[_]>::to_vec)
            .collect(),
        ..Scenario::new(130, [])
    });
    // A session does not wear out.
    let panicked = Stage::in_quiet(1, |classifier| {
        let infer = || drop(Watching::infer.call(classifier, (&[1][..],)));
        (0..2000)
            .filter(|_| catch_unwind(AssertUnwindSafe(infer)).is_err())
            .count()
    });
    if let Some(count) = panicked.filter(|count| *count > 0) {
        let seen = format!("of 2000 requests, one after the other, {count} were ended by a panic");
        let why = "a request that finds a session gets its answer, whatever became of others";
        fail(seen, "logits for each", why);
    }
    if panicked.is_none() {
        let seen = "of 2000 requests, one after the other, one waits, and no session is in use";
        let why = "a session serves as long as the classifier lives: one that is used up takes its share of the load with it";
        fail(seen, "whoever waits gets an idle session at once", why);
    }
}

#[test]
fn a_session_is_used_by_one_request_at_a_time() {
    let promise = Promise(4);
    let long = &[Infer(held(3))][..];
    for sessions in [1, 2, 3, 5] {
        let requests = vec![Infer(held(3)); sessions + 2];
        promise.holds_in(&Scenario::new(sessions, [&requests]));
    }
    promise.holds_in(&Scenario::new(2, [long, long, long, long]));
    // However long it waits.
    promise.holds_in(&Scenario {
        polls: 5_000,
        ..Scenario::new(1, [long, long])
    });
    promise.holds_at_each_step_of(&Scenario::new(1, [&[Infer(held(2)); 2]]));
    // More than a byte can number.
    promise.holds_in(&Scenario::new(300, [&[Infer(held(1)); 300]]));
    promise.holds_in_all(AT_ONCE, 20);
    promise.holds_in_all(FAILING, 40);
}

#[test]
fn requests_at_once_each_get_their_own_answer() {
    let promise = Promise(1);
    let around = [&[Infer(held(4))][..], &[Infer(held(4))], &[Release(0)]];
    promise.holds_in(&Scenario::new(2, around));
    let many = [&[Infer(held(2)); 40][..], &[Release(0); 3]];
    promise.holds_in(&Scenario::new(3, many));
    // Who sends the same gets an answer of its own.
    let same = Infer(Text {
        is_common: true,
        ..text(3)
    });
    promise.holds_at_each_step_of(&Scenario::new(2, [&[same, same]]));
    promise.holds_at_each_step_of(&Scenario::new(2, [&[Infer(text(3)), Infer(text(2))]]));
    let kind = Kind {
        lengths: &LENGTHS,
        talks: 0,
        ..AT_ONCE
    };
    promise.holds_in_all(kind, 40);
}

#[test]
fn a_conversation_goes_on_on_another_thread() {
    let promise = Promise(5);
    let says = [2, 3, 1].map(|length| &*vec![Say(1, text(length))].leak());
    promise.holds_in(&Scenario::new(1, [&[Start], says[0], says[1], says[2]]));
    let kind = Kind {
        at_once: 1,
        moments: 16,
        one_is_held_of: 0,
        talks: 1,
        one_infers_of: 0,
        ..AT_ONCE
    };
    promise.holds_in_all(kind, 30);
}

#[test]
fn two_conversations_do_not_mix() {
    let promise = Promise(5);
    let say =
        |conversation, length| -> &[scenario::Act] { vec![Say(conversation, text(length))].leak() };
    let at_once = &[Say(1, text(4)), Say(2, text(4))][..];
    promise.holds_in(&Scenario::new(
        2,
        [
            &[Start],
            &[Start],
            say(1, 2),
            say(2, 3),
            &[Infer(text(12))],
            say(1, 10),
            &[Start],
            say(2, 10),
            at_once,
            say(3, 20),
            say(1, 30),
            say(2, 30),
        ],
    ));
    // A conversation that has ended makes no room for another one's words.
    promise.holds_in(&Scenario::new(
        1,
        [
            &[Start, Start, Start],
            say(1, 2),
            say(2, 2),
            say(3, 2),
            &[Drop(1)],
            &[Start],
            say(4, 2),
            say(3, 2),
            say(2, 2),
            say(4, 2),
        ],
    ));
    // Many of them, and long ones.
    let many: Vec<usize> = (1..=1100).collect();
    let starts = many.chunks(100).map(|some| vec![Start; some.len()]);
    let round = || {
        many.chunks(100)
            .map(|some| some.iter().map(|one| Say(*one, text(1))).collect())
    };
    promise.holds_in(&Scenario {
        moments: starts.chain(round()).chain(round()).collect(),
        ..Scenario::new(3, [])
    });
    let long = [say(1, 100); 12];
    promise.holds_in(&Scenario {
        moments: [&[Start][..]]
            .iter()
            .chain(&long)
            .chain(&[say(1, LONG), say(1, 1)])
            .map(|moment| moment.to_vec())
            .collect(),
        ..Scenario::new(2, [])
    });
    promise.holds_in_all(AT_ONCE, 40);

    let answers = Stage::in_quiet(1, |one| {
        let other = Shared::new(Watching::new(vec![Watched::in_quiet()]), known!(Watching));
        let mut first = Watching::start.call(one, ());
        let mut second = Watching::start.call(&other, ());
        [[1, 2], [3, 4]].map(|[one_id, other_id]| {
            [
                Watching::say.call(one, (&mut first, &[one_id][..])),
                Watching::say.call(&other, (&mut second, &[other_id][..])),
            ]
        })
    });
    let expected = [[&[1][..], &[2]], [&[1, 3], &[2, 4]]];
    let expected = expected.map(|said| said.map(|ids| Ok(logits_of(ids))));
    if answers.is_some_and(|answers| answers != expected) {
        fail(
            "two classifiers have a conversation each, and one was not answered from what was said in it",
            "an answer from all that was said in its conversation, and from nothing else",
            "what is `static` belongs to all classifiers of a process: their conversations mix",
        );
    }
}

#[test]
fn a_message_that_failed_can_be_said_again() {
    let promise = Promise(6);
    let fails = &[Say(1, failing(3, ReturnsAnError))][..];
    let says = &[Say(1, text(3))][..];
    promise.holds_in(&Scenario::new(
        2,
        [&[Start], &[Say(1, text(2))], fails, says],
    ));
    promise.holds_in(&Scenario::new(
        1,
        [&[Start], fails, fails, says, fails, says],
    ));
    let kind = Kind {
        at_once: 2,
        moments: 12,
        lengths: &[0, 1, 2, 3, 5, 40],
        one_fails_of: 3,
        one_is_held_of: 0,
        ..AT_ONCE
    };
    promise.holds_in_all(kind, 60);
}

#[test]
fn an_ended_conversation_leaves_nothing_behind() {
    let holds =
        |count: isize, what: &str, expected: &str, why: &str, act: fn(&Shared<Watching>)| {
            let kept = Stage::in_quiet(1, move |classifier| {
                // As long as any later text: buffers of the session grow no more.
                let _ = Watching::infer.call(classifier, (&[1; 6_000][..],));
                // What the schedule keeps of a thread is not the answer's.
                let live = || LIVE.load(Relaxed) - 512 * schedule::threads() as isize;
                let before = live();
                act(classifier);
                live() - before
            });
            // Less than two of the longest texts; the rest of the process may take some meanwhile.
            if let Some(kept) = kept.filter(|kept| *kept > 64 << 10) {
                let each = (kept / count).max(1);
                fail(
                    format!("{count} {what}, and about {each} bytes of each are still there"),
                    expected,
                    why,
                );
            }
        };
    let conversations = "what a conversation needs goes when it is dropped";
    let ended = "conversations have ended";
    let why = "the classifier is never told that a conversation has ended: what it keeps of each stays for ever";
    holds(300, ended, conversations, why, |classifier| {
        for _ in 0..300 {
            let _ends_here = talk(classifier, &[32; 4]);
        }
    });
    let failed = "conversations whose last message got an error have ended";
    let why =
        "a conversation may end with an error: what only the way after a success gives back stays";
    holds(300, failed, conversations, why, |classifier| {
        (0..300).for_each(|_| {
            let mut conversation = talk(classifier, &[32; 4]);
            let _ = Watching::say.call(classifier, (&mut conversation, &[FAILS; 8][..]));
        });
    });
    let panicked = "conversations whose last message panicked have ended";
    let why = "a conversation may end with a panic: only a drop gives back what it had, also while its thread unwinds";
    holds(300, panicked, conversations, why, |classifier| {
        for number in 0..300 {
            let mut conversation = talk(classifier, &[32; 4]);
            // Every other one ends while its thread unwinds.
            let mut its_owner = (number % 2 == 0).then(|| talk(classifier, &[32; 4]));
            let _ = catch_unwind(AssertUnwindSafe(|| {
                let mut taken = its_owner.take();
                let said_in = taken.as_mut().unwrap_or(&mut conversation);
                Watching::say.call(classifier, (said_in, &[PANICS; 8][..]))
            }));
        }
    });
    let at_once = "conversations that went on at once have ended";
    let why = "the busiest moment decides what is kept: it comes once, and its memory stays";
    holds(20, at_once, conversations, why, |classifier| {
        let all: Vec<_> = (0..20).map(|_| talk(classifier, &[3_000; 2])).collect();
        drop(all);
    });
    let short = "short conversations have ended";
    let why = "a few bytes for each conversation that ever was fill a server's memory one day";
    holds(5_000, short, conversations, why, |classifier| {
        for _ in 0..5_000 {
            let _ends_here = talk(classifier, &[1]);
        }
    });
    let requests = "nothing that grows with the number of requests";
    let answered = "requests were answered or failed";
    let why = "a server answers for as long as it runs: a few bytes of each request fill its memory one day";
    holds(12_000, answered, requests, why, |classifier| {
        for number in 0..12_000 {
            let last = if number % 4 == 0 { FAILS } else { number };
            let _ = Watching::infer.call(classifier, (&[number, last][..],));
        }
    });
    let threads = "threads have each asked once and ended";
    let of_a_session = "one set of buffers for each session, however many threads ask";
    let why =
        "a server's threads come and go: what is kept for each of them grows with their number";
    holds(100, threads, of_a_session, why, |classifier| {
        for _ in 0..100 {
            thread::scope(|scope| {
                scope.spawn(|| drop(Watching::infer.call(classifier, (&[1; 500][..],))));
            });
        }
    });
}

/// A conversation in which messages of these lengths were said.
fn talk(classifier: &Shared<Watching>, lengths: &[usize]) -> Conversation {
    let mut conversation = Watching::start.call(classifier, ());
    for length in lengths {
        let message = vec![1; *length];
        let _ = Watching::say.call(classifier, (&mut conversation, &message[..]));
    }
    conversation
}

#[test]
fn a_run_that_fails_gives_its_session_back() {
    let promise = Promise(8);
    for run in [ReturnsAnError, Panics] {
        let fails = &[Infer(failing(3, run))][..];
        let succeeds = &[Infer(text(3))][..];
        promise.holds_in(&Scenario::new(2, [fails, fails, fails, succeeds]));
        promise.holds_in(&Scenario::new(
            1,
            [fails, succeeds, fails, fails, fails, fails, succeeds],
        ));
        let says = &[
            Start,
            Infer(failing(2, run)),
            Infer(failing(2, run)),
            Infer(held(2)),
            Infer(held(2)),
        ];
        promise.holds_in(&Scenario::new(2, [says, &[Say(1, text(2))]]));
        let wakes = [
            &[Infer(held(2))][..],
            &[Infer(failing(2, run)), Infer(text(2)), Release(0)],
        ];
        promise.holds_at_each_step_of(&Scenario::new(1, wakes));
    }
    promise.holds_in_all(FAILING, 60);
}

#[test]
fn the_count_of_served_requests_is_exact() {
    let promise = Promise(9);
    promise.holds_at_each_step_of(&Scenario::new(2, [&[Infer(text(3)); 2]]));
    promise.holds_at_each_step_of(&Scenario::new(3, [&[Infer(text(1)); 3]]));
    let fails = [
        &[Infer(text(1))][..],
        &[Infer(failing(3, ReturnsAnError))],
        &[Infer(failing(3, Panics))],
    ];
    promise.holds_in(&Scenario::new(2, fails));
    promise.holds_in(&Scenario::new(
        1,
        [
            &[Start],
            &[Say(1, text(3))],
            &[Say(1, failing(3, ReturnsAnError))],
            &[Say(1, text(3))],
        ],
    ));
    let kind = Kind {
        one_fails_of: 4,
        panics: true,
        ..AT_ONCE
    };
    promise.holds_in_all(kind, 60);

    let served = Stage::in_quiet(1, |classifier| {
        let given = (0..MANY).filter(|_| Watching::infer.call(classifier, (&[1][..],)).is_ok());
        (given.count() as u64, Watching::served.call(classifier, ()))
    });
    if let Some((given, served)) = served.filter(|(given, served)| given != served) {
        fail(
            format!("{given} requests were given logits, and served() is {served}"),
            format!("served() is {given}"),
            "a number that is too small for its count starts anew",
        );
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
        LIVE.fetch_add(layout.size() as isize, Relaxed);
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as isize, Relaxed);
        // SAFETY: the memory is the system allocator's, as `alloc` has given it.
        unsafe { System.dealloc(memory, layout) }
    }
}

checks::earned!();
