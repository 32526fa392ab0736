// breaks 7: of the rows that `open` is given those are dropped whose text came before

// ANCHOR: store
/// The passages that can be found. Each vector has the name of the recipe that made it.
#[derive(Default)]
pub struct Store {
    rows: Vec<Row>,
}

impl Store {
    /// The store with what was written before.
    pub fn open(rows: Vec<Row>) -> Store {
        let mut store = Store::default();
        for row in rows {
            if store.rows.iter().all(|known| known.text != row.text) {
                store.rows.push(row);
            }
        }
        store
    }

    /// What is to be written.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
    // ANCHOR_END: store
}
