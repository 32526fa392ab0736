//! When the batcher sends each of some requests to the model, and when each is answered: the one as shipped
//! and the fixed one, on a paused clock. Prints JSON, with which the page's figure is compared.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ch03_batching_solution as fixed;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep, sleep_until, timeout};

#[rustfmt::skip]
#[path = "../../../exercises/ch03-batching/shipped.rs"]
#[expect(dead_code, reason = "nobody shuts it down here")]
mod shipped;

/// The figure's model takes as long.
const MODEL_TAKES: Duration = Duration::from_millis(7);

/// An hour of a paused clock is for ever.
const FOR_EVER: Duration = Duration::from_secs(3600);

/// All times in milliseconds.
struct Setting {
    max_batch: usize,
    max_wait: u64,
    requests: usize,
    /// From one request to the next.
    spacing: u64,
}

const fn setting(max_batch: usize, max_wait: u64, requests: usize, spacing: u64) -> Setting {
    Setting {
        max_batch,
        max_wait,
        requests,
        spacing,
    }
}

const SETTINGS: [Setting; 14] = [
    setting(3, 25, 5, 4),
    setting(3, 25, 6, 4),
    setting(3, 5, 5, 4),
    setting(3, 5, 5, 0),
    setting(8, 25, 1, 0),
    setting(8, 25, 12, 2),
    setting(8, 95, 12, 20),
    setting(1, 25, 4, 2),
    setting(2, 15, 7, 6),
    setting(2, 15, 7, 0),
    setting(4, 5, 12, 30),
    setting(4, 45, 11, 12),
    setting(5, 25, 12, 8),
    setting(6, 35, 9, 10),
];

/// The time at which each batch came to the model, and the numbers of its requests.
type Batches = Arc<Mutex<Vec<(u64, Vec<i64>)>>>;

struct Watched {
    start: Instant,
    batches: Batches,
}

fn since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).expect("a scene ends within an hour")
}

/// The same scene for two batchers that share no type.
macro_rules! scene {
    ($play:ident, $batcher:ident) => {
        impl $batcher::Model for Watched {
            async fn embed(
                &self,
                batch: Vec<$batcher::InputIds>,
            ) -> Result<Vec<$batcher::Embedding>, $batcher::ModelError> {
                let numbers = batch.iter().map(|text| text[0]).collect();
                let came = since(self.start);
                self.batches.lock().unwrap().push((came, numbers));
                sleep(MODEL_TAKES).await;
                Ok(batch.iter().map(|_| vec![0.5]).collect())
            }
        }

        /// When each request was answered, if it ever was; and the batches.
        async fn $play(setting: &Setting) -> (Vec<Option<u64>>, Batches) {
            let start = Instant::now();
            let batches = Batches::default();
            let model = Watched {
                start,
                batches: Arc::clone(&batches),
            };
            let config = $batcher::Config {
                max_batch: setting.max_batch,
                max_wait: Duration::from_millis(setting.max_wait),
                capacity: 64,
            };
            let batcher = $batcher::Batcher::start(config, model);
            let mut clients = Vec::new();
            for number in 0..setting.requests {
                let batcher = batcher.clone();
                let comes = start + Duration::from_millis(setting.spacing * number as u64);
                clients.push(tokio::spawn(async move {
                    sleep_until(comes).await;
                    let reply = timeout(FOR_EVER, batcher.infer(vec![number as i64])).await;
                    reply.ok().map(|reply| {
                        reply.expect("this model never fails");
                        since(start)
                    })
                }));
            }
            let mut answered = Vec::new();
            for client in clients {
                answered.push(client.await.expect("no client panics"));
            }
            (answered, batches)
        }
    };
}

scene!(play_shipped, shipped);
scene!(play_fixed, fixed);

/// Of each request: its batch, from 0, when that went to the model, and when the reply came; null if never.
fn timeline(setting: &Setting, answered: &[Option<u64>], batches: &Batches) -> String {
    let batches = batches.lock().unwrap();
    let fates = (0..setting.requests).map(|number| {
        let batch = batches
            .iter()
            .position(|(_, numbers)| numbers.contains(&(number as i64)));
        match (batch, answered[number]) {
            (Some(batch), Some(answered)) => format!("[{batch}, {}, {answered}]", batches[batch].0),
            _ => "null".to_owned(),
        }
    });
    format!("[{}]", fates.collect::<Vec<_>>().join(", "))
}

fn main() {
    let settings = SETTINGS.map(|setting| {
        let runtime = || {
            Builder::new_current_thread()
                .enable_time()
                .start_paused(true)
                .build()
                .expect("a runtime without I/O asks nothing of the system")
        };
        let (answered, batches) = runtime().block_on(play_shipped(&setting));
        let shipped = timeline(&setting, &answered, &batches);
        let (answered, batches) = runtime().block_on(play_fixed(&setting));
        let fixed = timeline(&setting, &answered, &batches);
        let Setting {
            max_batch,
            max_wait,
            requests,
            spacing,
        } = setting;
        format!(
            "{{ \"maxBatch\": {max_batch}, \"maxWait\": {max_wait}, \"requests\": {requests}, \"spacing\": {spacing},\n  \
             \"shipped\": {shipped},\n  \"fixed\": {fixed} }}"
        )
    });
    println!("[\n{}\n]", settings.join(",\n"));
}
