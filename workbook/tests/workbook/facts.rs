//! What is said of a chapter stands once, in its `chapter.toml`. Pages, the heads of pages and the list of a course are
//! made from there, and kept: so a stock `mdbook build` makes the same book.

use std::collections::BTreeSet;
use std::path::Path;

use runner::{Chapter, Root, is_chapter_name};
use serde::{Deserialize, Serialize};
use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::{Assert, Data, IntoData};

use crate::html::escaped;

pub fn root() -> Root {
    Root::at(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

pub fn chapters() -> Vec<Chapter> {
    let chapter = |name: &String| {
        root()
            .chapter(name)
            .unwrap_or_else(|error| panic!("{error}"))
    };
    root().names().unwrap().iter().map(chapter).collect()
}

#[track_caller]
pub fn is_kept(file: impl AsRef<Path>, made: String) {
    let file = root().path().join(file);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).unwrap();
    }
    Assert::new()
        .action_env(DEFAULT_ACTION_ENV)
        .try_eq(None, made.into_data(), Data::read_from(&file, None).raw())
        .unwrap_or_else(|error| panic!("{error}\nWritten by: bash .ci/draw"));
}

/// Of one name, `chNN-name`.
#[test]
fn a_chapter_is_an_exercise_a_solution_a_page_and_a_line() {
    let read = |path: &str| std::fs::read_to_string(root().path().join(path));
    let summary = read("src/SUMMARY.md").unwrap();
    let linked = summary
        .split("](")
        .filter_map(|rest| rest.split_once(".md)"));
    let mut names: BTreeSet<String> = linked.map(|(page, _)| page.to_owned()).collect();
    for folder in ["exercises", "solutions", "src"] {
        let entries = std::fs::read_dir(root().path().join(folder)).unwrap();
        names.extend(entries.flatten().filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            match folder {
                "src" => name.strip_suffix(".md").map(str::to_owned),
                // A file beside the folders is no chapter.
                _ => entry.path().is_dir().then_some(name),
            }
        }));
    }
    names.retain(|name| is_chapter_name(name));

    let mut problems = Vec::new();
    for name in names {
        let page = format!("{name}.md");
        let package = format!("name = \"{name}-solution\"");
        let checks = format!("#[path = \"../../../exercises/{name}/src/check.rs\"]");
        for (path, holds, what) in [
            (
                format!("exercises/{name}/Cargo.toml"),
                format!("name = \"{name}\""),
                "the package's name",
            ),
            (
                format!("exercises/{name}/chapter.toml"),
                "title = ".to_owned(),
                "what is said of the chapter",
            ),
            (
                format!("solutions/{name}/Cargo.toml"),
                package,
                "the package's name",
            ),
            (
                format!("solutions/{name}/src/lib.rs"),
                checks,
                "the exercise's checks, above its `mod check;`",
            ),
            (format!("src/{page}"), "# ".to_owned(), "the page"),
            (
                "src/SUMMARY.md".to_owned(),
                format!("]({page})"),
                "the link to the page",
            ),
        ] {
            if !read(&path).is_ok_and(|text| text.contains(&holds)) {
                problems.push(format!("{path}: `{holds}` is missing: {what}"));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn what_is_named_after_a_chapter_goes_with_it() {
    let names = root().names().unwrap();
    let mut problems = Vec::new();
    for folder in [
        "src/facts",
        "src/figures",
        "src/output",
        "book-tests/figures",
        "book-tests/browser/figures",
    ] {
        let entries = std::fs::read_dir(root().path().join(folder)).unwrap();
        for entry in entries.flatten() {
            let file = entry.file_name().into_string().unwrap();
            // A folder of facts has the whole name, another file the number.
            let belongs_to = |name: &String| match folder {
                "src/facts" => file == *name,
                _ => file.split('-').next() == name.split('-').next(),
            };
            let of_a_chapter = entry.path().is_dir() || folder != "src/facts";
            if of_a_chapter && is_chapter_name(&file) && !names.iter().any(belongs_to) {
                problems.push(format!(
                    "{folder}/{file}: delete it, for its chapter is in exercises/ no more"
                ));
            }
        }
    }
    problems.sort();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn the_start_page_has_a_row_for_each_symptom() {
    let mut table =
        String::from("<div class=\"symptoms\">\n\n| What you see | Where to look |\n|---|---|\n");
    for chapter in chapters() {
        for symptom in &chapter.manifest.symptoms {
            let link = format!("[{}]({}.md)", chapter.heading(), chapter.name);
            table += &format!("| {symptom} | {link} |\n");
        }
    }
    is_kept("src/facts/symptoms.md", table + "\n</div>\n");
}

#[test]
fn the_start_page_has_a_card_for_each_chapter() {
    let mut cards = String::from("<ul class=\"cards\">\n");
    for chapter in chapters() {
        let Chapter { name, manifest, .. } = &chapter;
        let drawing = format!("src/figures/{}-card.svg", chapter.short());
        let svg = std::fs::read_to_string(root().path().join(&drawing)).unwrap_or_else(|error| {
            panic!("{drawing}: {error}: draw the chapter's card, 96 by 60")
        });
        cards += &format!(
            "<li><a class=\"card\" href=\"{name}.html\" data-chapter=\"{name}\">\n{}\n\
             <strong>{}</strong> <span class=\"subject\">{}</span> \
             <span class=\"foot\"><span class=\"state\"></span> <span>{} minutes</span></span></a></li>\n",
            svg.trim_end(),
            escaped(&chapter.heading()),
            escaped(&manifest.subject),
            manifest.minutes.exercise,
        );
    }
    is_kept("src/facts/cards.md", cards + "</ul>\n");
}

/// For the pages' scripts: what stands of each chapter in its `chapter.toml`, and what stands in no chapter.
#[test]
fn the_box_for_symptoms_knows_the_chapters_and_what_is_outside_of_the_book() {
    let chapters: Vec<_> = chapters()
        .iter()
        .map(|chapter| {
            let Chapter { name, manifest, .. } = chapter;
            serde_json::json!({
                "name": name,
                "title": chapter.heading(),
                "subject": manifest.subject,
                "symptoms": manifest.symptoms,
                "also_called": manifest.also_called,
            })
        })
        .collect();
    let all = serde_json::json!({ "chapters": chapters, "outside": topics() });
    is_kept(
        "src/facts/symptoms.json",
        serde_json::to_string_pretty(&all).unwrap() + "\n",
    );
}

#[test]
fn the_start_page_says_what_is_outside_of_the_book() {
    let lines: String = topics()
        .iter()
        .map(|topic| {
            format!(
                "- **{}** ({}). {}\n",
                topic.title,
                topic.words.join(", "),
                topic.says
            )
        })
        .collect();
    is_kept("src/facts/outside.md", lines);
}

/// What people look for and no chapter treats.
#[derive(Deserialize, Serialize)]
struct Topic {
    title: String,
    words: Vec<String>,
    says: String,
}

fn topics() -> Vec<Topic> {
    #[derive(Deserialize)]
    struct Outside {
        topic: Vec<Topic>,
    }
    let text = std::fs::read_to_string(root().path().join("src/outside.toml")).unwrap();
    toml::from_str::<Outside>(&text).unwrap().topic
}

#[test]
fn a_page_begins_with_the_words_that_people_search_for() {
    for chapter in chapters() {
        let Chapter { name, manifest, .. } = &chapter;
        let mut about = format!(
            "{{{{#title {} - {}}}}}\n<p class=\"subject\">{}</p>\n",
            manifest.subject,
            chapter.heading(),
            escaped(&manifest.subject)
        );
        if !manifest.also_called.is_empty() {
            let names = escaped(&manifest.also_called.join(", "));
            about += &format!("\n<p class=\"also-called\">Also called, or seen as: {names}.</p>\n");
        }
        is_kept(format!("src/facts/{name}/about.md"), about);
    }
}

#[test]
fn your_turn_has_the_short_goal_the_panel_of_the_checks_and_the_hints() {
    for chapter in chapters() {
        let file = format!("src/facts/{}/your-turn.md", chapter.name);
        is_kept(file, your_turn(&chapter));
    }
}

fn your_turn(chapter: &Chapter) -> String {
    let Chapter { name, manifest, .. } = chapter;
    let short = chapter.short();
    let goal: Vec<String> = manifest
        .short_goal
        .iter()
        .map(|check| format!("`{}`", check.get_ref().replace('_', " ")))
        .collect();
    let goal = match goal.as_slice() {
        [some @ .., last] if !some.is_empty() => format!("{} and {last}", some.join(", ")),
        goal => goal.concat(),
    };
    let mut page = format!(
        "**Short of time:** the goal is {goal}.\n\n\
         <div class=\"bench\">\n<section class=\"desk\"></section>\n<div class=\"beside\">\n\
         <div class=\"checks\" data-chapter=\"{name}\" data-talk=\"{}\">\n\
         <p class=\"verdict\">Run <code>cargo workbook check {short}</code> in a terminal; with <code>cargo \
         workbook</code> running, the verdict appears here.</p>\n<div class=\"now\"></div>\n<ol class=\"check-list\">\n{}</ol>\n</div>\n",
        manifest.minutes.talk,
        checks(chapter)
    );
    let titles = ["where to look", "what is wrong", "almost the code"];
    for (number, (title, hint)) in (1..).zip(titles.iter().zip(&manifest.hints)) {
        page += &format!(
            "\n<details class=\"hint\"><summary>Hint {number}: {title}</summary>\n\n{hint}\n\n</details>\n"
        );
    }
    page + "\n</div>\n</div>\n" + &to_read(chapter)
}

/// A line for each check, which the page fills with its results.
fn checks(chapter: &Chapter) -> String {
    let checks = chapter.manifest.checks.iter();
    checks
        .map(|check| {
            let (name, sentence) = (check.name.get_ref(), check.sentence());
            format!("<li class=\"check\" data-check=\"{name}\">{sentence}</li>\n")
        })
        .collect()
}

/// For a reader who has only the pages: what `cargo workbook` puts into an editor.
fn to_read(chapter: &Chapter) -> String {
    let shipped = std::fs::read_to_string(chapter.shipped()).unwrap();
    let code: String = shipped
        .split_inclusive('\n')
        .filter(|line| !line.trim_start().starts_with("// ANCHOR"))
        .map(escaped)
        .collect();
    format!(
        "\n<div class=\"to-read\">\n\n\
         <details><summary>The exercise, to read here: <code>src/lib.rs</code></summary>\n\n\
         <pre><code class=\"language-rust\">{code}</code></pre>\n\n</details>\n\n</div>\n"
    )
}

/// Of the heads only the chapters' descriptions are made, and their subjects for the table of contents: they stand
/// between two comments.
#[test]
fn a_search_engine_is_shown_each_chapter_s_description_and_the_contents_its_subject() {
    const FROM: &str = "{{!-- From each chapter.toml: --}}\n";
    const TO: &str = "{{!-- The other pages: --}}\n";
    let (mut descriptions, mut subjects) = (String::new(), String::new());
    for Chapter { name, manifest, .. } in chapters() {
        let description = manifest.description.get_ref().replace('"', "&quot;");
        descriptions += &format!(
            "{{{{#if (eq path \"{name}.md\")}}}}<meta property=\"og:description\" content=\"{description}\">{{{{/if}}}}\n"
        );
        let subject = manifest.subject.replace(['"', '\\'], "");
        subjects +=
            &format!(".sidebar a[href$=\"{name}.html\"]::after {{ content: \"{subject}\"; }}\n");
    }
    let lines = format!("{descriptions}<style>\n{subjects}</style>\n");
    let file = "theme/head.hbs";
    let kept = std::fs::read_to_string(root().path().join(file))
        .unwrap()
        .replace("\r\n", "\n");
    let (before, rest) = kept
        .split_once(FROM)
        .expect("theme/head.hbs has the first comment");
    let (_, after) = rest
        .split_once(TO)
        .expect("theme/head.hbs has the second comment");
    is_kept(file, format!("{before}{FROM}{lines}{TO}{after}"));
}

#[test]
fn a_course_gives_a_point_for_each_chapter() {
    // The timeout is in seconds: the longest time that the first run takes.
    let tests: Vec<String> = chapters()
        .iter()
        .map(|chapter| {
            format!(
                r#"  {{ "name": "{}", "type": "run", "run": "cargo test -p exercises {}", "timeout": 600, "points": 1 }}"#,
                chapter.name,
                chapter.short()
            )
        })
        .collect();
    is_kept(
        "docs/classroom50.json",
        format!("[\n{}\n]\n", tests.join(",\n")),
    );
}
