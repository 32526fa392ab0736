//! What the embedder promises, in the numbers of README.md.

use checks::Failure;

use super::encoder::Onnx;
use super::{Embedder, Settings, Side};

#[test]
fn a_text_has_the_same_vector_alone_and_beside_others() {
    let settings = Settings {
        max_tokens: 512,
        pad_id: 0,
        side: Side::Right,
    };
    let encoder = Onnx::load(models::ENCODER).unwrap_or_else(|error| panic!("{error}"));
    let mut embedder = Embedder::new(encoder, settings);
    let short = vec![100, 1167, 435];
    let long = vec![100, 341, 435, 100, 341, 435];
    let alone = embedder.embed(std::slice::from_ref(&short));
    let beside = embedder.embed(&[short, long]);
    let (Ok(alone), Ok(beside)) = (alone, beside) else {
        panic!("the encoder was not run");
    };
    let far = |(one, other): (&f32, &f32)| (one - other).abs() > 1e-4;
    let (Some(one), Some(other)) = (&alone[0], &beside[0]) else {
        panic!("a text has no vector");
    };
    if one.iter().zip(other).any(far) {
        let seen = format!("beside a longer text its vector is {other:?}");
        let why = "a vector that depends on the traffic is found today and not tomorrow";
        Failure::new(seen, format!("{one:?}, as alone"), why)
            .of_promise(3)
            .raise();
    }
}

checks::earned!();
