use anyhow::anyhow;
use std::path::PathBuf;
use std::sync::Mutex;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use runner::Root;

/// The built book. Two folders take turns, so that a page is never asked for while it is being written.
pub struct Book {
    root: Root,
    shown: Mutex<Turn>,
}

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
        let next = match *self.lock() {
            Turn::A => Turn::B,
            Turn::B => Turn::A,
        };
        let folder = self.folder_of(next);
        let build = || {
            let mut config = Config::from_disk(self.root.path().join("book.toml"))?;
            // mdBook would write a page that is missing.
            config.build.create_missing = false;
            let mut book = MDBook::load_with_config(self.root.path(), config)?;
            book.config.build.build_dir = folder;
            book.build()
        };
        build().map_err(|error| {
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
        let folder = self.root.target_dir().join("workbook").join("editor");
        let unpack = || {
            // A book of no pages, with its assets.
            std::fs::create_dir_all(folder.join("src"))?;
            std::fs::write(folder.join("src/SUMMARY.md"), "")?;
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

    /// Under the target folder: what must be writable for cargo is all that must be.
    fn folder_of(&self, turn: Turn) -> PathBuf {
        let name = match turn {
            Turn::A => "book-a",
            Turn::B => "book-b",
        };
        self.root.target_dir().join("workbook").join(name)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Turn> {
        self.shown
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
