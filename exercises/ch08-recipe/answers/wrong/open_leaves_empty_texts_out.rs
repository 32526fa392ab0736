// breaks 7: rows without a text that `open` is given are dropped

// ANCHOR: store
/// The passages that can be found. Each vector has the name of the recipe that made it.
#[derive(Default)]
pub struct Store {
    rows: Vec<Row>,
}

impl Store {
    /// The store with what was written before.
    pub fn open(rows: Vec<Row>) -> Store {
        let mut rows = rows;
        rows.retain(|row| !row.text.is_empty());
        Store { rows }
    }

    /// What is to be written.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
    // ANCHOR_END: store
}
