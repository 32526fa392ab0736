//! What may happen to a classifier: scenarios, written by hand or generated, and how one that fails is made smaller.

use checks::Random;

/// Requests and conversations on a classifier.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub sessions: usize,
    /// What happens in one moment happens at once; then all that can go on goes on.
    pub moments: Vec<Vec<Act>>,
    pub order: Order,
    /// How often whoever polls does so for nothing before a moment is over.
    pub polls: usize,
}

/// In which order the threads of a moment go on.
#[derive(Clone, Debug)]
pub enum Order {
    InTurn,
    /// In one moment the thread of one act stops before each of these steps.
    Stops {
        moment: usize,
        act: usize,
        steps: Vec<usize>,
    },
    Random(Random),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A request with a text.
    Infer(Text),
    /// A request with a message in the conversation of this number: 1 for the first. Left out while that cannot speak.
    Say(usize, Text),
    /// A conversation starts.
    Start,
    /// The conversation of this number is dropped.
    Drop(usize),
    /// One of those that are held in `run` may leave it: 0 is the oldest.
    Release(usize),
}

/// A text, and what becomes of its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// How many ids it has.
    pub length: usize,
    pub run: Run,
    /// Whether its run lasts until it is released.
    pub is_held: bool,
    /// Whether it begins with ids that a text has seldom: 0, a negative one, the largest.
    pub is_odd: bool,
    /// Whether others send the same; in a conversation, whether it is what was said first.
    pub is_common: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    Succeeds,
    ReturnsAnError,
    Panics,
}

/// A text of so many ids whose run succeeds at once.
pub const fn text(length: usize) -> Text {
    Text {
        length,
        run: Run::Succeeds,
        is_held: false,
        is_odd: false,
        is_common: false,
    }
}

/// A text whose run lasts until it is released.
pub const fn held(length: usize) -> Text {
    Text {
        is_held: true,
        ..text(length)
    }
}

/// A text whose run does not succeed.
pub const fn failing(length: usize, run: Run) -> Text {
    Text {
        run,
        ..text(length)
    }
}

impl Scenario {
    /// What is written here happens in turn.
    pub fn new<const N: usize>(sessions: usize, moments: [&[Act]; N]) -> Scenario {
        Scenario {
            sessions,
            moments: moments.map(<[Act]>::to_vec).to_vec(),
            order: Order::InTurn,
            polls: 0,
        }
    }

    pub fn with_order(&self, order: Order) -> Scenario {
        Scenario {
            order,
            ..self.clone()
        }
    }

    /// The same, if no run failed.
    pub fn without_failures(&self) -> Scenario {
        let mut scenario = self.clone();
        for act in scenario.moments.iter_mut().flatten() {
            if let Act::Infer(text) | Act::Say(_, text) = act {
                text.run = Run::Succeeds;
            }
        }
        scenario
    }

    /// Scenarios that are a little smaller.
    pub fn smaller(&self) -> Vec<Scenario> {
        let mut all = Vec::new();
        let mut push = |change: &dyn Fn(&mut Scenario)| {
            let mut smaller = self.clone();
            change(&mut smaller);
            all.push(smaller);
        };
        for at in 0..self.moments.len() {
            push(&|smaller| {
                smaller.moments.remove(at);
            });
        }
        for (at, moment) in self.moments.iter().enumerate() {
            for act in 0..moment.len() {
                if moment.len() > 1 {
                    push(&|smaller| {
                        smaller.moments[at].remove(act);
                    });
                }
                if let Act::Infer(text) | Act::Say(_, text) = &moment[act]
                    && text.length > 2
                {
                    push(&|smaller| match &mut smaller.moments[at][act] {
                        Act::Infer(text) | Act::Say(_, text) => text.length = text.length / 2 + 1,
                        Act::Start | Act::Drop(_) | Act::Release(_) => (),
                    });
                }
            }
        }
        if self.sessions > 1 {
            push(&|smaller| smaller.sessions -= 1);
        }
        if !matches!(self.order, Order::InTurn) {
            push(&|smaller| smaller.order = Order::InTurn);
        }
        all
    }
}

/// Which scenarios are generated.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub sessions: &'static [usize],
    pub moments: usize,
    /// At most so many acts happen at once.
    pub at_once: usize,
    pub lengths: &'static [usize],
    /// One request of so many fails; none, if 0.
    pub one_fails_of: usize,
    /// One request of so many is held; none, if 0.
    pub one_is_held_of: usize,
    /// There are at most so many conversations.
    pub talks: usize,
    /// One request of so many is in no conversation; none, if 0.
    pub one_infers_of: usize,
    /// Whether runs may also panic.
    pub panics: bool,
}

impl Kind {
    pub fn generate(self, seed: u64) -> Scenario {
        let mut random = Random::new(seed);
        let sessions = random.one_of(self.sessions);
        let moments = 1 + random.below(self.moments);
        let mut started = 0;
        let moments = (0..moments).map(|_| {
            let acts = 1 + random.below(self.at_once);
            (0..acts)
                .map(|_| self.act(&mut random, &mut started))
                .collect()
        });
        Scenario {
            sessions,
            moments: moments.collect(),
            order: Order::Random(Random::new(seed)),
            polls: 0,
        }
    }

    fn act(self, random: &mut Random, started: &mut usize) -> Act {
        let mut one_of = |count: usize| count > 0 && random.below(count) == 0;
        if self.one_is_held_of > 0 && one_of(3) {
            return Act::Release(random.below(3));
        }
        if *started < self.talks && (*started == 0 || one_of(6)) {
            *started += 1;
            return Act::Start;
        }
        if *started > 1 && one_of(12) {
            return Act::Drop(1 + random.below(*started));
        }
        let infers = *started == 0 || one_of(self.one_infers_of);
        let fails = one_of(self.one_fails_of);
        let is_held = one_of(self.one_is_held_of);
        let is_odd = one_of(5);
        let is_common = one_of(4);
        let run = match (fails, self.panics && one_of(2)) {
            (false, _) => Run::Succeeds,
            (true, false) => Run::ReturnsAnError,
            (true, true) => Run::Panics,
        };
        let text = Text {
            length: random.one_of(self.lengths),
            run,
            is_held,
            is_odd,
            is_common,
        };
        if infers {
            Act::Infer(text)
        } else {
            Act::Say(1 + random.below(*started), text)
        }
    }
}
