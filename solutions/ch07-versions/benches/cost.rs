//! What it costs to look before the start: `cargo bench -p ch07-versions-solution`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use ch07_versions_solution::manifest::{Manifest, sha256};
use ch07_versions_solution::{Deployment, library, model, preflight};

/// The length of the larger model: what is in a model costs more than what it says of itself.
const MEGABYTES: usize = 32;

fn main() {
    let rounds = std::env::var("COST_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(9);
    let folder = tempfile::tempdir().expect("the system has a folder for temporary files");
    let runtime = stand_in_runtime::reporting("1.31.1", folder.path()).expect("cargo has built it");
    let deployments = [models::CLASSIFIER.to_vec(), large_model()]
        .map(|model| deployment(folder.path(), &runtime, &model));
    let [small, large] = deployments.map(|deployment| medians(rounds, &deployment));
    println!("{:20}  {:>6}  {:>6}", "a model of", "10 KB", "32 MB");
    let (whole_small, whole_large) = (small[0], large[0]);
    println!(
        "{:20}  {:6.2}  {:6.2}",
        "the preflight, in ms",
        whole_small * 1000.0,
        whole_large * 1000.0
    );
    println!();
    println!("{:20}  {:>6}  {:>6}", "of the preflight", "10 KB", "32 MB");
    for ((what, _), (small, large)) in WORKS.iter().zip(small.iter().zip(large)) {
        let (small, large) = (small / whole_small, large / whole_large);
        println!("{what:20}  {small:6.3}  {large:6.3}");
    }
}

type Work = (&'static str, fn(&Deployment));

const WORKS: [Work; 5] = [
    ("the preflight", |deployment| {
        preflight(deployment).expect("it is as it was tested");
    }),
    ("the pitfall", |deployment| {
        let Deployment {
            runtime,
            model,
            tokenizer,
            manifest,
        } = deployment;
        assert!([runtime, model, tokenizer].iter().all(|path| path.exists()));
        Manifest::read(manifest).expect("it was written");
    }),
    ("the library", |deployment| {
        library::built_for(&deployment.runtime).expect("it can be read");
        library::version(&deployment.runtime).expect("it has one");
    }),
    ("the model's header", |deployment| {
        let model = fs::read(&deployment.model).expect("it was written");
        model::header(&model).expect("it is one");
    }),
    ("both hashes", |deployment| {
        for path in [&deployment.model, &deployment.tokenizer] {
            sha256(&fs::read(path).expect("it was written"));
        }
    }),
];

/// The bundled model, and a text that describes it at length.
fn large_model() -> Vec<u8> {
    let mut model = models::CLASSIFIER.to_vec();
    let length = MEGABYTES << 20;
    model.push(0x32); // field 6, bytes
    let mut rest = length;
    while rest >= 0x80 {
        model.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    model.push(rest as u8);
    model.resize(model.len() + length, b'.');
    model
}

fn deployment(folder: &Path, runtime: &Path, model: &[u8]) -> Deployment {
    let file = |kind: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.join(format!("{}-{kind}", model.len()));
        fs::write(&path, bytes).expect("the folder is ours");
        path
    };
    let manifest = format!(
        "release = \"2026-11-23\"\nruntime = {{ api = 24, tested = \"1.31.1\" }}\n\
         model = {{ sha256 = \"{}\" }}\ntokenizer = {{ sha256 = \"{}\" }}\n",
        sha256(model),
        sha256(models::TOKENIZER.as_bytes()),
    );
    Deployment {
        runtime: runtime.to_owned(),
        model: file("model.onnx", model),
        tokenizer: file("tokenizer.json", models::TOKENIZER.as_bytes()),
        manifest: file("manifest.toml", manifest.as_bytes()),
    }
}

/// Seconds of each work. A round does all of them, so that they share what the machine does besides.
fn medians(rounds: usize, deployment: &Deployment) -> [f64; WORKS.len()] {
    let mut times = WORKS.map(|_| Vec::new());
    for _ in 0..rounds {
        for ((_, work), times) in WORKS.iter().zip(&mut times) {
            let start = Instant::now();
            work(deployment);
            times.push(start.elapsed().as_secs_f64());
        }
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[rounds / 2]
    })
}
