//! What two requests are answered from, in each order of their steps: the classifier as shipped, one with a lock
//! for each field, and the fixed one. Prints JSON, with which the page's figure is compared.

use std::cell::RefCell;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, TryLockError};
use std::thread::{self, Scope};
use std::time::Duration;

use ch04_state_solution as fixed;

#[rustfmt::skip]
#[path = "../../../exercises/ch04-state/shipped.rs"]
#[expect(dead_code, reason = "a part of it is enough here")]
mod shipped;

/// As in the run that the page shows.
const REQUESTS: [&[i64]; 2] = [&[101, 102, 103, 104, 105], &[201, 202]];

/// Each request calls `infer`, runs and gets its logits.
const STEPS: usize = 3;

fn main() {
    let mut rows = Vec::new();
    for order in orders() {
        // Two sessions for the fixed one: in some orders both requests are inside `run`.
        let answered = [
            (
                "shipped",
                play(&order, Mutex::new(shipped::Classifier::new(vec![Watched]))),
            ),
            ("locks", play(&order, LockForEachField::default())),
            (
                "own",
                play(&order, fixed::Classifier::new(vec![Watched, Watched])),
            ),
        ];
        for (variant, ran_on) in answered {
            let Some([one, two]) = ran_on else { continue };
            let order: String = order
                .iter()
                .map(|request| char::from(b'1' + *request as u8))
                .collect();
            rows.push(format!(
                "{{ \"variant\": \"{variant}\", \"order\": \"{order}\", \"ranOn\": {{ \"1\": {one:?}, \"2\": {two:?} }} }}"
            ));
        }
    }
    println!("[\n{}\n]", rows.join(",\n"));
}

/// All orders of the steps of two requests: whose step comes, 0 or 1.
fn orders() -> Vec<Vec<usize>> {
    let all = (0..1_u32 << (2 * STEPS)).filter(|bits| bits.count_ones() as usize == STEPS);
    all.map(|bits| {
        (0..2 * STEPS)
            .rev()
            .map(|at| (bits >> at & 1) as usize)
            .collect()
    })
    .collect()
}

/// What a server calls from all of its threads.
trait Infer: Sync {
    fn infer(&self, input_ids: &[i64]);
}

/// `&mut self`: a server needs a lock around the whole of it.
impl Infer for Mutex<shipped::Classifier<Watched>> {
    fn infer(&self, input_ids: &[i64]) {
        match self.try_lock() {
            Ok(mut classifier) => {
                classifier.infer(input_ids).unwrap();
                returns();
            }
            Err(TryLockError::WouldBlock) => waits(),
            Err(TryLockError::Poisoned(_)) => unreachable!("nothing panics in `infer`"),
        }
    }
}

impl Infer for fixed::Classifier<Watched> {
    fn infer(&self, input_ids: &[i64]) {
        self.infer(input_ids).unwrap();
        returns();
    }
}

/// The shipped fields, each in a lock of its own: the shortest way to `&self`.
#[derive(Default)]
struct LockForEachField {
    session: Mutex<Watched>,
    input_ids: Mutex<Vec<i64>>,
    attention_mask: Mutex<Vec<i64>>,
}

impl Infer for LockForEachField {
    fn infer(&self, input_ids: &[i64]) {
        let length = input_ids.len();
        {
            let mut ids = self.input_ids.lock().unwrap();
            let mut mask = self.attention_mask.lock().unwrap();
            if length > ids.len() {
                ids.resize(length, 0);
                mask.resize(length, 0);
            }
            ids[..length].copy_from_slice(input_ids);
            mask[..length].fill(1);
        }
        called();
        {
            let mut session = self.session.lock().unwrap();
            let (ids, mask) = (
                self.input_ids.lock().unwrap(),
                self.attention_mask.lock().unwrap(),
            );
            shipped::Backend::run(&mut *session, &ids, &mask).unwrap();
        }
        returns();
    }
}

/// A session that tells which ids it runs on.
#[derive(Default)]
struct Watched;

impl Watched {
    fn watch(input_ids: &[i64], attention_mask: &[i64]) -> [f32; 2] {
        called();
        let counted = input_ids
            .iter()
            .zip(attention_mask)
            .filter(|(_, mask)| **mask != 0);
        runs_on(counted.map(|(id, _)| *id).collect());
        [0.0; 2]
    }
}

impl shipped::Backend for Watched {
    fn run(&mut self, ids: &[i64], mask: &[i64]) -> Result<[f32; 2], shipped::RunError> {
        Ok(Watched::watch(ids, mask))
    }
}

impl fixed::Backend for Watched {
    fn run(&mut self, ids: &[i64], mask: &[i64]) -> Result<[f32; 2], fixed::RunError> {
        Ok(Watched::watch(ids, mask))
    }
}

/// How a request's thread tells that a step is done, and hears that the next one may come.
struct Script {
    did: Sender<Did>,
    next: Receiver<()>,
    has_called: bool,
}

#[derive(Debug)]
enum Did {
    Called,
    Ran(Vec<i64>),
    Returned,
    /// Not one step: another request has the lock.
    Waits,
}

thread_local! {
    static SCRIPT: RefCell<Option<Script>> = const { RefCell::new(None) };
}

fn tell(did: Did, then_wait: bool) {
    SCRIPT.with_borrow(|script| {
        let script = script.as_ref().expect("each thread has a script");
        // The scene is over early where an order cannot be played.
        if script.did.send(did).is_ok() && then_wait {
            let _ = script.next.recv();
        }
    });
}

/// The ids are where the session will read them.
fn called() {
    let is_first = SCRIPT.with_borrow_mut(|script| {
        let script = script.as_mut().expect("each thread has a script");
        !std::mem::replace(&mut script.has_called, true)
    });
    if is_first {
        tell(Did::Called, true);
    }
}

fn runs_on(input_ids: Vec<i64>) {
    tell(Did::Ran(input_ids), false);
}

/// Waits for its turn to return: whoever has a lock has it until then.
fn returns() {
    SCRIPT.with_borrow(|script| {
        let script = script.as_ref().expect("each thread has a script");
        let _ = script.next.recv();
    });
}

fn waits() {
    tell(Did::Waits, false);
}

/// What each request ran on, or `None` if a lock forbids this order.
fn play(order: &[usize], classifier: impl Infer) -> Option<[Vec<i64>; 2]> {
    thread::scope(|scope| {
        let mut calls: [Option<(Sender<()>, Receiver<Did>)>; 2] = [None, None];
        let mut ran_on = [const { Vec::new() }; 2];
        for &request in order {
            let did = match &calls[request] {
                None => {
                    &calls[request]
                        .insert(call(scope, &classifier, REQUESTS[request]))
                        .1
                }
                Some((next, did)) => {
                    next.send(()).unwrap();
                    did
                }
            };
            match did
                .recv_timeout(Duration::from_secs(10))
                .expect("a step takes no time")
            {
                Did::Waits => return None,
                Did::Ran(ids) => ran_on[request] = ids,
                Did::Called | Did::Returned => (),
            }
        }
        Some(ran_on)
    })
}

/// Calls `infer` on a thread of its own.
fn call<'scope>(
    scope: &'scope Scope<'scope, '_>,
    classifier: &'scope impl Infer,
    input_ids: &'static [i64],
) -> (Sender<()>, Receiver<Did>) {
    let (go_on, next) = channel();
    let (did, done) = channel();
    scope.spawn(move || {
        SCRIPT.set(Some(Script {
            did,
            next,
            has_called: false,
        }));
        classifier.infer(input_ids);
        // Only now: its locks are open.
        tell(Did::Returned, false);
    });
    (go_on, done)
}
