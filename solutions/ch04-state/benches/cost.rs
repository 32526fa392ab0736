//! What a lock around one session costs against a pool, with one and two threads inside each session: two
//! request threads, and a network that is large enough for a session to share out among its threads.

use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use ch04_state_solution::{Backend, Classifier, Logits, RunError};
use ort::session::Session;
use ort::value::Tensor;

#[path = "cost/onnx.rs"]
mod onnx;

const CLIENTS: usize = 2;
const ROWS: usize = 32;
const WIDTH: usize = 512;

/// Twelve matrix products, whatever the text.
struct Heavy(Session);

impl Backend for Heavy {
    fn run(&mut self, _: &[i64], _: &[i64]) -> Result<Logits, RunError> {
        let mut run = || -> ort::Result<Logits> {
            let x = Tensor::from_array(([ROWS, WIDTH], vec![0.5_f32; ROWS * WIDTH]))?;
            let outputs = self.0.run(ort::inputs! { "x" => x })?;
            let (_, y) = outputs["y"].try_extract_tensor::<f32>()?;
            Ok([y[0], y[1]])
        };
        run().map_err(|error| RunError(error.to_string()))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = std::env::var("COST_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let rounds = asked.unwrap_or(15);
    let model = onnx::perceptron(12, ROWS as u64, WIDTH as u64);

    let mut setups = Vec::new();
    // The embedded runtime takes no notice of the number of threads.
    let threads_count = !runtime::name().starts_with("ort-tract");
    let all = [(1, 1), (1, 2), (2, 1), (2, 2)];
    for (sessions, threads) in all
        .into_iter()
        .filter(|(_, threads)| *threads == 1 || threads_count)
    {
        let opened: Result<Vec<Heavy>, _> = (0..sessions).map(|_| open(&model, threads)).collect();
        let classifier = Classifier::new(opened?);
        setups.push(Setup {
            name: format!("{sessions:8}  {threads:15}"),
            // A pool does not need it; one session is what `&mut self` and a lock leave.
            lock: (sessions == 1).then(Mutex::default),
            classifier,
            rates: Vec::new(),
        });
    }
    // The first run prepares a session; later ones tell how many make a fifth of a second.
    for setup in &setups {
        setup.rate(1);
    }
    let requests = match asked {
        Some(_) => 1,
        None => (setups[0].rate(2) / 5.0 / CLIENTS as f64).ceil() as u32,
    };
    // In turns, for the machine is not the same from one second to the next.
    for _ in 0..rounds {
        for setup in &mut setups {
            let rate = setup.rate(requests);
            setup.rates.push(rate);
        }
    }

    println!("{}, {CLIENTS} request threads", runtime::name());
    println!(
        "sessions  threads in each  behind a lock  requests in a second, first row = 1: median (lowest to highest)"
    );
    let first = setups[0].sorted()[rounds / 2];
    for setup in &mut setups {
        let lock = if setup.lock.is_some() { "yes" } else { "no" };
        let rates = setup.sorted();
        let [lowest, median, highest] =
            [rates[0], rates[rounds / 2], rates[rounds - 1]].map(|rate| rate / first);
        let name = &setup.name;
        println!("{name}  {lock:13}  {median:.2} ({lowest:.2} to {highest:.2})");
    }
    Ok(())
}

fn open(model: &[u8], threads: usize) -> Result<Heavy, Box<dyn std::error::Error>> {
    let builder = Session::builder(runtime::environment()?)?;
    let mut builder = builder.with_intra_threads(threads)?;
    Ok(Heavy(builder.commit_from_memory(model)?))
}

struct Setup {
    name: String,
    lock: Option<Mutex<()>>,
    classifier: Classifier<Heavy>,
    /// Requests per second.
    rates: Vec<f64>,
}

impl Setup {
    /// Requests per second while every client has `requests` of them, one after the other.
    fn rate(&self, requests: u32) -> f64 {
        let infer = || {
            let _guard = self.lock.as_ref().map(|lock| lock.lock());
            self.classifier.infer(&[1]).expect("every run is alike");
        };
        let start = Instant::now();
        thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| (0..requests).for_each(|_| infer()));
            }
        });
        f64::from(requests) * CLIENTS as f64 / start.elapsed().as_secs_f64()
    }

    fn sorted(&mut self) -> &[f64] {
        self.rates.sort_by(f64::total_cmp);
        &self.rates
    }
}
