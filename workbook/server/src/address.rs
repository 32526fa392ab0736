use std::path::PathBuf;

use common::key::Key;

/// Where the book is, and the way of its reader into it.
#[derive(Debug, Clone)]
pub struct Address {
    /// With a slash at its end.
    pub url: String,
    /// What lets a browser in.
    pub key: Key,
    /// Where the page is written that leads a browser in. Not in a hidden folder: a browser in a sandbox reads none.
    pub folder: PathBuf,
}

impl Address {
    /// The address of a page, such as `page.html`, with the key.
    pub fn of(&self, page: &str) -> String {
        self.key.opens(&format!("{}{page}", self.url))
    }

    /// Opens a page in the browser, and says so, or that none could be opened.
    pub fn open(&self, page: &str) -> String {
        let opened = self.way_in(page).and_then(open::that_detached);
        match opened {
            Ok(()) => format!("Opened {}{page}", self.url),
            Err(_) => format!(
                "No browser could be opened: open {} yourself",
                self.of(page)
            ),
        }
    }

    /// What the browser is started with. Every user of a machine sees the arguments of every program: the address with the
    /// key stands in a file that only this user reads. In a Codespace there is no other user, and the browser, on another
    /// machine, has no such file.
    #[cfg(unix)]
    fn way_in(&self, page: &str) -> std::io::Result<String> {
        use common::key::{create_private, page_that_opens};
        use std::io::Write;
        if std::env::var_os("CODESPACES").is_some() {
            return Ok(self.of(page));
        }
        std::fs::create_dir_all(&self.folder)?;
        let file = self.folder.join("open.html");
        let _ = std::fs::remove_file(&file);
        let opens = page_that_opens(&self.of(page));
        create_private(&file)?.write_all(opens.as_bytes())?;
        Ok(file.display().to_string())
    }

    /// What the browser is started with: no other user sees it.
    #[cfg(not(unix))]
    fn way_in(&self, page: &str) -> std::io::Result<String> {
        Ok(self.of(page))
    }
}
