//! The searches that the page gives to take home find the bugs that it shows.

use std::fs;
use std::path::Path;

use regex::Regex;

#[test]
fn each_search_of_the_page_finds_a_bug_of_the_chapter() {
    let read = |file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(file);
        fs::read_to_string(path).unwrap().replace("\r\n", "\n")
    };
    let page = read("src/ch05-input-names.md");
    let shipped = read("exercises/ch05-input-names/shipped.rs");
    let found = page.split("`rg ").skip(1).map(|search| {
        let pattern = search.split('\'').nth(1).unwrap();
        // `rg` looks at one line at a time unless it is told otherwise by `-U`.
        let texts: Vec<&str> = if search.starts_with("-U ") {
            vec![&shipped]
        } else {
            shipped.lines().collect()
        };
        let regex = Regex::new(pattern).unwrap();
        let found = texts.iter().find_map(|text| regex.find(text));
        found.map_or(format!("`{pattern}` finds nothing"), |found| {
            found
                .as_str()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            "inputs![i",
            "fn feed( &mut self, shape: [usize; 2], ids: Vec<i64>, mask: Vec<i64",
            "mask = values(\"attention_mask\").map_or",
        ]
    );
}
