//! The questions under "Predict". Each has a Rust block that computes its answer.

use scraper::Html;

use crate::page::{Page, Problems};

/// A question as a page has it. The package `snippets` runs its block.
struct Question<'a> {
    block: &'a str,
    answers: Vec<Answer<'a>>,
}

struct Answer<'a> {
    is_right: bool,
    text: String,
    why: &'a str,
}

pub fn two_or_three_open_the_page(page: &Page) -> Problems {
    let asked = page.text.matches(OPENING).count();
    let predicted = match page.part("predict") {
        Ok(part) => part.text.matches(OPENING).count(),
        Err(problems) => return problems,
    };
    if (2..=3).contains(&predicted) && asked == predicted {
        return Vec::new();
    }
    vec![format!(
        "{}: {predicted} of the page's {asked} questions stand under `{{#predict}}`: write two or three, and no other",
        page.file
    )]
}

pub fn the_answer_of_each_is_what_its_block_computes(page: &Page) -> Problems {
    for_each(page, |question| {
        let computed = question.computed()?;
        let right: Vec<&Answer> = question
            .answers
            .iter()
            .filter(|answer| answer.is_right)
            .collect();
        match right.as_slice() {
            [answer] if answer.text == computed => {}
            [answer] => {
                return Err(format!(
                    "its right answer is `{}`, and its block computes `{computed}`",
                    answer.text
                ));
            }
            several => {
                return Err(format!(
                    "it has {} answers with <details class=\"right\">: write one",
                    several.len()
                ));
            }
        }
        let wrong = question.answers.iter().filter(|answer| !answer.is_right);
        match wrong.filter(|answer| answer.text == computed).count() {
            0 => Ok(()),
            _ => Err(format!("one of its wrong answers is `{computed}`, too")),
        }
    })
}

pub fn each_has_three_answers_and_a_word_on_each(page: &Page) -> Problems {
    for_each(page, |question| {
        if question.answers.len() != 3 {
            return Err(format!(
                "it has {} answers: write three",
                question.answers.len()
            ));
        }
        match question
            .answers
            .iter()
            .find(|answer| answer.why.len() <= 20)
        {
            Some(answer) => Err(format!(
                "say why somebody answers `{}`, and why it is so or not",
                answer.text
            )),
            None => Ok(()),
        }
    })
}

pub fn the_right_answer_has_no_fixed_place(page: &Page) -> Problems {
    let (questions, problems) = read(page);
    let place = |question: &Question| question.answers.iter().position(|answer| answer.is_right);
    let places: Vec<_> = questions
        .iter()
        .map(|(_, question)| place(question))
        .collect();
    if problems.is_empty() && places.len() > 1 && places.iter().all(|place| *place == places[0]) {
        let what = "the right answer stands at the same place in each question: move one";
        return vec![page.at(questions[0].0, what)];
    }
    problems
}

const OPENING: &str = "\n<div class=\"question\">\n";

fn for_each(page: &Page, examine: impl Fn(&Question) -> Result<(), String>) -> Problems {
    let (questions, mut problems) = read(page);
    for (place, question) in questions {
        if let Err(what) = examine(&question) {
            problems.push(page.at(place, &format!("the question: {what}")));
        }
    }
    problems
}

/// Each question of the page with its text, and those that cannot be read.
fn read(page: &Page) -> (Vec<(&str, Question<'_>)>, Problems) {
    let mut problems = Vec::new();
    let mut questions = Vec::new();
    for place in page.text.split(OPENING).skip(1) {
        match question(place) {
            Ok(question) => questions.push((place, question)),
            Err(what) => problems.push(page.at(place, &format!("the question: {what}"))),
        }
    }
    (questions, problems)
}

fn question(place: &str) -> Result<Question<'_>, String> {
    let (text, _) = place
        .split_once("\n</div>\n")
        .ok_or("no line `</div>` ends it")?;
    let (asked, rest) = text
        .split_once("\n```rust\n")
        .ok_or("it has no block ```rust that computes its answer")?;
    if asked.trim().is_empty() {
        return Err("nothing is asked before its block".into());
    }
    let (block, answers) = rest.split_once("\n```\n").ok_or("its block does not end")?;
    let answers = answers.split("<details").skip(1).map(answer);
    Ok(Question {
        block,
        answers: answers.collect::<Result<_, _>>()?,
    })
}

fn answer(text: &str) -> Result<Answer<'_>, String> {
    let form = "an answer is `<details><summary>ANSWER</summary>`, a blank line, a word on it, a blank line, `</details>`";
    let (attributes, rest) = text.split_once("><summary>").ok_or(form)?;
    let (summary, rest) = rest.split_once("</summary>\n\n").ok_or(form)?;
    let (why, _) = rest.split_once("\n\n</details>").ok_or(form)?;
    Ok(Answer {
        is_right: attributes == " class=\"right\"",
        text: Html::parse_fragment(summary)
            .root_element()
            .text()
            .collect(),
        why,
    })
}

impl Question<'_> {
    /// The text that the block compares its result with, at its end and hidden.
    fn computed(&self) -> Result<&str, String> {
        let last = self
            .block
            .lines()
            .rfind(|line| line.trim_matches(['#', ' ']) != "}");
        last.filter(|line| line.starts_with("# "))
            .and_then(|line| line.trim_matches(['#', ' ']).strip_prefix("assert_eq!("))
            .and_then(|comparison| comparison.strip_suffix("\");")?.rsplit_once(", \""))
            .map(|(_, text)| text)
            .ok_or_else(|| {
                "the last line of its block must compare what it computes with the right answer, hidden: \
                 `#     assert_eq!(computed.to_string(), \"ANSWER\");`"
                    .into()
            })
    }
}
