//! What a reader takes to a project of one's own: the rules of the audit, a checklist, and on which versions the book holds.
//! All of it is made from the chapters, the rules and Cargo.lock, and kept.

use std::collections::{BTreeMap, BTreeSet};

use audit_rules::{RULES, Rule};
use runner::{Audit, Chapter};

use crate::facts::{chapters, is_kept, root};

fn rules_of(chapter: &Chapter) -> Vec<&'static Rule> {
    let of_it = RULES.iter().filter(|rule| rule.chapter() == chapter.name);
    of_it.copied().collect()
}

#[test]
fn each_chapter_says_what_the_audit_finds_of_its_pitfall() {
    for chapter in chapters() {
        let mut text = String::new();
        if !rules_of(&chapter).is_empty() {
            text += "[`cargo inference-audit`](audit.md) reads your code without compiling it, and finds of this pitfall:\n";
            for rule in rules_of(&chapter) {
                text += &format!("\n`{}`\n: {}\n", rule.id, rule.finds);
            }
        }
        if let Audit::Nothing(why) = &chapter.manifest.audit {
            text += &format!("\nIn the exercise as it ships no rule finds anything. {why}\n");
        }
        is_kept(format!("src/facts/{}/audit.md", chapter.name), text);
    }
}

#[test]
fn the_page_of_the_audit_has_every_rule() {
    let mut text = String::new();
    for chapter in chapters() {
        let rules = rules_of(&chapter);
        if rules.is_empty() {
            continue;
        }
        text += &format!(
            "<details class=\"more\"><summary>{}: {} rules</summary>\n",
            chapter.heading(),
            rules.len()
        );
        for rule in rules {
            let page = format!("{}.md#{}", rule.chapter(), rule.part);
            text += &format!(
                "\n`{}` · {}\n: {} {} [In the book]({page})\n",
                rule.id,
                rule.confidence.name(),
                rule.finds,
                rule.why
            );
        }
        text += "\n</details>\n\n";
    }
    is_kept("src/facts/rules.md", text);
}

/// Of each page the first sentence of what its last part says under these names.
#[test]
fn the_checklist_has_the_questions_and_lines_of_every_chapter() {
    let mut text = String::from("<div class=\"checklist\">\n\n");
    for chapter in chapters() {
        let page = std::fs::read_to_string(root().path().join(format!("src/{}.md", chapter.name)))
            .unwrap();
        let (_, part) = page
            .split_once("{#in-your-code-base}")
            .expect("a page has its last part");
        let (part, _) = part
            .split_once("\n## ")
            .expect("a page has a part for the instructor");
        text += &format!(
            "**[{}]({}.md#in-your-code-base)**\n\n",
            chapter.heading(),
            chapter.name
        );
        for (name, line) in [
            ("Ask in review.", "Ask"),
            ("Lint.", "Lint"),
            ("In CI.", "In CI"),
        ] {
            if let Some(says) = bullet(part, name) {
                let says = first_sentence(&says).replace("](#", &format!("]({}.md#", chapter.name));
                text += &format!("- **{line}:** {says}\n");
            }
        }
        let rules = rules_of(&chapter);
        if let Some(first) = rules.first() {
            let names: Vec<String> = rules
                .iter()
                .filter_map(|rule| rule.id.split_once("::"))
                .map(|(_, name)| name.replace('_', " "))
                .collect();
            text += &format!(
                "- **Audit**, `{}::`: {}.\n",
                first.pitfall(),
                names.join(", ")
            );
        }
        text += "\n";
    }
    is_kept("src/facts/checklist.md", text + "</div>\n");
}

/// The text of `- **Name** text`, on one line.
fn bullet(part: &str, name: &str) -> Option<String> {
    let (_, rest) = part.split_once(&format!("- **{name}** "))?;
    let lines = rest
        .lines()
        .take_while(|line| !line.is_empty() && !line.starts_with("- "));
    Some(lines.map(str::trim).collect::<Vec<_>>().join(" "))
}

fn first_sentence(text: &str) -> &str {
    let mut in_code = false;
    for (place, letter) in text.char_indices() {
        in_code ^= letter == '`';
        let rest = &text[place + letter.len_utf8()..];
        let is_end =
            matches!(letter, '.' | '?') && (rest.starts_with(' ') || rest.starts_with("\" "));
        if is_end && !in_code {
            let quote = usize::from(rest.starts_with('"'));
            return &text[..place + 1 + quote];
        }
    }
    text
}

#[test]
fn the_versions_are_those_that_the_claims_were_checked_with() {
    let locked = locked_versions();
    let beside = versions_beside_the_lock_file();
    let mut text = String::from("| Chapter | Checked with |\n|---|---|\n");
    for chapter in chapters() {
        let names = libraries(&chapter);
        let libraries = names.iter().map(|name| format!("{name} {}", locked[*name]));
        let mut with: Vec<String> = libraries.collect();
        let mut onnx_runtimes = Vec::new();
        if names.contains(&"ort") {
            onnx_runtimes.extend(beside["onnx_runtimes"].split(' '));
        }
        if chapter.short() == "ch07" {
            onnx_runtimes.extend(beside["other_onnx_runtimes"].split(' '));
        }
        onnx_runtimes.sort_by_key(|version| numbers(version));
        if !onnx_runtimes.is_empty() {
            with.push(format!("ONNX Runtime {}", onnx_runtimes.join(", ")));
        }
        if chapter.short() == "ch06" {
            let bindings = beside["tokenizers_bindings"].replace(' ', ", ");
            with.push(format!("Python's tokenizers {bindings}"));
        }
        if with.is_empty() {
            with.push("Rust alone".to_owned());
        }
        text += &format!(
            "| [{}]({}.md) | {} |\n",
            chapter.heading(),
            chapter.name,
            with.join("; ")
        );
    }
    is_kept("src/facts/versions.md", text);
}

fn numbers(version: &str) -> Vec<u32> {
    version
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect()
}

/// The libraries of inference whose behaviour the chapters tell of.
const LIBRARIES: [&str; 9] = [
    "half",
    "image",
    "loom",
    "minijinja",
    "ndarray",
    "ort",
    "ort-tract",
    "tokenizers",
    "tokio",
];

/// Those that the exercise, its solution or their checks use.
fn libraries(chapter: &Chapter) -> Vec<&'static str> {
    let mut names = BTreeSet::new();
    for folder in ["exercises", "solutions"] {
        let path = root()
            .path()
            .join(folder)
            .join(&chapter.name)
            .join("Cargo.toml");
        let manifest: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        for table in ["dependencies", "dev-dependencies"] {
            let table = manifest.get(table).and_then(toml::Value::as_table);
            names.extend(table.into_iter().flat_map(|table| table.keys().cloned()));
        }
    }
    // What loads the runtime that is bundled: it is tract, behind the interface of ort.
    if names.contains("runtime") {
        names.insert("ort-tract".to_owned());
    }
    LIBRARIES
        .into_iter()
        .filter(|name| names.contains(*name))
        .collect()
}

/// Of each package that is not the workbook's own, the version.
fn locked_versions() -> BTreeMap<String, String> {
    let lock: toml::Table = std::fs::read_to_string(root().path().join("Cargo.lock"))
        .unwrap()
        .parse()
        .unwrap();
    let packages = lock["package"].as_array().unwrap().iter();
    let from_elsewhere = packages.filter(|package| package.get("source").is_some());
    let text = |package: &toml::Value, key: &str| package[key].as_str().unwrap().to_owned();
    from_elsewhere
        .map(|package| {
            let version = text(package, "version");
            // What follows `+` says what a version is made from.
            let version = version.split('+').next().unwrap_or_default().to_owned();
            (text(package, "name"), version)
        })
        .collect()
}

/// `name="value"` lines.
fn versions_beside_the_lock_file() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().path().join(".ci/versions")).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once('='));
    lines
        .map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned()))
        .collect()
}
