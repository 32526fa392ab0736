use anyhow::anyhow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use runner::Root;

/// The built book. Two folders take turns, so that a page is never asked for while it is being written.
pub struct Book {
    root: Root,
    shown: Mutex<Turn>,
}

/// What the search of the book knows: to make it takes most of a build.
const INDEX: &str = "searchindex.js";

#[derive(Clone, Copy)]
enum Turn {
    A,
    B,
}

impl Book {
    /// The book of the workbook at `root`; `build` must succeed once before it is shown.
    pub fn new(root: &Root) -> Book {
        Book {
            root: root.clone(),
            shown: Mutex::new(Turn::B),
        }
    }

    /// The folder of the last build that succeeded.
    pub fn folder(&self) -> PathBuf {
        self.folder_of(*self.lock())
    }

    /// Builds the book and shows it. The one shown before stays if this fails.
    pub fn build(&self) -> anyhow::Result<()> {
        self.build_with(|_| Ok(()), |_| Ok(()))
    }

    /// Builds the pages, and takes the index of the search from the book shown before, in a third of the time. Until the next
    /// [`Book::build`] the search knows the old words.
    pub fn build_pages(&self) -> anyhow::Result<()> {
        let shown = self.folder().join(INDEX);
        let nothing = BTreeMap::from([("", BTreeMap::from([("enable", false)]))]);
        self.build_with(
            |config| config.set("output.html.search.chapter", nothing),
            |built| Ok(fs::copy(shown, built.join(INDEX)).map(drop)?),
        )
    }

    fn build_with(
        &self,
        configure: impl FnOnce(&mut Config) -> mdbook_driver::errors::Result<()>,
        finish: impl FnOnce(&Path) -> mdbook_driver::errors::Result<()>,
    ) -> anyhow::Result<()> {
        let next = match *self.lock() {
            Turn::A => Turn::B,
            Turn::B => Turn::A,
        };
        let folder = self.folder_of(next);
        let build = || {
            let mut config = Config::from_disk(self.root.path().join("book.toml"))?;
            // mdBook would write a page that is missing.
            config.build.create_missing = false;
            // The server has a browser ask each time: a name need not change with what the file holds.
            config.set("output.html.hash-files", false)?;
            configure(&mut config)?;
            let mut book = MDBook::load_with_config(self.root.path(), config)?;
            book.config.build.build_dir = folder.clone();
            book.build()?;
            finish(&folder)
        };
        build().map_err(|error: mdbook_driver::errors::Error| {
            let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
            anyhow!(
                "the book does not build: {}",
                causes.join(": ").replace('\n', " ")
            )
        })?;
        *self.lock() = next;
        Ok(())
    }

    /// Writes the code editor that mdBook ships, and returns its folder. No page of the book loads it by
    /// itself: it is as large as the book.
    pub fn unpack_editor(&self) -> anyhow::Result<PathBuf> {
        let folder = self.site().join("editor");
        let unpack = || {
            // A book of no pages, with its assets.
            fs::create_dir_all(folder.join("src"))?;
            fs::write(folder.join("src/SUMMARY.md"), "")?;
            let mut config = Config::default();
            config.set("output.html.playground.editable", true)?;
            config.set("output.html.hash-files", false)?;
            MDBook::load_with_config(&folder, config)?.build()
        };
        unpack().map_err(|error: mdbook_driver::errors::Error| {
            anyhow!("cannot unpack the editor: {error}")
        })?;
        Ok(folder.join("book"))
    }

    /// Not under the target folder, which `cargo clean` sweeps while the book is read.
    fn site(&self) -> PathBuf {
        self.root.state_dir().join("site")
    }

    fn folder_of(&self, turn: Turn) -> PathBuf {
        let name = match turn {
            Turn::A => "book-a",
            Turn::B => "book-b",
        };
        self.site().join(name)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Turn> {
        self.shown
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
