//! What the fix costs and what batching is worth, for a model that takes 1 ms for any batch: 32 clients at
//! a time, on the loop of the pitfall where it works (every batch full) and on the fixed batcher.

use std::time::{Duration, Instant};

use ch03_batching_solution::{Batcher, Config, Embedding, InputIds, Model, ModelError};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

const CLIENTS: usize = 32;

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
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(20);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime without I/O asks nothing of the system");
    runtime.block_on(async {
        let pitfall = time_of_the_pitfall(rounds).await.as_secs_f64();
        println!("batcher  max_batch  time, pitfall = 1");
        println!("pitfall  {CLIENTS:9}  {:17.2}", 1.0);
        for max_batch in [CLIENTS, 8, 1] {
            let time = time_of_the_fix(max_batch, rounds).await.as_secs_f64();
            println!("fixed    {max_batch:9}  {:17.2}", time / pitfall);
        }
    });
}

async fn time_of_the_pitfall(rounds: usize) -> Duration {
    let (requests, mut queue) = mpsc::channel::<(InputIds, oneshot::Sender<Embedding>)>(CLIENTS);
    tokio::spawn(async move {
        let model = FixedCost::default();
        let mut batch = Vec::with_capacity(CLIENTS);
        while let Some(request) = queue.recv().await {
            batch.push(request);
            if batch.len() < CLIENTS {
                continue;
            }
            let (texts, replies): (Vec<_>, Vec<_>) = batch.drain(..).unzip();
            let embeddings = model.embed(texts).await.expect("this model never fails");
            for (reply, embedding) in replies.into_iter().zip(embeddings) {
                reply.send(embedding).expect("no client goes away");
            }
        }
    });
    time(rounds, move || {
        let requests = requests.clone();
        async move {
            let (reply, answer) = oneshot::channel();
            requests.send((vec![1], reply)).await.is_ok() && answer.await.is_ok()
        }
    })
    .await
}

async fn time_of_the_fix(max_batch: usize, rounds: usize) -> Duration {
    let config = Config {
        max_batch,
        max_wait: Duration::from_millis(5),
        capacity: 2 * CLIENTS,
    };
    let batcher = Batcher::start(config, FixedCost::default());
    time(rounds, move || {
        let batcher = batcher.clone();
        async move { batcher.infer(vec![1]).await.is_ok() }
    })
    .await
}

/// Time until each client has had its `rounds` requests answered, one after the other.
async fn time<Reply: Future<Output = bool> + Send>(
    rounds: usize,
    infer: impl Fn() -> Reply + Clone + Send + 'static,
) -> Duration {
    let start = Instant::now();
    let clients: JoinSet<()> = (0..CLIENTS)
        .map(|_| {
            let infer = infer.clone();
            async move {
                for _ in 0..rounds {
                    assert!(infer().await, "there is room for every client");
                }
            }
        })
        .collect();
    clients.join_all().await;
    start.elapsed()
}
