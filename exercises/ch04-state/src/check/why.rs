//! Why it matters, for each kind of thing that may be seen.

use super::stage::owner;

pub const ONE_AT_A_TIME: &str = "`run` takes `&mut self`: two requests inside one session read and write the same memory at once";

pub const LATE: &str = "whoever looks for a session only now and then leaves it idle in between: it has to be told, or look often";

pub const LATE_AFTER_A_FAILURE: &str =
    "a session that has failed is as good as before: whoever lets it rest lets the others wait";

pub const NOT_SEND: &str = "a server answers each message on whichever thread is free";

pub const ENDLESS: &str = "whoever waits for another request must let it go on: a loop without a pause keeps a core busy, and waits all the same";

pub const NO_ERROR: &str =
    "its run gave logits: an error or a panic of the classifier's own keeps them from the caller";

pub const NO_ERROR_AFTER_A_FAILURE: &str = "the failure was another request's: the session is as good as before, and so is every lock around it";

pub const THE_SESSIONS_ERROR: &str =
    "only the caller can decide what comes after an error, and it decides by what the session says";

pub const NO_LOGITS: &str = "logits that no run has given look like an answer";

/// Of `requests` with one text that were answered from so many runs.
pub fn of_runs(requests: usize, runs: usize) -> &'static str {
    if runs > requests {
        "a run takes the time of whoever waits for its session, and whether to try again is the caller's decision"
    } else {
        "an answer from another run hides what its own would have said: an error, for example"
    }
}

/// Of an answer that was computed from `counted` in place of `wanted`.
pub fn of_other_ids(wanted: &[i64], counted: &[i64], in_a_conversation: bool) -> &'static str {
    let is_foreign = |id: &&i64| {
        let owner = owner(**id);
        owner > 0 && !wanted.iter().any(|own| self::owner(*own) == owner)
    };
    if counted.iter().any(|id| is_foreign(&id)) {
        return match in_a_conversation {
            true => {
                "what one person said must not be heard by another: it is wrong, and it is a leak"
            }
            false => {
                "the same text must get the same answer, whatever runs before it or beside it; and the ids are \
                 another person's"
            }
        };
    }
    let (missing, more) = (without(wanted, counted), without(counted, wanted));
    let is_odd = |id: &i64| !(1..100_000).contains(&owner(*id));
    if !more.is_empty() && missing.len() == more.len() && missing.iter().all(is_odd) {
        return "an id may be any number of 64 bits: one that is changed on the way is another word";
    }
    match (missing.len(), more) {
        (0, more) if more.is_empty() => "words in another order are another text",
        (_, more) if more.is_empty() => {
            "the model answers from what it is given: what is left out was never said"
        }
        (_, more) if more.iter().all(|id| wanted.contains(id)) => {
            "what was said once counts once, however often it was tried"
        }
        (_, more) if in_a_conversation && more.iter().all(|id| owner(*id) > 0) => {
            "a message whose run failed was not said: kept, it counts beside the one that comes in its place"
        }
        _ => {
            "an id counts, whatever it was meant for: only a mask of 0 takes it out of account, and only if it was \
             never the text's own"
        }
    }
}

/// Whether both have the same ids.
pub fn are_reordered(wanted: &[i64], counted: &[i64]) -> bool {
    wanted.len() == counted.len() && without(wanted, counted).is_empty()
}

/// Those of `ids` that `others` have less often.
fn without(ids: &[i64], others: &[i64]) -> Vec<i64> {
    let mut counts = std::collections::HashMap::<i64, usize>::new();
    for id in others {
        *counts.entry(*id).or_default() += 1;
    }
    let is_left = |id: &&i64| match counts.get_mut(id) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    ids.iter().filter(is_left).copied().collect()
}

/// What a request waits for that has neither a session nor an end.
pub struct Wait {
    pub is_in_run: bool,
    /// For the lock that a server must put around `&mut self`.
    pub is_at_lock: bool,
    pub nobody_is_inside: bool,
    /// A session has come out of a run since the request began.
    pub came_free_meanwhile: bool,
    /// The run of a request has failed before.
    pub after_a_failure: bool,
}

impl Wait {
    pub fn expected(&self) -> &'static str {
        if self.is_in_run {
            "each run comes to its end"
        } else if self.nobody_is_inside {
            "whoever waits gets an idle session at once"
        } else {
            "a request waits only while every session is in use"
        }
    }

    pub fn why(&self) -> &'static str {
        if self.is_in_run {
            "a session that does not come back is lost to everybody else"
        } else if self.is_at_lock {
            "`&mut self` promises a caller that it has the classifier to itself: behind a lock around all of it one request runs at a time"
        } else if self.after_a_failure {
            "a run has failed before: either its session was not given back, or the waiting request was not told that it was"
        } else if self.came_free_meanwhile {
            "a session came back while it waited: either it was not told, or it may only take another one"
        } else {
            "a session was idle when it came: one that is not lent to everybody, or is behind a lock that is held during a \
             run, makes several as slow as one"
        }
    }
}

/// What `served` counted, and what it should have.
pub struct Count {
    pub served: u64,
    pub given: u64,
    pub failed: u64,
    /// Requests without an end.
    pub under_way: u64,
    /// One began while another was under way.
    pub were_at_once: bool,
}

impl Count {
    pub fn why(&self) -> &'static str {
        let more = self.served.saturating_sub(self.given);
        if more == 0 && self.were_at_once {
            "a count that is read here and written there loses what was counted in between"
        } else if more == 0 {
            "every request that is given logits counts: by `infer` or `say`, with any text, on any thread"
        } else if more <= self.under_way {
            "a request counts when its run has given logits: before that it may still fail"
        } else if self.failed > 0 {
            "a request whose run failed was given no logits"
        } else {
            "each request counts once, whether by `infer` or by `say`"
        }
    }
}
