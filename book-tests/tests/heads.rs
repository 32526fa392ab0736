//! What a browser's tab, a search engine and a site that links to a page show of it.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use runner::Root;
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

/// How often a page has what `selector` finds.
fn count(html: &Html, selector: &str) -> usize {
    html.select(&Selector::parse(selector).unwrap()).count()
}

fn title(html: &Html) -> String {
    let selector = Selector::parse("title").unwrap();
    html.select(&selector).next().unwrap().text().collect()
}

#[test]
fn every_page_has_a_title_and_a_description_of_its_own() {
    let book = build();
    let (mut titles, mut descriptions) = (HashSet::new(), HashSet::new());
    for page in pages() {
        let html = Html::parse_document(&std::fs::read_to_string(book.path().join(&page)).unwrap());
        let title = title(&html);
        assert!(
            titles.insert(title.clone()),
            "src/SUMMARY.md: another page than {page} is called `{title}`, too"
        );
        assert_eq!(first(&html, "meta[property='og:title']", "content"), title);
        let description = first(&html, "meta[property='og:description']", "content");
        let where_it_stands =
            "a chapter's description stands in its chapter.toml, another page's in theme/head.hbs";
        assert!(
            descriptions.insert(description.clone()),
            "{page} has no description of its own, but `{description}`: {where_it_stands}"
        );
        assert!(
            (40..=160).contains(&description.chars().count()),
            "{page} has a description of {} characters, write 40 to 160: {where_it_stands}",
            description.chars().count()
        );
        assert_eq!(count(&html, "meta[name=description]"), 1, "{page}");
        // Only where the book is published is it known which address they have.
        for address in ["meta[property='og:image']", "link[rel=canonical]"] {
            assert_eq!(count(&html, address), 0, "{page}: {address}");
        }
        let folder = Path::new(&page).parent().unwrap();
        for selector in ["link[rel=icon]", "link[rel='shortcut icon']"] {
            let picture = first(&html, selector, "href");
            let file = book.path().join(folder).join(&picture);
            assert!(file.is_file(), "{page}: {selector} is {picture}");
        }
    }
}

#[test]
fn what_people_search_for_comes_first_in_a_chapter_s_title_and_its_description_is_shown() {
    let book = build();
    let root = Root::at(root());
    for name in root.names().unwrap() {
        let chapter = root.chapter(&name).unwrap();
        let page = book.path().join(format!("{name}.html"));
        let html = Html::parse_document(&std::fs::read_to_string(page).unwrap());
        let subject = &chapter.manifest.subject;
        assert_eq!(title(&html), format!("{subject} - {}", chapter.heading()));
        assert_eq!(
            first(&html, "meta[property='og:description']", "content"),
            *chapter.manifest.description.get_ref()
        );
    }
}

/// It runs on Linux, where the book is published.
#[cfg(target_os = "linux")]
#[test]
fn publishing_lists_every_page_and_gives_it_its_address_picture_and_description() {
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
        let html = Html::parse_document(&read(&page));
        let address = match page.as_str() {
            "index.html" => "https://book.example/pitfalls/".to_owned(),
            _ => format!("https://book.example/pitfalls/{page}"),
        };
        assert!(sitemap.contains(&format!("<loc>{address}</loc>")), "{page}");
        assert_eq!(first(&html, "meta[property='og:url']", "content"), address);
        assert_eq!(first(&html, "link[rel=canonical]", "href"), address);
        assert_eq!(
            first(&html, "meta[property='og:image']", "content"),
            "https://book.example/pitfalls/social-card.png"
        );
        // A page is seen before any other file has come.
        let waits_for = "link[rel=stylesheet], head script[src]:not([defer])";
        assert_eq!(count(&html, waits_for), 0, "{page}");
        assert_eq!(count(&html, "meta[name=description]"), 1, "{page}");
        assert_eq!(
            first(&html, "meta[name=description]", "content"),
            first(&html, "meta[property='og:description']", "content"),
            "{page}"
        );
    }
    assert!(book.path().join("social-card.png").is_file());
    assert_eq!(
        sitemap.matches("<loc>").count(),
        pages().len(),
        "and nothing else: {sitemap}"
    );
}
