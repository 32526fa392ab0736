//! What the classifier promises (README.md), request by request. Most checks ask the contract alone: no runtime, no model.
//!
//! Beside its examples a check tries many generated requests, and compares what is told with a model of the promises.

#[path = "check/expected.rs"]
mod expected;
#[path = "check/made.rs"]
mod made;
#[path = "check/requests.rs"]
mod requests;
#[path = "check/scenes.rs"]
mod scenes;

use std::cell::RefCell;
use std::fmt::Debug;
use std::mem::discriminant;
use std::panic::{AssertUnwindSafe, catch_unwind};

use checks::{Failure, counted};
use ort::session::Session;
use ort::value::TensorElementType;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use super::request::{Named, Problem, RunError, Values};
use super::{Classifier, Contract};
use expected::{Declared, Expected, NAMES};
use requests::{Fault, Request, int64};
use scenes::{Call, Scene, classifier, is_near};

/// `[CLS] a wonderful film [SEP]`
const WONDERFUL: [i64; 5] = [2, 100, 1167, 435, 3];
/// `[CLS] a dreadful film [SEP]`
const DREADFUL: [i64; 5] = [2, 100, 341, 435, 3];
/// `[CLS] dreadful [SEP]`
const SHORT: [i64; 3] = [2, 341, 3];

const LAST_ID: i64 = models::VOCABULARY as i64 - 1;

/// Of all that is generated: always the same.
const SEED: u8 = 5;

#[test]
fn a_right_request_has_no_problems() {
    judge_all([
        right(),
        vec![mask(), ids()],
        vec![
            int64("input_ids", &[1, 2], vec![0, LAST_ID]),
            int64("attention_mask", &[1, 2], vec![1, 0]),
        ],
    ]);
    for_each(200, requests::right(), judge);
}

#[test]
fn texts_are_scored_by_what_they_say() {
    let texts = [WONDERFUL.to_vec(), SHORT.to_vec(), DREADFUL.to_vec()];
    let model = made::bundled();
    let scores = classifier(&model, models::VOCABULARY).classify(&texts);
    let why = "ids and mask have one type and one shape: ids in the mask's place are no error to any runtime; padding must be \
               masked, too";
    let is_not =
        |seen: String, expected: String| Failure::new(seen, expected, why).of_promise(15).raise();
    let scores = match scores {
        Ok(scores) if scores.len() == texts.len() => scores,
        Ok(scores) => is_not(
            format!(
                "three texts have {}",
                counted(scores.len(), "score", "scores")
            ),
            "3".into(),
        ),
        Err(error) => is_not(
            format!("three right texts were not scored: {error}"),
            "3 scores".into(),
        ),
    };
    for (row, text) in texts.iter().enumerate() {
        let alone = made::Weights::of(&model).logits(text, &vec![1; text.len()]);
        if !is_near(scores[row], alone) {
            let seen = format!("text {row} scored {:?} in a batch", scores[row]);
            is_not(
                seen,
                format!("{alone:?}, as alone, with every tensor given by name"),
            );
        }
    }
    let texts = requests::texts_for(scenes::VOCABULARY).prop_map(Call::Classify);
    for_each_loaded(8, scenes::of(false, texts), Scene::judge);
}

#[test]
fn a_right_request_is_answered() {
    let model = made::bundled();
    let expected = made::Weights::of(&model).logits(&WONDERFUL, &[1; 5]);
    for request in [right(), vec![mask(), ids()]] {
        let seen = match classifier(&model, models::VOCABULARY).run(&request) {
            Ok(scores) if scores.len() == 1 && is_near(scores[0], expected) => continue,
            Ok(scores) => format!("the request was answered with {scores:?}"),
            Err(error) => format!("a request that keeps the contract was not run: {error}"),
        };
        let why = "which tensor is which is said by its name";
        Failure::new(seen, format!("{expected:?}"), why)
            .of_promise(14)
            .raise();
    }
    let requests = requests::right_for(Just(scenes::VOCABULARY));
    let texts = requests::texts_for(scenes::VOCABULARY);
    let calls = prop_oneof![
        3 => requests.prop_map(|request| Call::Run(request.tensors)),
        1 => texts.prop_map(Call::Classify),
    ];
    for_each_loaded(8, scenes::of(true, calls), Scene::judge);
    if let Err(failure) = Scene::of_many().judge() {
        failure.raise();
    }
}

#[test]
fn a_failure_of_the_runtime_is_told_as_one() {
    let model = made::of_shape(made::classifier(9, 0), [2, 3]);
    let mut classifier = classifier(&model, 9);
    let fits = [vec![2, 8, 1], vec![0, 5, 7]];
    // Who runs one row at a time finds no model for it, before as after.
    let answers = |classifier: &mut Classifier| {
        let run = classifier.run(&requests::of_texts(&fits));
        let classify = classifier.classify(&fits);
        [run, classify].map(Result::unwrap_or_default)
    };
    let before = answers(&mut classifier);
    let texts = [vec![2, 8, 1, 4, 6], vec![0, 5, 7]];
    let request = requests::of_texts(&texts);
    for (call, answer) in [
        ("classify", classifier.classify(&texts)),
        ("run", classifier.run(&request)),
    ] {
        if !matches!(answer, Err(RunError::Runtime(_))) {
            let failure = Failure::new(
                format!("`{call}` of rows of 5 ids, on a model that takes rows of 3: {answer:?}"),
                "RunError::Runtime, with the runtime's own error",
                "the request keeps the contract: the failure is the service's, and the client cannot mend it",
            );
            failure.of_promise(17).raise();
        }
        let after = answers(&mut classifier);
        for (then, (before, after)) in ["run", "classify"].iter().zip(before.iter().zip(after)) {
            let mut rows = before.iter().zip(&after);
            let is_same = rows.all(|(one, other)| is_near(*one, *other));
            if before.len() != after.len() || !is_same {
                let failure = Failure::new(
                    format!("`{then}` gives the logits {after:?} after a failure of `{call}`"),
                    format!("{before:?}, as before it"),
                    "one request that failed must not change the next",
                );
                failure.of_promise(17).raise();
            }
        }
    }
}

#[test]
fn a_missing_input_is_refused_and_not_made_up() {
    judge_all([vec![ids()], vec![mask()], vec![]]);
    let left_out = any::<prop::sample::Index>().prop_map(|of| Fault::LeftOut { of });
    for_each_fault(left_out, 2);
}

#[test]
fn a_name_that_the_model_does_not_have_is_refused_with_the_nearest_one() {
    for (name, meant) in [
        ("input_id", "input_ids"),
        ("Input_Ids", "input_ids"),
        ("INPUT_IDS", "input_ids"),
        ("inputs_ids", "input_ids"),
        ("attention_maks", "attention_mask"),
    ] {
        let mut request = right();
        let tensor = request.iter_mut().find(|tensor| tensor.name == meant);
        tensor.expect("both inputs are given").name = name.into();
        judge_all([request]);
    }
    let other = int64("token_type_ids", &[1, 5], vec![0; 5]);
    judge_all([vec![ids(), mask(), other]]);
    let misspelled = Named {
        name: "input_id".into(),
        ..ids()
    };
    judge_all([requests::after_a_crowd([misspelled, mask()])]);
    for_each_fault(requests::names(), 1);
}

#[test]
fn a_name_that_is_given_twice_is_refused() {
    judge_all([vec![ids(), mask(), ids()], vec![ids(), mask(), mask()]]);
    for_each_fault(requests::repeated(), 2);
}

#[test]
fn values_of_another_type_are_refused() {
    for values in [Values::I32(vec![1; 5]), Values::F32(vec![1.0; 5])] {
        for place in 0..2 {
            let mut request = right();
            request[place].values = values.clone();
            judge_all([request]);
        }
    }
    for_each_fault(requests::types(), 1);
}

#[test]
fn another_number_of_axes_is_refused() {
    for shape in [vec![5], vec![1, 1, 5], vec![]] {
        let places = shape.iter().product();
        judge_all([vec![
            int64("input_ids", &shape, WONDERFUL[..places].to_vec()),
            int64("attention_mask", &shape, vec![1; places]),
        ]]);
    }
    for_each_fault(requests::axes(), 1);
}

#[test]
fn a_mask_of_another_shape_is_refused() {
    let both = [WONDERFUL, DREADFUL].concat();
    for shape in [[1, 5], [2, 1], [5, 2], [10, 1]] {
        judge_all([vec![
            int64("input_ids", &[2, 5], both.clone()),
            int64("attention_mask", &shape, vec![1; shape[0] * shape[1]]),
        ]]);
    }
    for_each_fault(requests::shapes(), 1);
}

#[test]
fn a_shape_that_the_values_do_not_fill_is_refused() {
    for shape in [
        vec![1, 6],
        vec![1, 4],
        vec![5, 5],
        vec![usize::MAX, 2],
        vec![usize::MAX, 2, 0],
    ] {
        let both = right().into_iter().map(|given| Named {
            shape: shape.clone(),
            ..given
        });
        judge_all([both.collect()]);
    }
    for_each_fault(requests::filled(), 1);
}

#[test]
fn an_id_outside_the_vocabulary_is_refused() {
    for id in [LAST_ID + 1, -1, i64::MAX, i64::MIN] {
        let mut request = right();
        request[0].values = Values::I64(vec![2, 100, id, 435, 3]);
        judge_all([request]);
    }
    let many = 70_000;
    for wrong in NAMES {
        judge_all([NAMES
            .map(|name| {
                let mut values = vec![1; many];
                values[many - 1] = if name == wrong { -1 } else { 1 };
                int64(name, &[1, many], values)
            })
            .to_vec()]);
    }
    for_each_fault(requests::values(), 1);
}

#[test]
fn swapped_ids_and_mask_are_refused() {
    let mut request = right();
    request[0].values = Values::I64(vec![1; 5]);
    request[1].values = Values::I64(WONDERFUL.to_vec());
    judge_all([request]);
    let swapped = requests::right().prop_map(|mut request| {
        if let [one, other] = &mut request.tensors[..] {
            std::mem::swap(&mut one.values, &mut other.values);
        }
        request
    });
    for_each(200, swapped, judge);
}

#[test]
fn an_empty_axis_is_refused() {
    for shape in [[0, 5], [1, 0], [0, 0]] {
        judge_all([NAMES.map(|name| int64(name, &shape, vec![])).to_vec()]);
    }
    for_each_fault(requests::empty(), 1);
}

#[test]
fn everything_that_is_wrong_is_reported_at_once() {
    let ids = int64("input_id", &[1, 5], WONDERFUL.to_vec());
    let mask = Named {
        values: Values::F32(vec![1.0; 5]),
        ..mask()
    };
    let other = int64("token_type_ids", &[1, 5], vec![0; 5]);
    judge_all([vec![ids, mask, other]]);
    let requests = requests::with_faults(requests::right(), requests::any_fault(), 6);
    for_each(400, requests, judge);
}

#[test]
fn what_breaks_the_contract_never_reaches_the_runtime() {
    scenes::refused("check::what_breaks_the_contract_never_reaches_the_runtime");
}

#[test]
fn the_refusal_says_what_the_model_wants() {
    let request = [int64("input_id", &[1, 5], WONDERFUL.to_vec()), mask()];
    let answer = classifier(&made::bundled(), models::VOCABULARY).run(&request);
    let Err(RunError::Refused(refusal)) = answer else {
        let seen = format!("a request with `input_id` was not refused: {answer:?}");
        let why = "its answer is one to another question";
        Failure::new(seen, "RunError::Refused", why)
            .of_promise(13)
            .raise();
    };
    let line = refusal.to_string();
    let is_missing = |expected: &str| {
        let seen = format!("the refusal says: {line}");
        let why = "at night, this line is all that its reader has";
        Failure::new(seen, expected, why).of_promise(13).raise();
    };
    for part in ["`input_id`", "do you mean `input_ids`?"] {
        if !line.contains(part) {
            is_missing(part);
        }
    }
    let wanted = refusal.wanted.to_lowercase();
    let has_type = wanted.contains("i64") || wanted.contains("int64");
    if !has_type || !NAMES.iter().all(|name| wanted.contains(name)) {
        is_missing("that the model wants input_ids and attention_mask, both int64");
    }
}

#[test]
fn a_model_with_other_inputs_is_refused_at_start_up() {
    // A retrained model whose exporter renamed one input.
    let renamed = [declared(NAMES[0]), declared("attention_mode")];
    judge_models([renamed.to_vec()]);
    // One wants an input more, one an input less, and one is right: it declares the mask first.
    let more = [NAMES[0], NAMES[1], "token_type_ids"].map(declared);
    let turned = [NAMES[1], NAMES[0]].map(declared);
    judge_models([more.to_vec(), vec![declared(NAMES[0])], turned.to_vec()]);
    let names = [
        NAMES[0],
        NAMES[1],
        "input_id",
        "Input_Ids",
        "attention_mode",
        "mask",
        "position_ids",
    ];
    let models = subsequence(names.map(declared).to_vec(), 1..5).prop_shuffle();
    for_each_loaded(16, models, |inputs| judge_model(inputs));
    let half = &models::CLASSIFIER[..models::CLASSIFIER.len() / 2];
    for (what, bytes) in [
        ("nothing", &b""[..]),
        ("a text", b"no model"),
        ("half of a model", half),
    ] {
        let answer = Classifier::load(bytes, Contract::new(9));
        if matches!(answer, Err(RunError::Runtime(_))) {
            continue;
        }
        let failure = Failure::new(
            format!("{what} is not told as an error of the runtime"),
            "RunError::Runtime, with the runtime's own error",
            "a file that was cut has no inputs to compare",
        );
        failure.of_promise(12).raise();
    }
}

#[test]
fn a_model_with_other_types_is_refused_at_start_up() {
    // In the contract and not in the model: the model is a right one for somebody else.
    let mut contract = Contract::new(models::VOCABULARY);
    contract.inputs[0].element = TensorElementType::Int32;
    contract.inputs[1].rank = 3;
    let Err(RunError::Refused(refusal)) = Classifier::load(models::CLASSIFIER, contract) else {
        let seen = "code that feeds int32 ids and a mask of three axes was let start with a model that wants int64 and two axes";
        Failure::new(
            seen,
            "RunError::Refused",
            "what can never work must not start",
        )
        .of_promise(11)
        .raise();
    };
    let expected = [
        Problem::WrongType {
            name: "input_ids".into(),
            given: TensorElementType::Int32,
            wanted: TensorElementType::Int64,
        },
        Problem::WrongRank {
            name: "attention_mask".into(),
            given: 3,
            wanted: 2,
        },
    ];
    for problem in expected {
        if !refusal.problems.contains(&problem) {
            let seen = format!("at start-up is reported {}", list(&refusal.problems));
            let why = "who deploys it has nothing else at hand";
            Failure::new(seen, problem.to_string(), why)
                .of_promise(11)
                .raise();
        }
    }
    let (float, int32) = (TensorElementType::Float32, TensorElementType::Int32);
    judge_models([
        vec![(NAMES[0].into(), int32, 3), (NAMES[1].into(), float, 1)],
        vec![(NAMES[0].into(), int32, 2), declared(NAMES[1])],
        vec![declared(NAMES[0]), (NAMES[1].into(), float, 2)],
        vec![
            declared(NAMES[1]),
            (NAMES[0].into(), TensorElementType::Int64, 1),
        ],
    ]);
    let element = prop_oneof![
        1 => Just(TensorElementType::Int64),
        1 => select(vec![TensorElementType::Int32, TensorElementType::Float32, TensorElementType::Uint8]),
    ];
    let kind = (element, prop_oneof![1 => Just(2_usize), 1 => 0..5_usize]);
    let models = (vec(kind, 3), 2..4_usize, any::<bool>()).prop_map(|(kinds, inputs, turned)| {
        let names = [NAMES[0], NAMES[1], "token_type_ids"];
        let inputs = names.into_iter().zip(kinds).take(inputs);
        let mut inputs: Vec<Declared> = inputs
            .map(|(name, (element, rank))| (name.into(), element, rank))
            .collect();
        if turned {
            inputs.reverse();
        }
        inputs
    });
    for_each_loaded(24, models, |inputs| judge_model(inputs));
}

fn ids() -> Named {
    int64("input_ids", &[1, 5], WONDERFUL.to_vec())
}

fn mask() -> Named {
    int64("attention_mask", &[1, 5], vec![1; 5])
}

fn right() -> Vec<Named> {
    vec![ids(), mask()]
}

fn declared(name: &str) -> Declared {
    (name.into(), TensorElementType::Int64, 2)
}

/// Judges generated cases, always the same ones; fails with the smallest that it finds.
#[track_caller]
fn for_each<T: Debug>(
    cases: u32,
    strategy: impl Strategy<Value = T>,
    judge: impl Fn(&T) -> Result<(), Box<Failure>>,
) {
    for_each_of(cases, 150, strategy, judge);
}

/// The same where a case loads models, which takes longer: fewer smaller ones are looked for.
#[track_caller]
fn for_each_loaded<T: Debug>(
    cases: u32,
    strategy: impl Strategy<Value = T>,
    judge: impl Fn(&T) -> Result<(), Box<Failure>>,
) {
    for_each_of(cases, 20, strategy, judge);
}

#[track_caller]
fn for_each_of<T: Debug>(
    cases: u32,
    max_shrink_iters: u32,
    strategy: impl Strategy<Value = T>,
    judge: impl Fn(&T) -> Result<(), Box<Failure>>,
) {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[SEED; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    // Each smaller case that fails takes the place of the one before. It is not tried again: an answer that keeps
    // something between calls may pass the second time.
    let smallest = RefCell::new(None);
    let outcome = runner.run(&strategy, |case| {
        judge(&case).map_err(|failure| {
            smallest.replace(Some(failure));
            TestCaseError::fail("a promise is broken")
        })
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => {
            let Some(failure) = smallest.into_inner() else {
                panic!("{reason}");
            };
            let why = format!(
                "{}\n(generated with seed {SEED}, and made small)",
                failure.why
            );
            Failure { why, ..*failure }.raise();
        }
        Err(TestError::Abort(reason)) => panic!("the cases are not made: {reason}"),
    }
}

#[track_caller]
fn for_each_fault(faults: impl Strategy<Value = Fault>, most: usize) {
    for_each(
        200,
        requests::with_faults(requests::right(), faults, most),
        judge,
    );
}

/// Judges requests to the bundled model.
#[track_caller]
fn judge_all(requests: impl IntoIterator<Item = Vec<Named>>) {
    for tensors in requests {
        let request = Request {
            vocabulary: models::VOCABULARY,
            tensors,
        };
        if let Err(failure) = judge(&request) {
            failure.raise();
        }
    }
}

/// Compares what the contract tells of a request with what it promises.
fn judge(request: &Request) -> Result<(), Box<Failure>> {
    let contract = Contract::new(request.vocabulary);
    let told = catch_unwind(AssertUnwindSafe(|| contract.problems(&request.tensors)));
    let expected = expected::of_request(request.vocabulary, &request.tensors);
    let what = format!("the request: {request}");
    let told = match told {
        Ok(told) => told,
        Err(panic) => {
            let text = checks::panic_text(&*panic).unwrap_or("without a word");
            let failure = Failure::new(
                format!("the contract panics: {text}"),
                list(expected.must.iter().flatten()),
                format!(
                    "every number in a request was chosen by a client: one request must not end the service\n{what}"
                ),
            );
            let is_beyond_count = |given: &Named| {
                let mut axes = given.shape.iter();
                axes.try_fold(1_usize, |places, axis| places.checked_mul(*axis))
                    .is_none()
            };
            let promise = if request.tensors.iter().any(is_beyond_count) {
                6
            } else {
                10
            };
            return Err(Box::new(failure.of_promise(promise)));
        }
    };
    compare(&what, &expected, &told, why_of_request)
}

/// Compares what is told of `what` with what is to be told.
fn compare(
    what: &str,
    expected: &Expected,
    told: &[Problem],
    why: fn(&Problem) -> &'static str,
) -> Result<(), Box<Failure>> {
    if let Some([problem, others @ ..]) = expected.not_told(told) {
        let or_another = if others.is_empty() {
            ""
        } else {
            ", or another such value"
        };
        let is_nearly = |told: &Problem| {
            discriminant(told) == discriminant(problem) && told.name() == problem.name()
        };
        let (also, why) = match told.iter().find(|told| is_nearly(told)) {
            Some(Problem::Unknown { .. }) => (
                "",
                "the nearest name helps the client to mend its own; any other misleads it",
            ),
            Some(_) => (
                "",
                "a problem that is told and is not there sends the client to look for nothing",
            ),
            None if told.is_empty() => ("", why(problem)),
            None => ("also: ", why(problem)),
        };
        let failure = Failure::new(
            format!("reported is {}", list(told)),
            format!("{also}{problem}{or_another}"),
            format!("{why}\n{what}"),
        );
        // Where something else was told, it may have hidden this one.
        let failure = if also.is_empty() {
            failure.of_promise(promise_of(problem))
        } else {
            failure
        };
        return Err(Box::new(failure));
    }
    if let Some(problem) = expected.not_so(told) {
        let (promise, why) = match problem {
            Problem::NotFilled { shape, .. } if shape.contains(&0) => (
                6,
                "a shape with an axis of 0 has no places, however long its other axes are",
            ),
            // Of a right request nothing is told.
            _ if expected.all().next().is_none() => (1, MENDS_WHAT_IS_RIGHT),
            _ => (10, MENDS_WHAT_IS_RIGHT),
        };
        let failure = Failure::new(
            format!("it is reported that {problem}"),
            list(expected.must.iter().flatten()),
            format!("{why}\n{what}"),
        );
        return Err(Box::new(failure.of_promise(promise)));
    }
    Ok(())
}

const MENDS_WHAT_IS_RIGHT: &str = "a refusal that blames what is right hides what is wrong";

fn list<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> String {
    requests::joined(problems.into_iter().map(Problem::to_string), "; ")
}

/// The promise that names the problem.
fn promise_of(problem: &Problem) -> usize {
    match problem {
        Problem::Missing { .. } | Problem::Unknown { .. } => 2,
        Problem::Duplicate { .. } => 3,
        Problem::WrongType { .. } => 4,
        Problem::WrongRank { .. } => 5,
        Problem::NotFilled { .. } => 6,
        Problem::Empty { .. } => 7,
        Problem::ShapesDiffer { .. } => 8,
        Problem::OutOfRange { .. } => 9,
    }
}

/// Why this is to be told of a request.
fn why_of_request(problem: &Problem) -> &'static str {
    match problem {
        Problem::Missing { .. } => "a value that was made up gives an answer to another question",
        Problem::Unknown { nearest: None, .. } => {
            "a client that sends what this model does not read has another model in mind"
        }
        Problem::Unknown { .. } => {
            "a misspelled tensor that is dropped is as good as missing, and the client is not told"
        }
        Problem::Duplicate { .. } => {
            "ONNX Runtime takes the last one without a word, ort-tract aborts the process"
        }
        Problem::WrongType { .. } => "32 bits that are read as 64 are another tensor",
        Problem::WrongRank { .. } => "the model reads [batch, seq]",
        Problem::NotFilled { .. } => {
            "the shape is only what the client says; the values are what it sent"
        }
        Problem::Empty { shape, .. } if shape.first() == Some(&0) => {
            "no runtime refuses a request without rows: it answers, and there is nothing in the answer"
        }
        Problem::Empty { .. } => {
            "ort-tract divides by zero on rows without ids and aborts the process"
        }
        Problem::ShapesDiffer { given, .. } if given.first() == Some(&1) => {
            "ONNX Runtime stretches one row of mask over all rows of ids, and answers"
        }
        Problem::ShapesDiffer { .. } => "only its place says which id a value of the mask is for",
        Problem::OutOfRange { name, .. } if name == NAMES[1] => {
            "ids and mask have one type and one shape: no runtime notices when they are swapped"
        }
        Problem::OutOfRange { .. } => {
            "ONNX counts -1 from the end, and an id past the end aborts ort-tract's process"
        }
    }
}

/// Why this is to be told of a model.
fn why_of_model(problem: &Problem) -> &'static str {
    match problem {
        Problem::Missing { .. } => {
            "the model reads an input that nothing feeds: each request fails"
        }
        Problem::Unknown { .. } => {
            "what is fed under a name that the model does not have makes each request fail"
        }
        _ => "an input that is fed in another type or with other axes makes each request fail",
    }
}

#[track_caller]
fn judge_models(models: impl IntoIterator<Item = Vec<Declared>>) {
    for model in models {
        if let Err(failure) = judge_model(&model) {
            failure.raise();
        }
    }
}

/// Compares what is told of a model with what is promised, and whether it is loaded.
fn judge_model(inputs: &[Declared]) -> Result<(), Box<Failure>> {
    let bytes = made::declaring(inputs).to_bytes();
    let environment = runtime::environment().unwrap_or_else(|refusal| panic!("{refusal}"));
    let session = Session::builder(environment)
        .and_then(|mut builder| builder.commit_from_memory(&bytes))
        .unwrap_or_else(|error| panic!("the runtime does not load a model of {inputs:?}: {error}"));
    let expected = expected::of_model(inputs);
    let inputs: Vec<String> = inputs
        .iter()
        .map(|(name, element, rank)| format!("{name} ({element}, rank {rank})"))
        .collect();
    let what = format!("the model wants: {}", inputs.join(", "));
    let told = Contract::new(models::VOCABULARY).problems_with_model(&session);
    compare(&what, &expected, &told, why_of_model)
        .map_err(|failure| Box::new(failure.of_promise(11)))?;
    match Classifier::load(&bytes, Contract::new(models::VOCABULARY)) {
        Ok(_) if expected.must.is_empty() => Ok(()),
        Err(RunError::Refused(refusal)) => {
            let what = format!("`load` was asked. {what}");
            compare(&what, &expected, &refusal.problems, why_of_model)
                .map_err(|failure| Box::new(failure.of_promise(12)))
        }
        Ok(_) => Err(Box::new(
            Failure::new(
                "the model was loaded",
                format!("RunError::Refused: {}", list(expected.all())),
                format!(
                    "a deployment is stopped at start-up, and not at the first request\n{what}"
                ),
            )
            .of_promise(12),
        )),
        Err(RunError::Runtime(error)) => Err(Box::new(
            Failure::new(
                format!("the model was not loaded: {error}"),
                "a refusal with the names, or none",
                format!("the runtime's own error does not say what to mend\n{what}"),
            )
            .of_promise(12),
        )),
    }
}

checks::earned!();
