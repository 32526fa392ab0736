//! Each chapter's page has its parts, and shows what it should. A test for each rule and chapter:
//! `cargo test -p book-tests --test pages ch03` examines one page in a second or two.

mod page;
mod questions;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use page::{Page, Problems};
use regex::Regex;
use runner::Root;

type Rule = (&'static str, fn(&Page) -> Problems);

const ISSUE: &str = "a real issue is linked";

const RULES: [Rule; 18] = [
    (
        "the title and the line in SUMMARY.md are chapter.toml's",
        has_its_title,
    ),
    (
        "the description begins with the words of the subject",
        begins_with_its_subject,
    ),
    ("the twelve parts stand in order", has_its_parts),
    (
        "the four terms, a claim, a question and a line for CI stand in their parts",
        says_what_a_reader_takes_home,
    ),
    (
        "what is made from chapter.toml is included",
        includes_its_facts,
    ),
    (
        "every include finds its file and anchor",
        finds_its_includes,
    ),
    (
        "every quoted output and drawn figure is shown",
        shows_what_is_kept,
    ),
    (ISSUE, links_an_issue),
    (
        "two or three questions open it",
        questions::two_or_three_open_the_page,
    ),
    (
        "the right answer is what the question's block computes",
        questions::the_answer_of_each_is_what_its_block_computes,
    ),
    (
        "a question has three answers and a word on each",
        questions::each_has_three_answers_and_a_word_on_each,
    ),
    (
        "the right answer has no fixed place",
        questions::the_right_answer_has_no_fixed_place,
    ),
    (
        "the failure, the fix and the cost are real",
        shows_real_runs,
    ),
    ("its figure has a module, a test and a driver", has_a_figure),
    (
        "every wrong fix is shown with its verdict",
        shows_its_wrong_fixes,
    ),
    ("the notes have what an instructor needs", has_its_notes),
    (
        "a wrong answer to expect is a wrong fix, with a question to reply with",
        expects_wrong_fixes,
    ),
    (
        "a demonstration shows a text that the tests know",
        demonstrates_known_texts,
    ),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = root();
    let names = root.names().expect("exercises/ can be read");
    let trials = names.iter().flat_map(|name| {
        let mut trials = vec![trial(name, "the exercise stands as shipped", {
            let name = name.clone();
            move || stands_as_shipped(&name)
        })];
        let chapter = root.chapter(name).map_err(|error| error.to_string());
        match chapter.and_then(|chapter| Page::read(&root, chapter)) {
            Ok(page) => {
                let page = Arc::new(page);
                trials.extend(RULES.map(|(rule, examine)| {
                    // No program finds the issue: it is told as missing, and red once the author has changed the page.
                    let waits = rule == ISSUE && page.is_as_made(&root);
                    let page = Arc::clone(&page);
                    trial(name, rule, move || examine(&page)).with_ignored_flag(waits)
                }));
            }
            Err(problem) => trials.push(trial(name, "the page and chapter.toml are there", || {
                vec![problem]
            })),
        }
        trials
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn trial(name: &str, rule: &str, examine: impl FnOnce() -> Problems + Send + 'static) -> Trial {
    Trial::test(format!("{name}: {rule}"), || match examine() {
        problems if problems.is_empty() => Ok(()),
        problems => Err(Failed::from(problems.join("\n"))),
    })
}

fn root() -> Root {
    Root::at(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
}

fn exists(path: &str) -> bool {
    root().path().join(path).is_file()
}

fn stands_as_shipped(name: &str) -> Problems {
    let read = |file: &str| {
        std::fs::read_to_string(root().path().join(format!("exercises/{name}/{file}"))).ok()
    };
    if read("src/lib.rs").is_some() && read("src/lib.rs") == read("shipped.rs") {
        return Vec::new();
    }
    vec![format!(
        "exercises/{name}: src/lib.rs and shipped.rs must both be there, and the same: copy one over the other"
    )]
}

fn has_its_title(page: &Page) -> Problems {
    let title = format!("# {}", page.chapter.heading());
    let summary = std::fs::read_to_string(root().path().join("src/SUMMARY.md")).unwrap_or_default();
    let line = format!("- [{}]({}.md)", page.chapter.heading(), page.chapter.name);
    let mut problems = Vec::new();
    if page.text.lines().next() != Some(&title) {
        problems.push(format!(
            "{}:1: the first line must be `{title}`, as chapter.toml has it",
            page.file
        ));
    }
    let readme = format!("exercises/{}/README.md", page.chapter.name);
    let readme_s = std::fs::read_to_string(root().path().join(&readme)).unwrap_or_default();
    if readme_s.lines().next() != Some(&title) {
        problems.push(format!("{readme}:1: the first line must be `{title}`, too"));
    }
    if !summary.lines().any(|found| found == line) {
        problems.push(format!("src/SUMMARY.md: write the line `{line}`"));
    }
    problems
}

/// A search engine shows the beginning.
fn begins_with_its_subject(page: &Page) -> Problems {
    let manifest = &page.chapter.manifest;
    let words = |text: &str| {
        let words = text.split_whitespace().take(2).map(str::to_lowercase);
        words.collect::<Vec<_>>().join(" ")
    };
    let (expected, found) = (
        words(&manifest.subject),
        words(manifest.description.get_ref()),
    );
    if found == expected {
        return Vec::new();
    }
    vec![format!(
        "exercises/{}/chapter.toml: the description must begin as the subject does, with `{expected}`, and not with `{found}`",
        page.chapter.name
    )]
}

const PARTS: [&str; 12] = [
    "at-a-glance",
    "seen-in-the-wild",
    "predict",
    "watch-it-fail",
    "why",
    "your-turn",
    "wrong-fixes",
    "one-right-fix",
    "what-it-costs",
    "folklore",
    "in-your-code-base",
    "for-the-instructor",
];

fn has_its_parts(page: &Page) -> Problems {
    let headings = page.text.lines().filter(|line| line.starts_with("## "));
    let found: Vec<(&str, Option<&str>)> = headings
        .map(|line| {
            (
                line,
                line.split_once("{#")
                    .and_then(|(_, anchor)| anchor.strip_suffix('}')),
            )
        })
        .collect();
    for (at, part) in PARTS.iter().enumerate() {
        match found.get(at) {
            Some((_, Some(anchor))) if anchor == part => {}
            Some((line, _)) => {
                let what = format!(
                    "here the part `## A heading {{#{part}}}` must begin, and not `{line}`"
                );
                return vec![page.at(line, &what)];
            }
            None => {
                return vec![format!(
                    "{}: write the part `## A heading {{#{part}}}` at its end",
                    page.file
                )];
            }
        }
    }
    let more = found.get(PARTS.len());
    more.map(|(line, _)| page.at(line, "a part too many: a page has the twelve parts"))
        .into_iter()
        .collect()
}

/// No other rule looks at the words of these parts.
fn says_what_a_reader_takes_home(page: &Page) -> Problems {
    let term = |name| {
        let line = format!(r"(?m)^{name}\n: \S");
        (
            "at-a-glance",
            line,
            format!("the line `{name}`, and below it `: ` and what it is"),
        )
    };
    let wanted = [
        term("Symptom"),
        term("Cause"),
        term("Fix"),
        term("Detect it"),
        (
            "folklore",
            r#"(?m)^\*\*".+"\*\* \S"#.to_owned(),
            "what is commonly said, and behind it what holds: `**\"...\"** ...`".to_owned(),
        ),
        (
            "in-your-code-base",
            r"(?m)^- \*\*Ask in review\.\*\* \S".to_owned(),
            "a question for reviews, which the checklist takes: `- **Ask in review.** ...`"
                .to_owned(),
        ),
        (
            "in-your-code-base",
            r"(?m)^- \*\*In CI\.\*\* \S".to_owned(),
            "what holds it in CI, which the checklist takes: `- **In CI.** ...`".to_owned(),
        ),
    ];
    let mut problems = Vec::new();
    for (anchor, pattern, what) in wanted {
        match page.part(anchor) {
            Ok(part) => {
                let is_there = Regex::new(&pattern).is_ok_and(|line| line.is_match(part.text));
                problems.extend(part.wants(is_there, &format!("write {what}")));
            }
            Err(missing) => problems.extend(missing),
        }
    }
    problems
}

fn includes_its_facts(page: &Page) -> Problems {
    let name = &page.chapter.name;
    let mut problems = Vec::new();
    for (file, place) in [
        ("about.md", "below the title"),
        ("your-turn.md", "at the end of `{#your-turn}`"),
        ("audit.md", "at the beginning of `{#in-your-code-base}`"),
    ] {
        let path = format!("facts/{name}/{file}");
        if !page.includes().any(|(included, _)| included == path) {
            problems.push(format!(
                "{}: write `{{{{#include {path}}}}}` {place}",
                page.file
            ));
        }
    }
    problems
}

fn finds_its_includes(page: &Page) -> Problems {
    let mut problems = Vec::new();
    for (path, part) in page.includes() {
        let Ok(text) = std::fs::read_to_string(root().path().join("src").join(path)) else {
            let short = page.chapter.short();
            let way_out = match path.split('/').next() {
                Some("output") => format!(
                    "write the file's first line, `$ cargo ...`, if it is no verdict; `bash .ci/draw {short}` writes the rest"
                ),
                Some("facts" | "figures") => {
                    format!("`bash .ci/draw {short}` makes it, or a test that you write")
                }
                _ => "write it, or mend the path".to_owned(),
            };
            problems.push(page.at(path, &format!("there is no file src/{path}: {way_out}")));
            continue;
        };
        let Some(anchor) =
            part.filter(|part| !part.starts_with(|c: char| c.is_ascii_digit() || c == ':'))
        else {
            continue;
        };
        let has = |mark: &str| {
            text.lines().any(|line| {
                // In Markdown the mark stands in a comment.
                let line = line.trim_end().trim_end_matches("-->").trim_end();
                line.ends_with(&format!("{mark}: {anchor}"))
            })
        };
        if !has("ANCHOR") || !has("ANCHOR_END") {
            problems.push(page.at(
                path,
                &format!("src/{path} lacks `ANCHOR: {anchor}` or `ANCHOR_END: {anchor}`"),
            ));
        }
    }
    problems
}

/// What is kept of runs is there for a page: nothing is left over from a wrong fix that has another name now.
fn shows_what_is_kept(page: &Page) -> Problems {
    let short = page.chapter.short();
    let mut problems = Vec::new();
    for (folder, kinds) in [("output", &["txt"][..]), ("figures", &["html", "txt"])] {
        for entry in std::fs::read_dir(root().path().join("src").join(folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let is_ours = path.starts_with(&format!("{folder}/{short}-"));
            let is_kept = kinds.iter().any(|kind| path.ends_with(&format!(".{kind}")));
            if is_ours && is_kept && !page.includes().any(|(included, _)| included == path) {
                problems.push(format!(
                    "src/{path} is on no page: include it in {}, or delete it",
                    page.file
                ));
            }
        }
    }
    problems
}

fn links_an_issue(page: &Page) -> Problems {
    let part = match page.part("seen-in-the-wild") {
        Ok(part) => part,
        Err(problems) => return problems,
    };
    // Whatever the tracker, an issue has a number: `.../issues/12`, `...?id=12#c3`.
    let is_issue = |link: &str| {
        let link = link.split([')', '#']).next().unwrap_or_default();
        let number = link.rsplit(['/', '=']).next().unwrap_or_default();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut links = part.text.split("](https://").skip(1);
    let what = "link a real issue of a real project, `[project#12](https://...)`, and tell it in three sentences";
    part.wants(links.any(is_issue), what).into_iter().collect()
}

fn shows_real_runs(page: &Page) -> Problems {
    let (name, short) = (&page.chapter.name, page.chapter.short());
    let mut problems = Vec::new();
    for (anchor, path, what) in [
        (
            "watch-it-fail",
            format!("../exercises/{name}/shipped.rs"),
            "the code that fails, by an anchor",
        ),
        (
            "watch-it-fail",
            format!("output/{short}-shipped.txt"),
            "what it fails with",
        ),
        (
            "one-right-fix",
            format!("../solutions/{name}/src/lib.rs"),
            "the fix, by an anchor",
        ),
        (
            "what-it-costs",
            format!("output/{short}-cost.txt"),
            "what `cargo bench` prints",
        ),
        (
            "what-it-costs",
            format!("figures/{short}-cost.svg"),
            "its plot",
        ),
    ] {
        match page.part(anchor) {
            Ok(part) => problems.extend(part.wants(
                part.includes(&path),
                &format!("`{{#{anchor}}}` shows {what}: `{{{{#include {path}}}}}`"),
            )),
            Err(missing) => problems.extend(missing),
        }
    }
    problems
}

/// A figure is found by its name, which begins as the chapter's does.
fn has_a_figure(page: &Page) -> Problems {
    let short = page.chapter.short();
    let mark = "<div class=\"play\" data-figure=\"";
    let figures: Vec<&str> = page
        .text
        .split(mark)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    if figures.is_empty() {
        return vec![format!(
            "{}: no figure to play with: write `{mark}{short}-NAME\"></div>` under `{{#why}}`",
            page.file
        )];
    }
    let mut problems = Vec::new();
    for figure in figures {
        if !figure.starts_with(&format!("{short}-")) {
            problems.push(page.at(
                figure,
                &format!("the figure's name must begin with `{short}-`"),
            ));
        }
        for (file, what) in [
            (format!("src/figures/{figure}.js"), "exports `mount(place)`"),
            (
                format!("book-tests/figures/{figure}.test.js"),
                "tests what the figure computes",
            ),
            (
                format!("book-tests/browser/figures/{figure}.js"),
                "drives it to its failure and to its cure",
            ),
        ] {
            if !exists(&file) {
                problems.push(page.at(figure, &format!("there is no {file}: it {what}")));
            }
        }
        let module =
            std::fs::read_to_string(root().path().join(format!("src/figures/{figure}.js")));
        let has_styles = exists(&format!("src/figures/{figure}.css"));
        if module.is_ok_and(|module| module.contains("export const isStyled = true;") != has_styles)
        {
            let what = "with src/figures/{figure}.css the module must say `export const isStyled = true;`, and only then";
            problems.push(page.at(figure, &what.replace("{figure}", figure)));
        }
    }
    problems
}

fn shows_its_wrong_fixes(page: &Page) -> Problems {
    let part = match page.part("wrong-fixes") {
        Ok(part) => part,
        Err(problems) => return problems,
    };
    let (name, short) = (&page.chapter.name, page.chapter.short());
    let mut problems = Vec::new();
    for wrong in &page.chapter.manifest.wrong {
        let file = wrong.file.get_ref();
        let kept = format!("output/{short}-{}", file.trim_end_matches(".rs"));
        let (verdict, difference) = (format!("{kept}.txt"), format!("{kept}-diff.txt"));
        let code = format!("../exercises/{name}/wrong/{file}");
        let what =
            format!("the verdict on wrong/{file} is not shown: write `{{{{#include {verdict}}}}}`");
        problems.extend(part.wants(part.includes(&verdict), &what));
        let what = format!(
            "wrong/{file} is not shown: write `{{{{#include {code}:SECTION}}}}`, or `{{{{#include {difference}}}}}`, a \
             file that begins with `$ cargo workbook show {short} wrong/{file} --diff`, where that is from the shipped text"
        );
        // A difference from the solution would show what to write in the exercise.
        let kept = std::fs::read_to_string(root().path().join("src").join(&difference));
        let tells = kept.is_ok_and(|kept| kept.contains("\n--- solutions/"));
        let shows = part.includes(&code) || part.includes(&difference) && !tells;
        problems.extend(part.wants(shows, &what));
        let (folded, include) = (AGAINST, format!("{{{{#include {difference}}}}}\n"));
        let in_the_open = part
            .text
            .split_once(&include)
            .is_some_and(|(before, _)| !before.ends_with(folded));
        let what = format!(
            "{difference} tells lines of the solution: fold it away, `{folded}{include}```\n\n</details>`"
        );
        problems.extend(part.wants(!(tells && in_the_open), &what));
    }
    let cards = part.text.matches(CARD).count();
    let what = format!("each wrong fix stands in a card of its own, `{CARD}A title</summary>`");
    problems.extend(part.wants(cards >= page.chapter.manifest.wrong.len(), &what));
    problems
}

/// How the card of a wrong fix begins. Of those that share a name, one is open at a time.
const CARD: &str = "<details class=\"wrong\" name=\"wrong-fix\"><summary>";

/// How the difference between a wrong fix and the solution begins.
const AGAINST: &str =
    "<details class=\"against\"><summary>Compare with one right fix</summary>\n\n```diff\n";

fn has_its_notes(page: &Page) -> Problems {
    let part = match page.part("for-the-instructor") {
        Ok(part) => part,
        Err(problems) => return problems,
    };
    let mut problems = Vec::new();
    let folded = "<details class=\"instructor\">";
    problems.extend(part.wants(
        part.text.contains(folded),
        &format!("the notes stand in `{folded}`"),
    ));
    for label in [
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
        let is_there = part.text.contains(&format!("\n**{label}:** "));
        problems.extend(part.wants(
            is_there,
            &format!("the notes lack a paragraph that begins `**{label}:** `"),
        ));
    }
    problems
}

fn expects_wrong_fixes(page: &Page) -> Problems {
    let (notes, fixes) = match (page.part("for-the-instructor"), page.part("wrong-fixes")) {
        (Ok(notes), Ok(fixes)) => (notes, fixes),
        (Err(problems), _) | (_, Err(problems)) => return problems,
    };
    // A wrong fix on the page: its title, and all up to the next one's.
    let shown: Vec<(String, &str)> = fixes
        .text
        .split(CARD)
        .skip(1)
        .filter_map(|card| card.split_once("</summary>"))
        .map(|(title, card)| (title.replace("<code>", "`").replace("</code>", "`"), card))
        .collect();
    let folder = format!("{{{{#include ../exercises/{}/wrong/", page.chapter.name);
    let answers = notes.text.split_once("\n**Wrong answers:** ");
    let answers = answers
        .and_then(|(_, rest)| rest.split("\n\n").nth(1))
        .unwrap_or_default();
    let form = "below `**Wrong answers:** ` write a line `- TITLE: \"A question?\" Its answer.` for each that an \
                instructor should expect, five say; TITLE is that of a wrong fix's card on the page";
    if !answers.starts_with("- ") {
        return notes.wants(false, form).into_iter().collect();
    }
    let mut problems = Vec::new();
    for line in answers.lines() {
        let told = line
            .strip_prefix("- ")
            .and_then(|answer| answer.split_once(": \""));
        let what = match told {
            None => form.to_owned(),
            Some((_, reply)) if !reply.contains("?\" ") => {
                format!("`{line}`: a question and its answer, `\"..?\" ..`")
            }
            Some((title, _)) => match shown.iter().find(|(shown, _)| *shown == title) {
                None => format!("no wrong fix on the page is called `{title}`"),
                Some((_, fix)) if !fix.contains(&folder) && !fix.contains("-diff.txt}}") => {
                    format!("the card `{title}` shows no file of wrong/")
                }
                Some(_) => continue,
            },
        };
        problems.push(page.at(line, &what));
    }
    problems
}

/// What is shown in front of a room must work: `cargo test` proves what each of these files is refused with.
fn demonstrates_known_texts(page: &Page) -> Problems {
    let part = match page.part("for-the-instructor") {
        Ok(part) => part,
        Err(problems) => return problems,
    };
    let short = page.chapter.short();
    let wrong = page
        .chapter
        .manifest
        .wrong
        .iter()
        .map(|wrong| format!("wrong/{}", wrong.file.get_ref()));
    let known: Vec<String> = wrong
        .chain(["shipped.rs".to_owned()])
        .map(|file| format!("cargo workbook check {short} --with {file}"))
        .collect();
    let demos = part.text.split("**Demo:**").skip(1);
    let commands: Vec<&str> = demos
        .filter_map(|demo| demo.split('`').nth(1))
        .filter(|command| command.contains("cargo workbook"))
        .collect();
    let form = format!("a demonstration is one of: {}", known.join("; "));
    let unknown = commands
        .iter()
        .filter(|command| !known.iter().any(|known| command.ends_with(known)));
    let mut problems: Problems = unknown
        .map(|command| page.at(command, &format!("`{command}`: {form}")))
        .collect();
    problems.extend(part.wants(!commands.is_empty(), &form));
    let demos = part.text.split("**Demo:**").skip(1);
    problems.extend(demos.filter_map(|demo| miscounted(page, demo)));
    problems
}

/// A demonstration of a wrong fix may say how many checks refuse it: `2 checks of 19 fail.`
fn miscounted(page: &Page, demo: &str) -> Option<String> {
    let (command, said) = demo.lines().next()?.split_once("`: ")?;
    let said = said.strip_suffix(" fail.")?;
    if !said.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let manifest = &page.chapter.manifest;
    let wrong = manifest
        .wrong
        .iter()
        .find(|wrong| command.ends_with(&format!("wrong/{}", wrong.file.get_ref())))?;
    let counted = format!("{} checks of {}", wrong.fails.len(), manifest.checks.len());
    (said != counted).then(|| page.at(said, &format!("of this text {counted} fail")))
}
