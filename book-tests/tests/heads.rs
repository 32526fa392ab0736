//! What a browser's tab, a search engine and a site that links to a page show of it.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use scraper::{Html, Selector};
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn build() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = root();
    let mut config = Config::from_disk(root.join("book.toml")).unwrap();
    // mdBook would write a page that is missing.
    config.build.create_missing = false;
    let mut book =
        MDBook::load_with_config(root, config).unwrap_or_else(|error| panic!("{error:#}"));
    book.config.build.build_dir = folder.path().to_owned();
    book.build().unwrap();
    folder
}

/// The pages of the table of contents, as paths inside the built book.
fn pages() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let summary = std::fs::read_to_string(root.join("src/SUMMARY.md")).unwrap();
    let links = summary.split("](").skip(1);
    links
        .map(|link| link.split(".md)").next().unwrap().to_owned() + ".html")
        .collect()
}

fn first(html: &Html, selector: &str, attribute: &str) -> String {
    let selector = Selector::parse(selector).unwrap();
    let element = html.select(&selector).next();
    let value = element.and_then(|element| element.value().attr(attribute));
    value.unwrap_or_default().to_owned()
}

#[test]
fn every_page_has_a_title_and_a_description_of_its_own() {
    let book = build();
    let of_the_book = {
        let toml = std::fs::read_to_string(root().join("book.toml")).unwrap();
        Config::from_str(&toml).unwrap().book.description.unwrap()
    };
    let (mut titles, mut descriptions) = (HashSet::new(), HashSet::new());
    for page in pages() {
        let html = Html::parse_document(&std::fs::read_to_string(book.path().join(&page)).unwrap());
        let title = Selector::parse("title").unwrap();
        let title: String = html.select(&title).next().unwrap().text().collect();
        assert!(
            titles.insert(title.clone()),
            "src/SUMMARY.md: another page than {page} is called `{title}`, too"
        );
        let description = first(&html, "meta[name=description]", "content");
        let where_it_stands =
            "a chapter's description stands in its chapter.toml, another page's in theme/head.hbs";
        assert!(
            description != of_the_book && descriptions.insert(description.clone()),
            "{page} has no description of its own, but `{description}`: {where_it_stands}"
        );
        assert!(
            (40..=160).contains(&description.chars().count()),
            "{page} has a description of {} characters, write 40 to 160: {where_it_stands}",
            description.chars().count()
        );
        let folder = Path::new(&page).parent().unwrap();
        for (selector, attribute) in [
            ("meta[property='og:image']", "content"),
            ("link[rel=icon]", "href"),
            ("link[rel='shortcut icon']", "href"),
        ] {
            let picture = first(&html, selector, attribute);
            let file = book.path().join(folder).join(&picture);
            assert!(file.is_file(), "{page}: {selector} is {picture}");
        }
    }
}

/// It runs on Linux, where the book is published.
#[cfg(target_os = "linux")]
#[test]
fn publishing_lists_every_page_and_gives_it_its_address() {
    let book = build();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let published = Command::new("bash")
        .arg(root.join(".github/publish"))
        .arg(book.path())
        .arg("https://book.example/pitfalls/")
        .status()
        .unwrap();
    assert!(published.success());
    let read = |file: &str| std::fs::read_to_string(book.path().join(file)).unwrap();
    let sitemap = read("sitemap.xml");
    for page in pages() {
        let address = format!("https://book.example/pitfalls/{page}");
        assert!(sitemap.contains(&format!("<loc>{address}</loc>")), "{page}");
        let html = Html::parse_document(&read(&page));
        assert_eq!(first(&html, "meta[property='og:url']", "content"), address);
        assert_eq!(
            first(&html, "meta[property='og:image']", "content"),
            "https://book.example/pitfalls/social-card.png"
        );
    }
    assert_eq!(
        sitemap.matches("<loc>").count(),
        pages().len(),
        "and nothing else: {sitemap}"
    );
}
