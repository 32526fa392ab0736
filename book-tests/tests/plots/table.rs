/// A table that a bench prints: two blanks or more stand between its columns.
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The tables of what a bench printed, below the line of its command. A line alone above a table's head says what was
    /// measured, and an empty line ends a table.
    pub fn all(printed: &str) -> Result<Vec<Table>, String> {
        let (_, printed) = printed.split_once('\n').unwrap_or_default();
        printed.split("\n\n").map(Table::read).collect()
    }

    fn read(text: &str) -> Result<Table, String> {
        let mut rows: Vec<Vec<String>> = text.lines().map(cells).collect();
        if rows.first().is_some_and(|first| first.len() == 1) {
            rows.remove(0);
        }
        if rows.is_empty() {
            return Err(format!("this is no table: {text}"));
        }
        let head = rows.remove(0);
        match rows.iter().find(|row| row.len() != head.len()) {
            Some(row) => Err(format!("{row:?} does not fit under {head:?}")),
            None => Ok(Table { head, rows }),
        }
    }

    pub fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|column| column == name)
    }
}

fn cells(line: &str) -> Vec<String> {
    let parts = line.split("  ").map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(String::from)
        .collect()
}
