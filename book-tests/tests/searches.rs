//! What a page tells a reader to search for finds the exercise's bug, and the same bug in other clothes.

use std::path::Path;

use regex::Regex;

/// The patterns of the `rg` commands in a page's last part, in their order, each with whether it may span lines.
fn searches(page: &str) -> Vec<(Regex, bool)> {
    let text = read(&format!("src/{page}.md"));
    let (_, part) = text
        .split_once("{#in-your-code-base}")
        .expect("the page has its last part");
    let commands = Regex::new(r"`rg ([^`]*)`").unwrap();
    let searches = commands.captures_iter(part).map(|command| {
        let (options, pattern) = command[1].split_once('\'').expect("a quoted pattern");
        let (pattern, more) = pattern.split_once('\'').expect("a quoted pattern");
        let spans_lines = options.contains("-U") || more.contains("-U");
        (Regex::new(pattern).expect(pattern), spans_lines)
    });
    searches.collect()
}

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::read_to_string(root.join(path)).expect(path)
}

fn finds((pattern, spans_lines): &(Regex, bool), code: &str) -> usize {
    match spans_lines {
        true => pattern.find_iter(code).count(),
        false => code.lines().filter(|line| pattern.is_match(line)).count(),
    }
}

#[test]
fn chapter_4_finds_every_lock_and_every_method_that_takes_its_receiver_alone() {
    let searches = searches("ch04-state");
    let [locks, methods] = &searches[..] else {
        panic!("two searches, and not {}", searches.len())
    };
    for lock in [
        "sessions: Mutex<Session>,",
        "session: Mutex<Option<ort::session::Session>>,",
        "model: Arc<Mutex<Box<dyn Backend>>>,",
        "backend: tokio::sync::Mutex<B>,",
        "embedder: RwLock<\n    fastembed::TextEmbedding,\n>,",
    ] {
        assert_eq!(finds(locks, lock), 1, "{lock}");
    }
    let behind_a_lock = read("exercises/ch04-state/wrong/one_mutex_inside.rs");
    assert!(finds(locks, &behind_a_lock) > 0);
    for method in [
        "pub fn infer(&mut self, input_ids: &[i64])",
        "fn start(&mut self) -> Conversation {",
        "pub async fn say<T: Into<Text>>(\n        &mut self,\n        text: T,",
        "fn embed<S>(&'a mut self, texts: S)",
        "fn run<F: Fn(u8) -> Vec<u8>>(&mut self, each: F)",
    ] {
        assert_eq!(finds(methods, method), 1, "{method}");
    }
    assert_eq!(finds(methods, "fn infer(&self, input_ids: &[i64])"), 0);
    let shipped = read("exercises/ch04-state/shipped.rs");
    let found: Vec<&str> = methods
        .0
        .find_iter(&shipped)
        .map(|found| found.as_str())
        .collect();
    let of_the_classifier: Vec<&str> = found
        .iter()
        .filter_map(|found| found.strip_prefix("fn ")?.split('(').next())
        .collect();
    assert_eq!(of_the_classifier, ["run", "infer", "start", "say"]);
}

#[test]
fn chapter_6_finds_every_lock_around_a_tokenizer_and_what_sets_it() {
    let searches = searches("ch06-tokenizer");
    let [locks, settings] = &searches[..] else {
        panic!("two searches, and not {}", searches.len())
    };
    for lock in [
        "tokenizer: Mutex<Tokenizer>,",
        "tokenizer: Arc<RwLock<tokenizers::Tokenizer>>,",
        "tokenizer: tokio::sync::Mutex<Option<Tokenizer>>,",
        "by_model: RwLock<\n    HashMap<String, Tokenizer>,\n>,",
    ] {
        assert_eq!(finds(locks, lock), 1, "{lock}");
    }
    for other in [
        "count: Mutex<usize>,\n    tokenizer: Tokenizer,",
        "fn load(of: &Mutex<Files>) -> Tokenizer {",
    ] {
        assert_eq!(finds(locks, other), 0, "{other}");
    }
    for file in [
        "shipped.rs",
        "wrong/one_mutex.rs",
        "wrong/set_and_restore.rs",
    ] {
        let code = read(&format!("exercises/ch06-tokenizer/{file}"));
        assert!(finds(locks, &code) > 0, "{file}");
    }
    let shipped = read("exercises/ch06-tokenizer/shipped.rs");
    assert_eq!(finds(settings, &shipped), 3);
    assert_eq!(finds(settings, "tokenizer.add_special_tokens(tokens);"), 1);
}
