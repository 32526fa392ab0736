//! What a slot may show, kept beside it while a scene is played: the promises in a few lines.

use std::cell::RefCell;

use checks_loom::{fail_here, fail_promise, note, pause};

use crate::{ModelSlot, Weights};

/// What was published and read so far. Publishes are counted from 1.
#[derive(Default)]
pub struct History {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// The number of the model's version, for each publish that has started.
    started: Vec<u64>,
    /// How many have returned.
    returned: usize,
    /// The newest that a request got that has ended.
    seen: usize,
    requests: u64,
    got_weights: u64,
}

/// Shape `[features]`.
const FEATURES: [f32; 3] = [1.0, 10.0, 100.0];

impl History {
    /// Publishes weights that carry the model's `version`; each value tells which publish it was.
    pub fn publish(&self, slot: &ModelSlot, version: u64) {
        let publish = {
            let mut state = self.state.borrow_mut();
            state.started.push(version);
            state.started.len()
        };
        note(&format!("publish {publish} starts: version {version}"));
        slot.publish(Weights::new(version, vec![value(publish); FEATURES.len()]));
        self.state.borrow_mut().returned = publish;
        note(&format!("publish {publish} has returned"));
    }

    /// A request that looks at its weights, does `meanwhile`, and looks again.
    pub fn request(&self, slot: &ModelSlot, meanwhile: impl FnOnce(&dyn Fn())) {
        let oldest = {
            let mut state = self.state.borrow_mut();
            state.requests += 1;
            state.returned.max(state.seen)
        };
        let seen = slot.with_weights(|weights| {
            let publish = self.publish_of(weights);
            meanwhile(&|| {
                let now = self.publish_of(weights);
                if now != publish {
                    fail_promise(4, format!(
                        "a request started with the weights of publish {publish} and went on with those of publish {now}"
                    ));
                }
            });
            publish
        });
        note(&format!("got {}", got(seen)));
        if seen.unwrap_or(0) < oldest {
            let (promise, before) = if oldest > self.state.borrow().returned {
                (5, "a request had ended with")
            } else {
                (2, "what had returned was")
            };
            fail_promise(
                promise,
                format!(
                    "{before} publish {oldest}, and the next request got {}",
                    got(seen)
                ),
            );
        }
        let mut state = self.state.borrow_mut();
        state.seen = state.seen.max(seen.unwrap_or(0));
        state.got_weights += u64::from(seen.is_some());
    }

    /// Compares what the slot counts with what has happened.
    pub fn served(&self, slot: &ModelSlot) {
        let least = self.state.borrow().got_weights;
        let served = slot.served();
        let most = self.state.borrow().requests;
        if !(least..=most).contains(&served) {
            fail_promise(
                7,
                format!(
                    "{least} requests had got weights and {most} had started, and served() is {served}"
                ),
            );
        }
    }

    /// Compares at the end, when no request is left.
    pub fn all_served(&self, slot: &ModelSlot) {
        let got_weights = self.state.borrow().got_weights;
        let served = slot.served();
        if served != got_weights {
            fail_promise(
                7,
                format!("{got_weights} requests got weights, and served() is {served}"),
            );
        }
    }

    /// How many publishes have returned.
    pub fn returned(&self) -> usize {
        self.state.borrow().returned
    }

    /// Which publish the weights are of, by their values.
    fn publish_of(&self, weights: &Weights) -> usize {
        let sum: f32 = FEATURES.iter().sum();
        let (version, score) = (weights.version(), weights.score(&FEATURES));
        let state = self.state.borrow();
        let found = (1..=state.started.len()).rev().find(|publish| {
            let expected = value(*publish) * sum;
            (score - expected).abs() < f32::EPSILON && state.started[publish - 1] == version
        });
        let Some(publish) = found else {
            drop(state);
            fail_here(format!(
                "a request read weights that were never published: version {version}, a score of {score}"
            ));
        };
        publish
    }
}

/// Looks again in each of `rounds` rounds of the others.
pub fn rounds(rounds: usize) -> impl FnOnce(&dyn Fn()) {
    move |look| {
        for _ in 0..rounds {
            pause();
            look();
        }
    }
}

/// Exact, so that a sum tells one publish from another.
fn value(publish: usize) -> f32 {
    f32::from(u16::try_from(publish).expect("scenes publish some thousand versions at most"))
}

fn got(seen: Option<usize>) -> String {
    seen.map_or_else(
        || "None".to_owned(),
        |publish| format!("the weights of publish {publish}"),
    )
}
