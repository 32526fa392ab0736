//! Every link and every `#fragment` inside the built book resolves, and no page asks another host.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use scraper::{Html, Selector};

/// The pages of a built book, by path inside it.
struct Built {
    folder: PathBuf,
    pages: BTreeMap<PathBuf, Html>,
}

fn build(root: &Path, folder: &Path) -> Built {
    let mut config = Config::from_disk(root.join("book.toml")).unwrap();
    // mdBook would write a page that is missing.
    config.build.create_missing = false;
    let mut book =
        MDBook::load_with_config(root, config).unwrap_or_else(|error| panic!("{error:#}"));
    book.config.build.build_dir = folder.to_owned();
    book.build().unwrap();
    let pages = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "html")
        })
        // Its base is the site's root, wherever that will be.
        .filter(|path| !path.ends_with("404.html"))
        .map(|path| {
            let html = Html::parse_document(&std::fs::read_to_string(&path).unwrap());
            (path.strip_prefix(folder).unwrap().to_owned(), html)
        })
        .collect();
    Built {
        folder: folder.to_owned(),
        pages,
    }
}

fn attributes(html: &Html, selector: &str, attribute: &str) -> BTreeSet<String> {
    let selector = Selector::parse(selector).unwrap();
    html.select(&selector)
        .filter_map(|found| found.attr(attribute))
        .map(str::to_owned)
        .collect()
}

/// Links that lead nowhere, as `page: link`.
fn broken_links(built: &Built) -> Vec<String> {
    let mut broken = Vec::new();
    for (page, html) in &built.pages {
        let mut links = attributes(html, "[href]", "href");
        links.extend(attributes(html, "[src]", "src"));
        for link in links
            .iter()
            .filter(|link| !link.contains("://") && !link.starts_with("data:"))
        {
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                page.clone()
            } else {
                PathBuf::from(file)
            };
            let has_id = |html: &Html| attributes(html, "[id]", "id").contains(fragment);
            let resolves = built.folder.join(&target).is_file()
                && (fragment.is_empty() || built.pages.get(&target).is_some_and(has_id));
            if !resolves {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    broken
}

#[test]
fn every_link_and_fragment_inside_the_book_resolves() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let built = build(root, folder.path());
    assert!(built.pages.len() > 3, "only {:?}", built.pages.keys());
    let broken = broken_links(&built);
    assert!(
        broken.is_empty(),
        "built pages, and where they link to nothing (`bash .ci/draw` makes the lists of chapters anew):\n{}",
        broken.join("\n")
    );
}

#[test]
fn no_page_loads_anything_from_another_host() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for (page, html) in build(root, folder.path()).pages {
        let mut loaded = attributes(&html, "[src]", "src");
        loaded.extend(attributes(&html, "link[href]", "href"));
        let foreign: Vec<_> = loaded.iter().filter(|link| link.contains("//")).collect();
        assert!(foreign.is_empty(), "{}: {foreign:?}", page.display());
    }
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir(root.join("src")).unwrap();
    std::fs::write(root.join("book.toml"), "[book]\ntitle = \"Links\"\n").unwrap();
    std::fs::write(root.join("src/SUMMARY.md"), "- [Page](page.md)\n").unwrap();
    let page = "# Page\n\n[good](#page) [no file](none.html) [no id](page.html#none)\n";
    std::fs::write(root.join("src/page.md"), page).unwrap();
    let broken = broken_links(&build(root, &root.join("built")));
    assert!(
        broken.contains(&"page.html: none.html".to_owned()),
        "{broken:?}"
    );
    assert!(
        broken.contains(&"page.html: page.html#none".to_owned()),
        "{broken:?}"
    );
    assert!(
        !broken.contains(&"page.html: #page".to_owned()),
        "{broken:?}"
    );
}
