//! A real session with one text's logits for an answer: the crates that include this file make it a `Backend`.

use ort::session::Session;
use ort::value::Tensor;

/// The bundled classifier on a session of its own.
pub struct Network(Session);

impl Network {
    /// Opens `count` sessions with one thread each: what runs at once are the sessions.
    pub fn open(count: usize) -> Vec<Network> {
        let open = || -> Result<Session, Box<dyn std::error::Error>> {
            let mut builder = Session::builder(runtime::environment()?)?.with_intra_threads(1)?;
            Ok(builder.commit_from_memory(models::CLASSIFIER)?)
        };
        let session = || open().unwrap_or_else(|error| panic!("no session: {error}"));
        (0..count).map(|_| Network(session())).collect()
    }

    // ANCHOR: logits
    /// The logits of one text of at least one id.
    pub fn logits(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> ort::Result<[f32; 2]> {
        let row = |ids: &[i64]| Tensor::from_array(([1, ids.len()], ids.to_vec()));
        let outputs = self.0.run(ort::inputs! {
            "input_ids" => row(input_ids)?,
            "attention_mask" => row(attention_mask)?,
        })?;
        let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
        // Copied out, for they are borrowed from the session.
        Ok([logits[0], logits[1]])
    }
    // ANCHOR_END: logits
}

/// What the tokenizer makes of a review whose words are all in its vocabulary.
pub fn input_ids(review: &str) -> Vec<i64> {
    let words = ["[CLS]"].into_iter().chain(review.split(' '));
    words.chain(["[SEP]"]).map(id).collect()
}

fn id(word: &str) -> i64 {
    let (_, after) = models::TOKENIZER
        .split_once("\"vocab\"")
        .and_then(|(_, vocabulary)| vocabulary.split_once(&format!("\"{word}\"")))
        .unwrap_or_else(|| panic!("the tokenizer does not know {word:?}"));
    let digits = after.trim_start_matches([':', ' ']);
    let end = digits.find(|c: char| !c.is_ascii_digit());
    digits[..end.unwrap_or(digits.len())]
        .parse()
        .expect("an id is a number")
}
