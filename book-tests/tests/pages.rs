//! Each chapter's page has its parts, its hints and its wrong fixes; and each exercise stands as shipped.

use std::collections::BTreeSet;
use std::path::Path;

use runner::{Chapter, Root};
use scraper::Html;

const PARTS: [&str; 12] = [
    "at-a-glance",
    "seen-in-the-wild",
    "predict",
    "watch-it-fail",
    "why",
    "folklore",
    "your-turn",
    "wrong-fixes",
    "one-right-fix",
    "what-it-costs",
    "in-your-code-base",
    "for-the-instructor",
];

fn root() -> Root {
    Root::at(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap())
}

fn chapters_with_pages() -> Vec<(Chapter, String)> {
    let root = root();
    let names = root.names().unwrap();
    let with_page = |name: &String| {
        let page = root.path().join("src").join(format!("{name}.md"));
        let text = std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{name}: {error}"));
        (root.chapter(name).unwrap(), text.replace("\r\n", "\n"))
    };
    names.iter().map(with_page).collect()
}

#[test]
fn every_page_has_the_twelve_parts_in_order() {
    for (chapter, page) in chapters_with_pages() {
        let found: Vec<&str> = page
            .lines()
            .filter(|line| line.starts_with("## "))
            .filter_map(|line| line.split_once("{#")?.1.strip_suffix('}'))
            .collect();
        assert_eq!(found, PARTS, "{}", chapter.name);
    }
}

#[test]
fn every_page_shows_what_chapter_toml_says() {
    for (Chapter { name, manifest, .. }, page) in chapters_with_pages() {
        assert_eq!(
            page.lines().next(),
            Some(format!("# {}", manifest.title).as_str())
        );
        for wrong in &manifest.wrong {
            let file = format!("exercises/{name}/wrong/{}", wrong.file.get_ref());
            assert!(page.contains(&file), "{name} does not show {file}");
        }
        for made in ["about.md", "your-turn.md"] {
            let include = format!("\n{{{{#include facts/{name}/{made}}}}}\n");
            assert!(page.contains(&include), "src/{name}.md lacks {include}");
        }
    }
}

#[test]
fn every_page_is_in_the_summary_by_its_title() {
    let summary = std::fs::read_to_string(root().path().join("src/SUMMARY.md")).unwrap();
    for (Chapter { name, manifest, .. }, _) in chapters_with_pages() {
        let line = format!("- [{}]({name}.md)", manifest.title);
        assert!(summary.contains(&line), "src/SUMMARY.md lacks {line}");
    }
}

#[test]
fn every_exercise_stands_in_the_repository_as_shipped() {
    for (chapter, _) in chapters_with_pages() {
        let read = |path| std::fs::read_to_string(path).unwrap();
        assert!(
            read(chapter.exercise()) == read(chapter.shipped()),
            "{}",
            chapter.name
        );
    }
}

#[test]
fn every_page_opens_with_two_or_three_questions() {
    for (chapter, page) in chapters_with_pages() {
        let (_, from_here) = page.split_once("{#predict}\n").unwrap();
        let (part, rest) = from_here.split_once("\n## ").unwrap();
        let asked = questions(part).len();
        assert!((2..=3).contains(&asked), "{}: {asked}", chapter.name);
        assert!(questions(rest).is_empty(), "{}", chapter.name);
    }
}

#[test]
fn the_one_right_answer_is_the_one_that_the_questions_block_computes() {
    for_every_question(|question| {
        let computed = question.computed();
        let right: Vec<_> = question.answers.iter().filter(|a| a.is_right).collect();
        let wrong = || question.answers.iter().filter(|a| !a.is_right);
        assert_eq!(right.len(), 1);
        assert_eq!(right[0].text, computed);
        assert!(wrong().all(|answer| answer.text != computed));
    });
}

#[test]
fn every_question_has_three_answers_and_a_word_on_each() {
    for_every_question(|question| {
        assert_eq!(question.answers.len(), 3);
        for answer in &question.answers {
            assert!(answer.why.len() > 20, "{}: {}", answer.text, answer.why);
        }
    });
}

#[test]
fn the_right_answer_has_no_fixed_place_on_a_page() {
    for (chapter, page) in chapters_with_pages() {
        let place = |question: &Question| question.answers.iter().position(|a| a.is_right);
        let places: BTreeSet<_> = questions(&page).iter().map(place).collect();
        assert!(places.len() > 1, "{}", chapter.name);
    }
}

fn for_every_question(check: impl Fn(&Question)) {
    for (chapter, page) in chapters_with_pages() {
        for (at, question) in questions(&page).iter().enumerate() {
            println!("{}, question {}", chapter.name, at + 1); // shown when the check fails
            check(question);
        }
    }
}

struct Question {
    /// The Rust block, which the package `snippets` runs.
    block: String,
    answers: Vec<Answer>,
}

struct Answer {
    is_right: bool,
    text: String,
    why: String,
}

impl Question {
    /// The text that the block compares its result with, at its end and hidden.
    fn computed(&self) -> &str {
        let last = self
            .block
            .lines()
            .rfind(|line| line.trim_matches(['#', ' ']) != "}");
        last.filter(|line| line.starts_with("# "))
            .and_then(|line| line.trim_matches(['#', ' ']).strip_prefix("assert_eq!("))
            .and_then(|comparison| comparison.strip_suffix("\");")?.rsplit_once(", \""))
            .map(|(_, text)| text)
            .unwrap_or_else(|| panic!("no hidden `assert_eq!` at the end of {}", self.block))
    }
}

fn questions(page: &str) -> Vec<Question> {
    let blocks = page.split("\n<div class=\"question\">\n").skip(1);
    let insides = blocks.map(|rest| rest.split_once("\n</div>\n").expect("</div>").0);
    insides.map(question).collect()
}

fn question(text: &str) -> Question {
    let (asked, rest) = text.split_once("\n```rust\n").expect("a block that runs");
    let (block, answers) = rest.split_once("\n```\n").expect("the block's end");
    assert!(!asked.trim().is_empty(), "nothing is asked about {block}");
    Question {
        block: block.to_owned(),
        answers: answers.split("<details").skip(1).map(answer).collect(),
    }
}

fn answer(text: &str) -> Answer {
    let (attributes, rest) = text.split_once("><summary>").expect("<summary>");
    let (summary, rest) = rest.split_once("</summary>\n\n").expect("</summary>");
    let (why, _) = rest.split_once("\n\n</details>").expect("</details>");
    Answer {
        is_right: attributes == " class=\"right\"",
        text: Html::parse_fragment(summary)
            .root_element()
            .text()
            .collect(),
        why: why.to_owned(),
    }
}

#[test]
fn every_chapter_s_notes_have_what_an_instructor_needs() {
    for (chapter, page) in chapters_with_pages() {
        let notes = page.split_once("{#for-the-instructor}").unwrap().1;
        let folded = "<details class=\"instructor\">";
        assert!(notes.contains(folded), "{} lacks {folded}", chapter.name);
        for part in [
            "Goal",
            "Show first",
            "Note",
            "Ask",
            "Demo",
            "Wrong answers",
            "If short of time",
            "If ahead",
            "Closing question",
        ] {
            assert!(
                notes.contains(&format!("\n**{part}:** ")),
                "{}: {part}",
                chapter.name
            );
        }
    }
}

#[test]
fn every_wrong_answer_to_expect_stands_on_the_page_and_has_a_question_to_reply_with() {
    for (chapter, page) in chapters_with_pages() {
        let (page, notes) = page.split_once("{#for-the-instructor}").unwrap();
        let wrong_fixes = page.split_once("{#wrong-fixes}").unwrap().1;
        let answers = notes.split_once("\n**Wrong answers:** ").unwrap().1;
        let answers = answers.split("\n\n").nth(1).unwrap();
        for answer in answers.lines() {
            let (title, reply) = answer
                .strip_prefix("- ")
                .and_then(|answer| answer.split_once(": \""))
                .unwrap_or_else(|| panic!("{}: {answer}", chapter.name));
            let stands = wrong_fixes.contains(&format!("\n**{title}.** "));
            assert!(stands, "{}: {title}", chapter.name);
            assert!(reply.contains("?\" "), "{}: {reply}", chapter.name);
        }
        assert_eq!(answers.lines().count(), 5, "{}", chapter.name);
    }
}

/// What is shown in front of a room must work: `cargo test` proves what each of these files is refused with.
#[test]
fn every_demonstration_with_a_file_shows_one_that_the_tests_know() {
    for (chapter, page) in chapters_with_pages() {
        let notes = page.split_once("{#for-the-instructor}").unwrap().1;
        let known = |file: &str| {
            file == "shipped.rs"
                || chapter
                    .manifest
                    .wrong
                    .iter()
                    .any(|wrong| format!("wrong/{}", wrong.file.get_ref()) == file)
        };
        let demos = notes.split("**Demo:**").skip(1);
        let commands: Vec<&str> = demos
            .filter_map(|demo| demo.split('`').nth(1))
            .filter(|command| command.contains("cargo workbook"))
            .collect();
        assert!(!commands.is_empty(), "{}: no demonstration", chapter.name);
        for command in commands {
            let (_, arguments) = command.split_once("cargo workbook check ").unwrap();
            let (short, file) = arguments.split_once(" --with ").unwrap();
            assert_eq!(short, chapter.short());
            assert!(known(file), "{}: {command}", chapter.name);
        }
    }
}
