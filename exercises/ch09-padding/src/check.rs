//! What the embedder promises, in the numbers of README.md: with an encoder whose numbers are whole and which keeps what
//! it was given, and with the bundled model on the runtime in use.

#[path = "check/blame.rs"]
mod blame;
#[path = "check/model.rs"]
mod model;
#[path = "check/scenes.rs"]
mod scenes;
#[path = "check/toy.rs"]
mod toy;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use checks::Failure;
use proptest::strategy::Strategy;

use super::encoder::{Batch, Encoder, EncoderError, Hidden, Onnx};
use super::{Embedder, Embedding, Settings, Side};
use model::{Judged, Mean, Scene, broken, told, told_counts, told_ids, told64};
use scenes::for_each;
use toy::{Noise, Toy};

// If the compiler points here, a public name or type of `lib.rs` has changed: keep them as shipped.
type Answer = Result<Vec<Embedding>, EncoderError>;
const _: fn(Toy, Settings) -> Embedder<Toy> = Embedder::new;
const _: fn(&mut Embedder<Toy>, &[Vec<i64>]) -> Answer = Embedder::embed;

const SHORT: &[i64] = &[5, 7];
const LONG: &[i64] = &[11, 12, 13, 14, 15, 16];

#[track_caller]
fn hold(judged: Judged) {
    if let Err(failure) = judged {
        failure.raise();
    }
}

#[test]
fn a_text_alone_has_the_mean_of_its_rows() {
    let many: Vec<i64> = (0..600).map(|at| 1 + at * at % 1_009).collect();
    for text in [SHORT, LONG, &[9], &[9, 9, 9], &many[..511]] {
        hold(Scene::of(&[text]).answers_hold());
    }
    for dim in [1, 2, 8, 384, 1_025, 4_099] {
        let mut scene = Scene::of(&[LONG]);
        scene.weights.dim = dim;
        hold(scene.answers_hold());
    }
    for scale in [1.0 / 1024.0, 512.0] {
        let mut scene = Scene::of(&[LONG]);
        scene.weights.scale = scale;
        hold(scene.answers_hold());
    }
}

#[test]
fn a_text_has_the_same_vector_alone_and_beside_others() {
    hold(Scene::of(&[SHORT, LONG]).answers_hold());
    hold(Scene::of(&[LONG, SHORT]).answers_hold());
    hold(Scene::of(&[SHORT, LONG, &[9], SHORT, LONG]).answers_hold());
    let mut several = Scene::of(&[]);
    several.calls = vec![
        vec![SHORT.to_vec()],
        vec![LONG.to_vec(), SHORT.to_vec()],
        vec![SHORT.to_vec()],
        vec![LONG.to_vec()],
    ];
    hold(several.answers_hold());
    // Another encoder says other things of the same texts.
    several.weights.seed = 1;
    hold(several.answers_hold());
    // Many of them, and one that is much longer than all others.
    let texts: Vec<Vec<i64>> = (1..=1_100)
        .map(|text| vec![text; 1 + text as usize % 4])
        .collect();
    let mut many = Scene::of(&[]);
    many.calls = vec![texts];
    many.calls[0][300] = (1..=60).collect();
    hold(many.answers_hold());
}

#[test]
fn pad_id_and_side_change_no_vector() {
    for side in [Side::Left, Side::Right] {
        for pad_id in [0, 1, 3, 50_256, -1, 1 << 40] {
            let mut scene = Scene::of(&[SHORT, LONG, &[9]]);
            scene.settings = Settings {
                side,
                pad_id,
                ..scene.settings
            };
            hold(scene.answers_hold());
        }
    }
}

#[test]
fn padding_is_masked_and_tokens_are_not() {
    for side in [Side::Left, Side::Right] {
        for texts in [
            &[SHORT, LONG][..],
            &[LONG, SHORT, &[9], SHORT],
            &[SHORT],
            &[SHORT, &[], LONG],
        ] {
            let mut scene = Scene::of(texts);
            scene.settings.side = side;
            hold(scene.runs_hold());
        }
    }
}

#[test]
fn a_token_with_the_id_of_padding_is_read() {
    let model = Shared::load();
    for side in [Side::Left, Side::Right] {
        for texts in [
            &[&[2, 5, 2][..]][..],
            &[&[2, 2]],
            &[&[2, 5, 2, 2], LONG],
            &[&[5, 2], &[2, 5], &[2], LONG],
        ] {
            let mut scene = Scene::of(texts);
            scene.settings.side = side;
            scene.settings.pad_id = 2;
            hold(scene.holds());
        }
        hold(a_written_pad_is_read_by_the_bundled_model(&model, side));
    }
}

/// Whoever writes `[PAD]` into a text gets the bundled tokenizer's id of padding in the middle of it.
fn a_written_pad_is_read_by_the_bundled_model(model: &Shared, side: Side) -> Judged {
    let settings = Settings {
        max_tokens: 512,
        pad_id: 0,
        side,
    };
    // [CLS] a [PAD] film [SEP]: alone, at its two ends beside a longer text, and as nothing but padding.
    let written = vec![2, 100, 0, 435, 3];
    let longer = vec![2, 100, 341, 435, 9, 110, 3];
    let calls = [
        vec![written.clone()],
        vec![written, longer.clone()],
        vec![vec![0, 435, 0], longer],
        vec![vec![0, 0]],
    ];
    of_the_bundled_model(model, settings, &calls).map_err(|failure| {
        let why = "`[PAD]` that stands in the text is one of its tokens: the mask says which places are padding, and the id does not";
        let why = why.to_owned();
        Box::new(Failure { why, ..*failure }.of_promise(8))
    })
}

#[test]
fn a_text_without_tokens_has_no_vector_and_spoils_none() {
    for noise in [Noise::Finite, Noise::NaN] {
        for texts in [&[SHORT, &[], LONG][..], &[&[], SHORT], &[SHORT, &[], &[]]] {
            let scene = Scene {
                noise,
                ..Scene::of(texts)
            };
            hold(scene.answers_hold());
        }
    }
}

#[test]
fn a_long_text_counts_with_its_first_tokens() {
    for side in [Side::Left, Side::Right] {
        for max_tokens in [1, 2, 3, 5, 6, 7] {
            for texts in [&[LONG][..], &[SHORT, LONG], &[LONG, &[9], SHORT]] {
                let mut scene = Scene::of(texts);
                scene.settings.side = side;
                scene.settings.max_tokens = max_tokens;
                hold(scene.answers_hold());
            }
        }
        let many: Vec<i64> = (0..5_000).map(|at| 1 + at * at % 1_009).collect();
        let mut scene = Scene::of(&[SHORT, &many]);
        scene.settings.side = side;
        hold(scene.answers_hold());
        // Limits far beyond any text, also such as end with zeros.
        for max_tokens in [65_536, usize::MAX / 2 + 1, usize::MAX] {
            scene.settings.max_tokens = max_tokens;
            scene.calls[0][1].truncate(700);
            hold(scene.answers_hold());
        }
    }
}

#[test]
fn padding_counts_for_nothing_whatever_the_encoder_says_of_it() {
    for side in [Side::Left, Side::Right] {
        for noise in [Noise::Finite, Noise::Infinite, Noise::NaN] {
            let mut scene = Scene {
                noise,
                ..Scene::of(&[SHORT, LONG, &[9]])
            };
            scene.settings.side = side;
            hold(scene.answers_hold());
        }
    }
}

#[test]
fn a_call_is_one_run_as_wide_as_its_longest_text() {
    for texts in [&[SHORT, LONG][..], &[SHORT], &[SHORT, SHORT], &[LONG, &[9]]] {
        hold(Scene::of(texts).runs_hold());
    }
    let mut scene = Scene::of(&[SHORT, LONG]);
    scene.settings.max_tokens = 4;
    hold(scene.runs_hold());
    let mut many = Scene::of(&[]);
    many.calls = vec![
        (0..300)
            .map(|text| vec![text; 1 + text as usize % 9])
            .collect(),
    ];
    hold(many.runs_hold());
}

#[test]
fn where_nothing_is_to_be_read_nothing_runs() {
    for texts in [&[][..], &[&[][..]], &[&[], &[], &[]]] {
        hold(Scene::of(texts).holds());
    }
    let mut nothing_allowed = Scene::of(&[SHORT, LONG]);
    nothing_allowed.settings.max_tokens = 0;
    hold(nothing_allowed.holds());
}

#[test]
fn an_error_of_the_encoder_ends_with_its_call() {
    let mut scene = Scene::of(&[LONG]);
    scene.calls = vec![vec![LONG.to_vec()]; 4];
    scene.fails = vec![0, 2];
    hold(scene.holds());
    // A large call, and many errors in a row.
    let mut large = Scene::of(&[]);
    large.calls = vec![
        (1..=300).map(|text| vec![text, 5]).collect(),
        vec![SHORT.to_vec()],
    ];
    large.fails = vec![0];
    hold(large.answers_hold());
    scene.calls = vec![vec![LONG.to_vec()]; 40];
    scene.fails = (1..39).collect();
    hold(scene.holds());
}

#[test]
fn a_text_of_very_many_tokens_has_the_mean_of_all() {
    let many: Vec<i64> = (0..65_537).map(|at| 1 + at * at % 10_007).collect();
    for text in [&many[..65_536], &many] {
        let mut scene = Scene::of(&[text, SHORT]);
        scene.weights.dim = 1;
        scene.settings.max_tokens = 100_000;
        hold(scene.answers_hold());
    }
}

#[test]
fn each_batch_is_answered_as_promised() {
    for_each(150, 600, scenes::scenes(), Scene::holds);
}

#[test]
fn the_bundled_model_gives_each_text_its_own_vector() {
    let model = Shared::load();
    // [CLS] a wonderful film [SEP], and a longer one.
    let wonderful = vec![2, 100, 1167, 435, 3];
    let dreadful = vec![2, 100, 341, 435, 9, 110, 100, 200, 300, 9, 1000, 3];
    for side in [Side::Left, Side::Right] {
        let settings = Settings {
            max_tokens: 512,
            pad_id: 0,
            side,
        };
        let texts = vec![
            wonderful.clone(),
            dreadful.clone(),
            vec![],
            wonderful.clone(),
        ];
        hold(of_the_bundled_model(&model, settings, &[texts]));
    }
    let ids = models::VOCABULARY as i64;
    let settings = scenes::settings().prop_map(move |mut settings| {
        settings.pad_id = settings.pad_id.rem_euclid(ids);
        settings
    });
    let calls = proptest::collection::vec(scenes::texts(0..ids, 7), 1..3);
    for_each(6, 6, (settings, calls), |(settings, calls)| {
        of_the_bundled_model(&model, *settings, calls)
    });
}

/// One model for all, for it takes a while to load.
#[derive(Clone)]
struct Shared(Rc<RefCell<Onnx>>);

impl Shared {
    fn load() -> Shared {
        let model = Onnx::load(models::ENCODER).unwrap_or_else(|error| panic!("{error}"));
        Shared(Rc::new(RefCell::new(model)))
    }
}

impl Encoder for Shared {
    fn run(&mut self, batch: &Batch) -> Result<Hidden, EncoderError> {
        self.0.borrow_mut().run(batch)
    }
}

/// Compares the answers with those of the model for each text alone.
fn of_the_bundled_model(model: &Shared, settings: Settings, calls: &[Vec<Vec<i64>>]) -> Judged {
    let mut embedder = Embedder::new(model.clone(), settings);
    for texts in calls {
        let answer = catch_unwind(AssertUnwindSafe(|| embedder.embed(texts)));
        let answers = match answer {
            Ok(Ok(answers)) => answers,
            Ok(Err(error)) => {
                let why = "the model runs each batch of ids and mask that has the shape it says";
                return broken(10, error.to_string(), "an answer for each text", why);
            }
            Err(panic) => {
                let text = checks::panic_text(&*panic).unwrap_or("no words");
                let why = "a panic takes the other texts of the batch with it";
                return broken(
                    10,
                    format!("embed panics: {text}"),
                    "an answer for each text",
                    why,
                );
            }
        };
        if answers.len() != texts.len() {
            let seen = told_counts(texts.len(), answers.len());
            let why = "the caller finds the vector of a text at the text's own place";
            return broken(1, seen, "one for each", why);
        }
        for (text, answer) in texts.iter().zip(&answers) {
            let tokens = &text[..text.len().min(settings.max_tokens)];
            let expected = mean_alone(model, tokens);
            let holds = match (answer, &expected) {
                (None, None) => true,
                (Some(vector), Some(mean)) => mean.is_near(vector),
                _ => false,
            };
            if holds {
                continue;
            }
            let show = |vector: Option<String>| vector.unwrap_or_else(|| "None".to_owned());
            let count = texts.len();
            return broken(
                if expected.is_some() { 3 } else { 4 },
                format!(
                    "on {}, {} in a batch of {count} is {}",
                    runtime::name(),
                    told_ids(tokens),
                    show(answer.as_deref().map(told))
                ),
                format!(
                    "{}, from its own tokens alone",
                    show(expected.map(|mean| told64(&mean.numbers)))
                ),
                "a vector that depends on the other texts of its batch is found today and not tomorrow",
            );
        }
    }
    Ok(())
}

fn mean_alone(model: &Shared, tokens: &[i64]) -> Option<Mean> {
    let shape = [1, tokens.len()];
    let (ids, mask) = (tokens.to_vec(), vec![1; tokens.len()]);
    if tokens.is_empty() {
        return None;
    }
    let hidden = model.0.borrow_mut().run(&Batch { shape, ids, mask });
    let hidden = hidden.unwrap_or_else(|error| panic!("the bundled model: {error}"));
    let rows = hidden.values.chunks_exact(hidden.shape[2]);
    let rows: Vec<Vec<f64>> = rows
        .map(|row| row.iter().map(|&value| value.into()).collect())
        .collect();
    Some(Mean::of(&rows))
}

checks::earned!();
