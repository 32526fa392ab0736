//! Each chapter's page has its parts, its hints and its wrong fixes; and each exercise stands as shipped.

use std::path::Path;

use exercises::{Chapter, Root};

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
fn every_page_says_what_chapter_toml_says() {
    for (Chapter { name, manifest, .. }, page) in chapters_with_pages() {
        assert_eq!(
            page.lines().next(),
            Some(format!("# {}", manifest.title).as_str())
        );
        for hint in &manifest.hints {
            assert!(
                page.contains(&format!("\n{hint}\n")),
                "{name} lacks the hint: {hint}"
            );
        }
        for wrong in &manifest.wrong {
            let file = format!("exercises/{name}/wrong/{}", wrong.file.get_ref());
            assert!(page.contains(&file), "{name} does not show {file}");
        }
        assert!(
            page.contains(&format!("<div class=\"checks\" data-chapter=\"{name}\">")),
            "{name}"
        );
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
