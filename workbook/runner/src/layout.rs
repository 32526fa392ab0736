use std::path::PathBuf;

use crate::compile::Package;

/// Where a chapter's crate stands.
pub(crate) struct Layout {
    /// The folder of the workspace that it is compiled in.
    pub workspace: PathBuf,
    /// The crate's folder inside the workspace.
    pub folder: String,
    /// The crate's name.
    pub name: String,
}

impl Layout {
    /// The crate's folder.
    pub(crate) fn package_folder(&self) -> PathBuf {
        self.workspace.join(&self.folder)
    }

    /// The crate as cargo knows it.
    pub(crate) fn package(&self) -> Package<'_> {
        Package {
            name: &self.name,
            folder: &self.folder,
        }
    }
}
