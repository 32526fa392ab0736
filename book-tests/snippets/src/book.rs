use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem};
use mdbook_driver::builtin_renderers::MarkdownRenderer;
use mdbook_driver::config::Config;
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

/// The workbook's folder: the one that holds `book.toml`.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap_or(package).to_owned()
}

/// Loads the book at `root` as `mdbook build` does, but makes no page that is missing.
pub fn load(root: &Path) -> Result<MDBook> {
    let mut config = Config::from_disk(root.join("book.toml"))?;
    config.build.create_missing = false;
    MDBook::load_with_config(root, config)
}

/// Every page's path inside `src/` and its text.
fn pages(book: &Book) -> Vec<(String, String)> {
    book.iter()
        .filter_map(|item| match item {
            BookItem::Chapter(chapter) => {
                let path = chapter.path.as_ref()?.display().to_string();
                Some((path.replace('\\', "/"), chapter.content.clone()))
            }
            _ => None,
        })
        .collect()
}

/// A Rust block of a page.
#[derive(Debug, Clone)]
pub struct Block {
    /// The page's path inside `src/`.
    pub page: String,
    /// The line of the page on which the block's fence stands.
    pub line: usize,
    /// What stands behind `rust` on the fence: `ignore`, `should_panic` and so on.
    pub words: Vec<String>,
    /// The block as the page's file has it.
    pub written: String,
    /// The block with its includes in their places: what is compiled.
    pub text: String,
}

/// Every Rust block of the book at `root`, found by the parser that mdbook itself uses.
pub fn blocks(root: &Path) -> Result<Vec<Block>> {
    let book = load(root)?;
    let (with_includes, _) = book.preprocess_book(&MarkdownRenderer::new())?;
    let mut blocks = Vec::new();
    for ((page, written), (_, expanded)) in pages(&book.book).into_iter().zip(pages(&with_includes))
    {
        // mdbook logs an include of a missing file and goes on.
        if let Some(lost) = expanded.lines().find(|line| line.contains("{{#")) {
            bail!("src/{page}: this include finds no file: {lost}");
        }
        blocks.extend(blocks_of_page(&page, &written, &expanded)?);
    }
    Ok(blocks)
}

fn blocks_of_page(page: &str, written: &str, expanded: &str) -> Result<Vec<Block>> {
    let in_file = fenced(page, written)?;
    // A block in a list ends with the first line of an include that is not indented as the list is.
    let broken = || format!("src/{page} with its includes in their places: is one inside a list?");
    let in_book = fenced(page, expanded).with_context(broken)?;
    ensure!(
        in_file.len() == in_book.len(),
        "{}: {} code blocks, and {} in the file",
        broken(),
        in_book.len(),
        in_file.len()
    );
    let blocks: Vec<Block> = in_file
        .into_iter()
        .zip(in_book)
        .filter(|(fence, _)| fence.is_rust)
        .map(|(fence, with_includes)| Block {
            page: page.to_owned(),
            line: fence.line,
            words: fence.words,
            written: fence.text,
            text: with_includes.text,
        })
        .collect();
    // A fence inside an HTML block without a blank line before it is no code block to Markdown, and
    // nobody would ever compile it.
    let fences = written.lines().filter(|line| is_rust_fence(line)).count();
    ensure!(
        fences == blocks.len(),
        "src/{page}: {fences} lines open a Rust block, but Markdown sees {} Rust blocks: a blank line is \
         missing before one of them",
        blocks.len()
    );
    Ok(blocks)
}

fn is_rust_fence(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '>']);
    let info = line.trim_start_matches(['`', '~']);
    line.len() - info.len() >= 3 && info.trim_start().starts_with("rust")
}

struct Fence {
    line: usize,
    is_rust: bool,
    words: Vec<String>,
    text: String,
}

/// What a Rust block's fence may say besides `rust`. Keeper takes no notice of any other word, so that a
/// slip of the pen would change what is proved.
const WORDS: [&str; 4] = ["compile_fail", "ignore", "no_run", "should_panic"];

fn fenced(page: &str, text: &str) -> Result<Vec<Fence>> {
    let mut fences: Vec<Fence> = Vec::new();
    let mut is_open = false;
    for (event, range) in new_cmark_parser(text, &MarkdownOptions::default()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let line = text[..range.start].matches('\n').count() + 1;
                let at = || format!("src/{page}:{line}");
                let CodeBlockKind::Fenced(info) = kind else {
                    bail!("{}: an indented code block has no language: fence it", at());
                };
                let mut words = info.split([',', ' ']).filter(|word| !word.is_empty());
                let language = words.next().with_context(|| {
                    format!(
                        "{}: a code block without a language: `text` if it has none",
                        at()
                    )
                })?;
                ensure!(
                    language != "rs" && !WORDS.contains(&language),
                    "{}: write `rust` first: ```{info}",
                    at()
                );
                let is_rust = language == "rust";
                let words: Vec<String> = words.map(str::to_owned).collect();
                if is_rust
                    && let Some(word) = words.iter().find(|word| !WORDS.contains(&word.as_str()))
                {
                    bail!(
                        "{}: `{word}` says nothing here, only {}",
                        at(),
                        WORDS.join(", ")
                    );
                }
                is_open = true;
                fences.push(Fence {
                    line,
                    is_rust,
                    words,
                    text: String::new(),
                });
            }
            Event::Text(part) if is_open => {
                if let Some(fence) = fences.last_mut() {
                    fence.text.push_str(&part);
                }
            }
            Event::End(TagEnd::CodeBlock) => is_open = false,
            _ => {}
        }
    }
    Ok(fences)
}

impl Block {
    /// Page and line, as an editor finds it.
    pub fn at(&self) -> String {
        format!("src/{}:{}", self.page, self.line)
    }

    /// Whether the fence says `word`.
    pub fn says(&self, word: &str) -> bool {
        self.words.iter().any(|said| said == word)
    }

    /// The block's first line that a reader sees, to recognise it by.
    pub fn first_line(&self) -> &str {
        let mut lines = self.text.lines().map(str::trim);
        let shown = |line: &&str| !line.is_empty() && *line != "#" && !line.starts_with("# ");
        lines.find(shown).unwrap_or_default()
    }

    /// Refuses an `ignore`, but where the block holds nothing but includes of files that are compiled
    /// where they stand: of an exercise, a wrong fix or a solution.
    pub fn may_be_ignored(&self) -> Result<()> {
        let compiled = ["{{#include ../exercises/ch", "{{#include ../solutions/ch"];
        let lines = self.written.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty()) {
            ensure!(
                compiled.iter().any(|start| line.starts_with(start)) && line.ends_with("}}"),
                "{}: `ignore` is only for includes of ../exercises and ../solutions, and here stands: {line}",
                self.at()
            );
        }
        // mdbook puts nothing in the place of an anchor that is not in the file.
        ensure!(
            !self.text.trim().is_empty(),
            "{}: nothing stands in this block",
            self.at()
        );
        Ok(())
    }
}
