//! The chapters and checks that the board has a place for: those of the instructor's own workbook.

use runner::Root;

/// Every chapter in the book's order.
pub struct Outline(pub Vec<Chapter>);

/// One chapter.
pub struct Chapter {
    /// `chNN-name`.
    pub name: String,
    /// As its page is called.
    pub title: String,
    /// What it is about, in the words that people search for.
    pub subject: String,
    /// The checks' names, in the order in which a learner should meet them.
    pub checks: Vec<String>,
}

impl Outline {
    /// Reads it from the workbook.
    pub fn of(root: &Root) -> anyhow::Result<Outline> {
        let chapters = root.names()?.into_iter().map(|name| {
            let chapter = root.chapter(&name)?;
            Ok(Chapter {
                checks: chapter.check_names(),
                title: chapter.heading(),
                subject: chapter.manifest.subject,
                name,
            })
        });
        chapters.collect::<Result<_, _>>().map(Outline)
    }

    /// The chapter of this name.
    pub fn chapter(&self, name: &str) -> Option<&Chapter> {
        self.0.iter().find(|chapter| chapter.name == name)
    }
}
