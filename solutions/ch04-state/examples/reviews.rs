//! The same review twice, on the exercise as shipped and on the solution, both with the bundled model on
//! real sessions.

use ch04_state_solution as fixed;
use network::{Network, input_ids};

#[path = "../network.rs"]
mod network;
#[rustfmt::skip]
#[path = "../../../exercises/ch04-state/shipped.rs"]
#[expect(dead_code, reason = "a part of it is enough here")]
mod shipped;

impl fixed::Backend for Network {
    fn run(&mut self, ids: &[i64], mask: &[i64]) -> Result<[f32; 2], fixed::RunError> {
        self.logits(ids, mask)
            .map_err(|error| fixed::RunError(error.to_string()))
    }
}

impl shipped::Backend for Network {
    fn run(&mut self, ids: &[i64], mask: &[i64]) -> Result<[f32; 2], shipped::RunError> {
        self.logits(ids, mask)
            .map_err(|error| shipped::RunError(error.to_string()))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut shipped = shipped::Classifier::new(Network::open(1));
    let fixed = fixed::Classifier::new(Network::open(1));
    println!("{:48}  shipped  fixed", "review");
    for review in [
        "a wonderful film",
        "a boring story and a dreadful terrible awful end",
        "a wonderful film",
    ] {
        let ids = input_ids(review);
        let (shipped, fixed) = (shipped.infer(&ids)?, fixed.infer(&ids)?);
        println!("{review:48}  {:7}  {}", word(shipped), word(fixed));
    }
    Ok(())
}

fn word([negative, positive]: [f32; 2]) -> &'static str {
    if positive > negative {
        "kind"
    } else {
        "unkind"
    }
}
