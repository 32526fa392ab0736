//! Which promise is broken, where an answer alone does not say it: what must not matter is taken out of the scene, one thing
//! after another, until the answer is right.

use checks::Failure;

use super::model::{Judged, Played, Scene};
use super::toy::Noise;
use crate::Embedding;
use crate::encoder::Batch;

/// A failure that names no promise yet gets one, and a reason why.
pub fn blame(
    scene: &Scene,
    call: usize,
    played: &Played,
    failure: Failure,
    holds: &impl Fn(&Scene, usize, &Played) -> Judged,
) -> Failure {
    let is_open = failure.promise.is_none();
    let holds = |(scene, call): &(Scene, usize)| {
        let played = scene.play();
        let played = played.get(*call);
        played.is_some_and(|played| holds(scene, *call, played).is_ok())
    };
    let culprit = suspects(scene, call, played, is_open)
        .into_iter()
        .find(|suspect| suspect.without.iter().all(holds));
    let is_narrow = |batch: &Batch| batch.shape[1] < scene.longest(&scene.calls[call]);
    let Failure {
        seen,
        expected,
        promise,
        why,
        ..
    } = failure;
    let (promise, why) = match culprit {
        _ if is_open && played.runs.iter().any(is_narrow) => (
            5,
            "the batch is narrower than the longest text: tokens were cut off that are to be read"
                .to_owned(),
        ),
        Some(suspect) => (suspect.promise, suspect.why.to_owned()),
        None => (promise.unwrap_or(otherwise(scene, call, played)), why),
    };
    Failure::new(seen, expected, why).of_promise(promise)
}

/// The promise where nothing of the scene is to blame.
fn otherwise(scene: &Scene, call: usize, played: &Played) -> usize {
    match &played.answer {
        _ if scene.longest(&scene.calls[call]) == 0 => 6,
        Ok(Err(_)) | Err(_) => 10,
        Ok(Ok(_)) if played.runs.is_empty() => 6,
        Ok(Ok(answers)) if lacks_one(scene, call, answers) => 1,
        // What the encoder was not given cannot be in the mean.
        Ok(Ok(_)) => match scene.run_holds(call, played) {
            Err(failure) => failure.promise.unwrap_or(2),
            Ok(()) => 2,
        },
    }
}

fn lacks_one(scene: &Scene, call: usize, answers: &[Embedding]) -> bool {
    let mut both = scene.calls[call].iter().zip(answers);
    both.any(|(text, answer)| answer.is_none() && !scene.cut(text).is_empty())
}

/// What a promise says must not matter, and the scene without it.
struct Suspect {
    promise: usize,
    why: &'static str,
    /// Scenes, and the call of each that is to be right.
    without: Vec<(Scene, usize)>,
}

fn suspects(scene: &Scene, call: usize, played: &Played, is_open: bool) -> Vec<Suspect> {
    let texts = &scene.calls[call];
    let with = |texts: Vec<Vec<i64>>| {
        let mut scene = scene.clone();
        scene.calls[call] = texts;
        scene
    };
    let mut suspects = Vec::new();
    let mut suspect = |promise, why, without: Scene| {
        suspects.push(Suspect {
            promise,
            why,
            without: vec![(without, call)],
        });
    };
    if scene.fails.iter().any(|&fails| fails < call) {
        let mut without = scene.clone();
        without.fails.retain(|&fails| fails >= call);
        let why = "an error ends with its call: the next one finds the embedder as it was before";
        suspect(10, why, without);
    }
    if !is_open {
        return suspects;
    }
    if scene.noise != Noise::Finite {
        let without = Scene {
            noise: Noise::Finite,
            ..scene.clone()
        };
        let why = "0 times NaN is NaN: what the encoder gives for padding must be left out, not multiplied by 0";
        suspect(9, why, without);
    }
    let full = texts.iter().filter(|text| !scene.cut(text).is_empty());
    let full: Vec<Vec<i64>> = full.cloned().collect();
    if !full.is_empty() && full.len() < texts.len() {
        let why =
            "a text without tokens has no vector, and takes none from the other texts of its call";
        suspect(4, why, with(full));
    }
    if texts
        .iter()
        .any(|text| text.len() >= scene.settings.max_tokens)
    {
        let mut without = with(texts.iter().map(|text| scene.cut(text).to_vec()).collect());
        without.settings.max_tokens = 1_000_000;
        let why = "what is cut off has no row: it must count in no mask and no length, and padding must not be what is left";
        suspect(5, why, without);
    }
    if texts
        .iter()
        .flatten()
        .any(|&id| id == scene.settings.pad_id)
    {
        let mut without = scene.clone();
        let ids = scene.calls.iter().flatten().flatten();
        without.settings.pad_id = ids.fold(0, |most, &id| most.max(id)).saturating_add(1);
        let why = "a text may have a token with the id of padding: only its place says which of them it is";
        suspect(8, why, without);
    }
    let is_answered = matches!(&played.answer, Ok(Ok(answers)) if !lacks_one(scene, call, answers));
    // A run that did not take place is missing, whatever was kept in its stead.
    if call > 0 && !(is_answered && played.runs.is_empty()) {
        let mut without = with(texts.clone());
        without.calls.drain(..call);
        without.fails = Vec::new();
        let why = "what a call leaves behind must not be found by the next one: a vector depends on its own text";
        suspects.push(Suspect {
            promise: 3,
            why,
            without: vec![(without, 0)],
        });
    }
    if is_answered && texts.len() > 1 {
        let alone = |text: &Vec<i64>| {
            let mut alone = with(vec![text.clone()]);
            alone.calls.drain(..call);
            alone.calls.truncate(1);
            alone.fails = Vec::new();
            (alone, 0)
        };
        suspects.push(Suspect {
            promise: 3,
            why: "a vector that depends on the other texts of its batch is found today and not tomorrow",
            without: texts.iter().map(alone).collect(),
        });
    }
    suspects
}
