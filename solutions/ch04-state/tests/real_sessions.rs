//! The solution on real sessions, whichever runtime is in use: two run at once, and neither judges by the
//! other's words.

use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use ch04_state_solution::{Backend, Classifier, Logits, RunError};
use network::{Network, input_ids};

#[path = "../network.rs"]
mod network;

const LONG: &str = "a boring story and a dreadful terrible awful end";
const SHORT: &str = "a wonderful film";

/// A session that runs only while another one is about to run as well.
struct Meeting {
    network: Network,
    arrived: Arc<(Mutex<usize>, Condvar)>,
}

impl Backend for Meeting {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        let (count, changed) = &*self.arrived;
        let mut count = count.lock().unwrap();
        *count += 1;
        changed.notify_all();
        let (count, waited) = changed
            .wait_timeout_while(count, Duration::from_secs(10), |count| *count < 2)
            .unwrap();
        drop(count);
        if waited.timed_out() {
            return Err(RunError("nobody else came into `run` in 10 s".into()));
        }
        judge(&mut self.network, input_ids, attention_mask)
    }
}

fn judge(network: &mut Network, ids: &[i64], mask: &[i64]) -> Result<Logits, RunError> {
    network
        .logits(ids, mask)
        .map_err(|error| RunError(error.to_string()))
}

fn alone(review: &str) -> Logits {
    let ids = input_ids(review);
    judge(&mut Network::open(1)[0], &ids, &vec![1; ids.len()]).unwrap()
}

/// Runtimes may differ in the last bits from run to run.
#[track_caller]
fn is_as_alone(logits: Logits, review: &str) {
    let alone = alone(review);
    let far = logits
        .iter()
        .zip(&alone)
        .any(|(one, other)| (one - other).abs() > 1e-4);
    assert!(!far, "{review:?}: {logits:?}, and {alone:?} when alone");
}

#[test]
fn two_real_sessions_run_at_once_and_judge_each_review_as_if_it_were_alone() {
    let arrived = Arc::default();
    let meeting = |network| Meeting {
        network,
        arrived: Arc::clone(&arrived),
    };
    let classifier = Classifier::new(Network::open(2).into_iter().map(meeting).collect());
    thread::scope(|scope| {
        let calls = [LONG, SHORT]
            .map(|review| (review, scope.spawn(|| classifier.infer(&input_ids(review)))));
        for (review, call) in calls {
            is_as_alone(call.join().unwrap().unwrap(), review);
        }
    });
    for review in [SHORT, LONG, SHORT] {
        is_as_alone(classifier.infer(&input_ids(review)).unwrap(), review);
    }
    assert_eq!(classifier.served(), 5);
}

#[test]
fn the_bundled_model_tells_the_two_reviews_apart() {
    let [negative, positive] = alone(SHORT);
    assert!(positive > negative, "{SHORT:?}");
    let [negative, positive] = alone(LONG);
    assert!(negative > positive, "{LONG:?}");
}
