use runner::{Chapter, Root};

/// A chapter's page as its author writes it.
pub struct Page {
    pub chapter: Chapter,
    /// Its path as a reader writes it: `src/ch03-batching.md`.
    pub file: String,
    pub text: String,
}

/// What is to be mended: each names the file, the line, what is missing and what to write.
pub type Problems = Vec<String>;

/// A part of the page, from its heading to the next one.
pub struct Part<'a> {
    page: &'a Page,
    pub text: &'a str,
}

impl Page {
    pub fn read(root: &Root, chapter: Chapter) -> Result<Page, String> {
        let file = format!("src/{}.md", chapter.name);
        let text = std::fs::read_to_string(root.path().join(&file)).map_err(|error| {
            format!(
                "{file}: {error}: write the page, with the parts that src/ch01-precision.md has"
            )
        })?;
        Ok(Page {
            chapter,
            file,
            text: text.replace("\r\n", "\n"),
        })
    }

    /// Whether `cargo workbook new` made what stands below the heading, and nobody has changed it.
    pub fn is_as_made(&self, root: &Root) -> bool {
        let template = std::fs::read_to_string(root.path().join("workbook/template/src/NAME.md"));
        let made = template.unwrap_or_default().replace("\r\n", "\n");
        let made = made
            .replace("NAME", &self.chapter.name)
            .replace("SHORT", self.chapter.short());
        let below = |page: &str| page.split_once('\n').map(|(_, below)| below.to_owned());
        below(&self.text) == below(&made)
    }

    /// `what` with the line on which `place` stands, which is a part of the page's text.
    pub fn at(&self, place: &str, what: &str) -> String {
        let start = place
            .as_ptr()
            .addr()
            .wrapping_sub(self.text.as_ptr().addr());
        let before = self.text.get(..start).unwrap_or_default();
        format!("{}:{}: {what}", self.file, before.matches('\n').count() + 1)
    }

    pub fn part(&self, anchor: &str) -> Result<Part<'_>, Problems> {
        let missing = || vec![format!("{}: there is no part `{{#{anchor}}}`", self.file)];
        let mark = format!("{{#{anchor}}}\n");
        let start = self.text.find(&mark).ok_or_else(missing)?;
        let rest = &self.text[start + mark.len()..];
        let text = rest.split("\n## ").next().unwrap_or(rest);
        Ok(Part { page: self, text })
    }

    /// The paths that the page includes, each with what stands behind its colon.
    pub fn includes(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        includes(&self.text)
    }
}

impl Part<'_> {
    /// A problem unless `is_there`; `what` says what is missing and what to write.
    pub fn wants(&self, is_there: bool, what: &str) -> Option<String> {
        (!is_there).then(|| self.page.at(self.text, what))
    }

    pub fn includes(&self, path: &str) -> bool {
        includes(self.text).any(|(included, _)| included == path)
    }
}

fn includes(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let inner = text.split("{{#include ").skip(1);
    inner
        .filter_map(|rest| rest.split_once("}}"))
        .map(|(path, _)| match path.trim().split_once(':') {
            Some((path, part)) => (path, Some(part)),
            None => (path.trim(), None),
        })
}
