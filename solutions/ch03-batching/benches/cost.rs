//! What batching is worth: the same requests in batches of 1, 8 and 32, for a model that takes 1 ms for any batch.

use std::time::{Duration, Instant};

use ch03_batching_solution::{Batcher, Config, Embedding, InputIds, Model, ModelError};

/// A model whose time is all overhead, 1 ms for a batch of any size, and that runs one batch at a time.
#[derive(Default)]
struct FixedCost(tokio::sync::Mutex<()>);

impl Model for FixedCost {
    async fn embed(&self, batch: Vec<InputIds>) -> Result<Vec<Embedding>, ModelError> {
        let _device = self.0.lock().await;
        tokio::time::sleep(Duration::from_millis(1)).await;
        Ok(batch.iter().map(|_| Embedding::new()).collect())
    }
}

fn main() {
    let rounds = std::env::var("COST_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let rounds: usize = rounds.unwrap_or(5);
    let requests = 200 * rounds;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let runtime = runtime.expect("a runtime without I/O asks nothing of the system");
    let one_by_one = runtime.block_on(time(1, requests)).as_secs_f64();
    println!("max_batch  time, one by one = 1");
    println!("        1  {:20.3}", 1.0);
    for max_batch in [8, 32] {
        let time = runtime.block_on(time(max_batch, requests)).as_secs_f64();
        println!("{max_batch:9}  {:20.3}", time / one_by_one);
    }
}

/// Time for `requests` requests, of which 32 are under way at any time.
async fn time(max_batch: usize, requests: usize) -> Duration {
    let config = Config {
        max_batch,
        max_wait: Duration::from_millis(5),
        capacity: 64,
    };
    let batcher = Batcher::start(config, FixedCost::default());
    let start = Instant::now();
    let clients: Vec<_> = (0..32)
        .map(|_| {
            let batcher = batcher.clone();
            let share = requests / 32;
            tokio::spawn(async move {
                for _ in 0..share {
                    batcher.infer(vec![1]).await.expect("there is room for 32");
                }
            })
        })
        .collect();
    for client in clients {
        client.await.expect("no client panics");
    }
    start.elapsed()
}
