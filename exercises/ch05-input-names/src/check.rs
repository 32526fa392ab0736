//! What the classifier promises, request by request. Most checks ask the contract alone: no runtime, no model.

use std::panic::catch_unwind;
use std::process::Command;

use ort::session::Session;
use ort::value::{Tensor, TensorElementType};

use super::request::{Named, Problem, RunError, Values};
use super::{Classifier, Contract};

/// `[CLS] a wonderful film [SEP]`
const WONDERFUL: [i64; 5] = [2, 100, 1167, 435, 3];
/// `[CLS] a dreadful film [SEP]`
const DREADFUL: [i64; 5] = [2, 100, 341, 435, 3];
/// `[CLS] dreadful [SEP]`
const SHORT: [i64; 3] = [2, 341, 3];

const LAST_ID: i64 = models::VOCABULARY as i64 - 1;

#[test]
fn a_right_request_has_no_problems() {
    for request in [right(), vec![mask(), ids()]] {
        accepted(&request, "names and not places say which tensor is which");
    }
    let edges = [
        int64("input_ids", &[1, 2], &[0, LAST_ID]),
        int64("attention_mask", &[1, 2], &[1, 0]),
    ];
    accepted(&edges, "the first and the last id are in the vocabulary");
}

#[test]
fn texts_are_scored_by_what_they_say() {
    let texts = [WONDERFUL.to_vec(), SHORT.to_vec(), DREADFUL.to_vec()];
    let scores = classifier().classify(&texts);
    let scores =
        scores.unwrap_or_else(|error| panic!("three right texts were not scored: {error}"));
    assert_eq!(scores.len(), 3, "three texts need three scores");
    for (row, text) in texts.iter().enumerate() {
        let mask = vec![1; text.len()];
        let alone = by_name(text, &mask);
        assert!(
            is_near(scores[row], alone),
            "text {row} scored {:?} in a batch, and alone, with every tensor given by name, {alone:?}.\n\
             The runtime compares nothing but types and shapes, and both inputs have the same: ids in the \
             mask's place\nare no error to it. Padding must be masked, too.",
            scores[row],
        );
    }
}

#[test]
fn a_right_request_is_answered() {
    let expected = by_name(&WONDERFUL, &[1; 5]);
    for request in [right(), vec![mask(), ids()]] {
        match classifier().run(&request) {
            Ok(scores) => assert!(
                scores.len() == 1 && is_near(scores[0], expected),
                "the request was answered with {scores:?}, not with {expected:?}: which tensor is which is \
                 said by its name"
            ),
            Err(error) => panic!("a request that keeps the contract was not run: {error}"),
        }
    }
}

#[test]
fn a_missing_input_is_refused_and_not_made_up() {
    for (request, name) in [(vec![ids()], "attention_mask"), (vec![mask()], "input_ids")] {
        let missing = Problem::Missing { name: name.into() };
        refused(
            &request,
            &missing,
            &[name],
            "a value that was made up gives an answer to another question",
        );
    }
    let problems = problems(&[]);
    let names: Vec<&str> = problems.iter().map(Problem::name).collect();
    assert!(
        names.contains(&"input_ids") && names.contains(&"attention_mask"),
        "an empty request misses both inputs; reported was {problems:?}"
    );
}

#[test]
fn a_name_that_the_model_does_not_have_is_refused_with_the_nearest_one() {
    let why = "a misspelled tensor that is left out is as good as missing, and nobody is told";
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
        let unknown = Problem::Unknown {
            name: name.into(),
            nearest: Some(meant.into()),
        };
        refused(&request, &unknown, &[name, meant], why);
    }
    let mut request = right();
    request.push(int64("token_type_ids", &[1, 5], &[0; 5]));
    let unknown = Problem::Unknown {
        name: "token_type_ids".into(),
        nearest: None,
    };
    refused(
        &request,
        &unknown,
        &["token_type_ids"],
        "what is given and not used was meant to change the answer",
    );
}

#[test]
fn a_name_that_is_given_twice_is_refused() {
    for again in [ids(), mask()] {
        let name = again.name.clone();
        let mut request = right();
        request.push(again);
        let duplicate = Problem::Duplicate { name: name.clone() };
        refused(
            &request,
            &duplicate,
            &[&name],
            "ONNX Runtime takes the last one without a word, ort-tract aborts the process",
        );
    }
}

#[test]
fn values_of_another_type_are_refused() {
    let why = "32 bits that are read as 64 are another tensor";
    for (values, given) in [
        (Values::I32(vec![1; 5]), TensorElementType::Int32),
        (Values::F32(vec![1.0; 5]), TensorElementType::Float32),
    ] {
        for place in 0..2 {
            let mut request = right();
            request[place].values = values.clone();
            let name = request[place].name.clone();
            let wanted = TensorElementType::Int64;
            let wrong_type = Problem::WrongType {
                name: name.clone(),
                given,
                wanted,
            };
            refused(&request, &wrong_type, &[&name], why);
        }
    }
}

#[test]
fn another_number_of_axes_is_refused() {
    for shape in [vec![5], vec![1, 1, 5], vec![]] {
        let places = shape.iter().product();
        let request = [
            int64("input_ids", &shape, &WONDERFUL[..places]),
            int64("attention_mask", &shape, &[1; 5][..places]),
        ];
        for name in ["input_ids", "attention_mask"] {
            let wrong_rank = Problem::WrongRank {
                name: name.into(),
                given: shape.len(),
                wanted: 2,
            };
            refused(
                &request,
                &wrong_rank,
                &["input_ids", "attention_mask"],
                "the model reads [batch, seq]",
            );
        }
    }
}

#[test]
fn a_mask_of_another_shape_is_refused() {
    let why = "ONNX Runtime stretches one row of mask over all rows of ids, and answers";
    for (given, values) in [
        (vec![1, 5], 5),
        (vec![2, 1], 2),
        (vec![5, 2], 10),
        (vec![10, 1], 10),
    ] {
        let wanted = vec![2, 5];
        let both = [WONDERFUL, DREADFUL].concat();
        let request = [
            int64("input_ids", &wanted, &both),
            int64("attention_mask", &given, &vec![1; values]),
        ];
        let name = String::from("attention_mask");
        let differ = Problem::ShapesDiffer {
            name,
            given,
            wanted,
        };
        refused(&request, &differ, &["input_ids", "attention_mask"], why);
    }
}

#[test]
fn a_shape_that_the_values_do_not_fill_is_refused() {
    let why = "the shape is the client's word, and the values are what there is";
    for shape in [vec![1, 6], vec![1, 4], vec![5, 5], vec![usize::MAX, 2]] {
        let mut request = right();
        request[0].shape = shape.clone();
        let name = String::from("input_ids");
        let not_filled = Problem::NotFilled {
            name,
            shape,
            values: 5,
        };
        refused(&request, &not_filled, &["input_ids", "attention_mask"], why);
    }
}

#[test]
fn an_id_outside_the_vocabulary_is_refused() {
    let why = "ONNX counts -1 from the end, and an id past the end aborts ort-tract's process";
    for id in [LAST_ID + 1, -1, i64::MAX, i64::MIN] {
        let mut request = right();
        request[0].values = Values::I64(vec![2, 100, id, 435, 3]);
        let problem = out_of_range("input_ids", id, LAST_ID);
        refused(&request, &problem, &["input_ids"], why);
    }
}

#[test]
fn swapped_ids_and_mask_are_refused() {
    let mut request = right();
    request[0].values = Values::I64(vec![1; 5]);
    request[1].values = Values::I64(WONDERFUL.to_vec());
    let problems = problems(&request);
    assert!(
        problems.iter().any(|problem| matches!(
            problem,
            Problem::OutOfRange { name, least: 0, most: 1, .. } if name == "attention_mask"
        )),
        "a mask with the values {WONDERFUL:?} is accepted; reported was {problems:?}.\n\
         Expected is OutOfRange: a mask holds 0 and 1.\n\
         Ids and mask have one type and one shape, so that no runtime notices when they are swapped."
    );
}

#[test]
fn an_empty_axis_is_refused() {
    for shape in [vec![0, 5], vec![1, 0], vec![0, 0]] {
        let request = [
            int64("input_ids", &shape, &[]),
            int64("attention_mask", &shape, &[]),
        ];
        for name in ["input_ids", "attention_mask"] {
            let empty = Problem::Empty {
                name: name.into(),
                shape: shape.clone(),
            };
            refused(
                &request,
                &empty,
                &["input_ids", "attention_mask"],
                "ort-tract divides by zero on an empty tensor and aborts the process",
            );
        }
    }
}

#[test]
fn everything_that_is_wrong_is_reported_at_once() {
    let request = [
        int64("input_id", &[1, 5], &WONDERFUL),
        Named {
            values: Values::F32(vec![1.0; 5]),
            ..mask()
        },
        int64("token_type_ids", &[1, 5], &[0; 5]),
    ];
    let problems = problems(&request);
    let reported = |name: &str| problems.iter().any(|problem| problem.name() == name);
    for name in ["input_id", "attention_mask", "token_type_ids"] {
        assert!(
            reported(name),
            "nothing is said of `{name}`, though three tensors of the request are wrong; reported was {problems:?}.\n\
             Who mends one thing at a time deploys three times."
        );
    }
}

#[test]
fn what_breaks_the_contract_never_reaches_the_runtime() {
    const CASE: &str = "CH05_CASE";
    // The runtime may abort its process on these: each runs in a process of its own.
    if let Ok(case) = std::env::var(CASE) {
        let mut classifier = classifier();
        let answer = match case.as_str() {
            "no texts" => classifier.classify(&[]),
            "a text without ids" => classifier.classify(&[vec![]]),
            "an id beyond the vocabulary" => classifier.classify(&[vec![2, LAST_ID + 1, 3]]),
            "an empty batch from a client" => classifier.run(&[
                int64("input_ids", &[0, 5], &[]),
                int64("attention_mask", &[0, 5], &[]),
            ]),
            "a name given twice" => classifier.run(&[ids(), mask(), ids()]),
            _ => classifier.run(&[ids(), int64("attention_mask", &[1, 5], &WONDERFUL)]),
        };
        match answer {
            Err(RunError::Refused(refusal)) if !refusal.problems.is_empty() => return,
            other => panic!("{other:?}"),
        }
    }
    for case in [
        "no texts",
        "a text without ids",
        "an id beyond the vocabulary",
        "an empty batch from a client",
        "a name given twice",
        "ids in the mask's place",
    ] {
        let mut child = Command::new(std::env::current_exe().expect("this program has a path"));
        let name = "check::what_breaks_the_contract_never_reaches_the_runtime";
        child.args(["--exact", name, "--nocapture"]).env(CASE, case);
        let output = child.output().expect("this program starts");
        let printed = String::from_utf8_lossy(&output.stderr);
        let seen = printed
            .lines()
            .skip_while(|line| !line.contains("panicked at"))
            .nth(1)
            .unwrap_or("its process ended without a word");
        assert!(
            output.status.success(),
            "{case}: not refused. Seen in a process of its own: {seen}\n\
             Expected is RunError::Refused, from `classify` as from `run`.\n\
             What the contract does not stop, each runtime answers in its own way: with an error, with nonsense, \
             or by aborting the process."
        );
    }
}

#[test]
fn the_refusal_says_what_the_model_wants() {
    let request = [int64("input_id", &[1, 5], &WONDERFUL), mask()];
    let Err(RunError::Refused(refusal)) = classifier().run(&request) else {
        panic!("a request with `input_id` was not refused: its answer is one to another question");
    };
    let line = refusal.to_string();
    for part in [
        "`input_id`",
        "do you mean `input_ids`?",
        "attention_mask",
        "i64",
    ] {
        assert!(
            line.contains(part),
            "the refusal does not say {part}: {line}\nWho reads it at night has nothing else at hand."
        );
    }
}

#[test]
fn a_model_with_other_inputs_is_refused_at_start_up() {
    // A retrained model whose exporter renamed one input; both names have the same length.
    let renamed = with(models::CLASSIFIER, b"attention_mask", b"attention_mode");
    let Err(error) = Classifier::load(&renamed, contract()) else {
        panic!(
            "a model whose second input is `attention_mode` was loaded.\n\
             Expected is a refusal at start-up, where a deployment is stopped, and not at the first request."
        );
    };
    let RunError::Refused(refusal) = error else {
        panic!(
            "expected is RunError::Refused with the names, not the runtime's own error: {error}"
        );
    };
    let missing = Problem::Missing {
        name: "attention_mode".into(),
    };
    let unknown = refusal.problems.iter().any(
        |problem| matches!(problem, Problem::Unknown { name, .. } if name == "attention_mask"),
    );
    assert!(
        refusal.problems.contains(&missing) && unknown,
        "the model wants `attention_mode`, and this code feeds `attention_mask`; reported was {:?}",
        refusal.problems
    );
}

#[test]
fn a_model_with_other_types_is_refused_at_start_up() {
    // In the contract and not in the model: the model is a right one for somebody else.
    let mut contract = contract();
    contract.inputs[0].element = TensorElementType::Int32;
    contract.inputs[1].rank = 3;
    let Err(RunError::Refused(refusal)) = Classifier::load(models::CLASSIFIER, contract) else {
        panic!(
            "code that feeds int32 ids and a mask of three axes was let start with a model that wants int64 \
             and two axes.
Expected is RunError::Refused: what can never work must not start."
        );
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
        assert!(
            refusal.problems.contains(&problem),
            "at start-up nothing says {problem:?}; reported was {:?}",
            refusal.problems
        );
    }
}

fn contract() -> Contract {
    Contract::new(models::VOCABULARY)
}

fn classifier() -> Classifier {
    Classifier::load(models::CLASSIFIER, contract())
        .unwrap_or_else(|error| panic!("the bundled model is not loaded: {error}"))
}

fn problems(request: &[Named]) -> Vec<Problem> {
    contract().problems(request)
}

fn int64(name: &str, shape: &[usize], values: &[i64]) -> Named {
    Named {
        name: name.into(),
        shape: shape.to_vec(),
        values: Values::I64(values.to_vec()),
    }
}

fn ids() -> Named {
    int64("input_ids", &[1, 5], &WONDERFUL)
}

fn mask() -> Named {
    int64("attention_mask", &[1, 5], &[1; 5])
}

fn right() -> Vec<Named> {
    vec![ids(), mask()]
}

fn out_of_range(name: &str, value: i64, most: i64) -> Problem {
    Problem::OutOfRange {
        name: name.into(),
        value,
        least: 0,
        most,
    }
}

#[track_caller]
fn accepted(request: &[Named], why: &str) {
    let problems = problems(request);
    assert!(
        problems.is_empty(),
        "a right request is refused with {problems:?}: {why}.\nThe request was {request:?}"
    );
}

/// The problem is reported, and nothing about an input other than those `about`.
#[track_caller]
fn refused(request: &[Named], problem: &Problem, about: &[&str], why: &str) {
    let problems = catch_unwind(|| problems(request)).unwrap_or_else(|_| {
        panic!(
            "the contract panics on {request:?}.\nExpected is that {problem}\n\
             Every number in a request was chosen by a client: one request must not end the service."
        )
    });
    assert!(
        problems.contains(problem),
        "reported is {}.\nExpected is that {problem}\nWhy it matters: {why}.",
        list(&problems)
    );
    if let Some(other) = problems
        .iter()
        .find(|problem| !about.contains(&problem.name()))
    {
        panic!(
            "it is reported that {other}, and nothing is wrong with that tensor.\nAll that was reported: {}.",
            list(&problems)
        );
    }
}

fn list(problems: &[Problem]) -> String {
    let all: Vec<String> = problems.iter().map(Problem::to_string).collect();
    if all.is_empty() {
        "nothing: the request is accepted".into()
    } else {
        all.join("; ")
    }
}

/// What the model itself says of one text when every tensor is given by name.
fn by_name(ids: &[i64], mask: &[i64]) -> [f32; 2] {
    let environment = runtime::environment().unwrap_or_else(|refusal| panic!("{refusal}"));
    let mut session = Session::builder(environment)
        .expect("the runtime makes sessions")
        .commit_from_memory(models::CLASSIFIER)
        .expect("the bundled model loads");
    let tensor = |row: &[i64]| Tensor::from_array(([1, row.len()], row.to_vec())).expect("a row");
    let inputs = ort::inputs! { "input_ids" => tensor(ids), "attention_mask" => tensor(mask) };
    let outputs = session.run(inputs).expect("a right request runs");
    let (_, logits) = outputs["logits"]
        .try_extract_tensor::<f32>()
        .expect("logits are f32");
    [logits[0], logits[1]]
}

/// Runtimes differ in the last bits.
fn is_near(one: [f32; 2], other: [f32; 2]) -> bool {
    (0..2).all(|class| (one[class] - other[class]).abs() < 1e-4)
}

/// The model with one name replaced by another of the same length.
fn with(model: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut renamed = model.to_vec();
    for start in 0..model.len() - from.len() {
        if model[start..].starts_with(from) {
            renamed[start..start + from.len()].copy_from_slice(to);
        }
    }
    renamed
}

checks::earned!();
