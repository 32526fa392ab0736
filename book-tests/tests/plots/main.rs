//! Each chapter's costs as a plot, drawn from the figures that are kept of its bench: what stands in
//! `src/figures/chNN-cost.svg`. What is drawn of them says `benches/cost.toml`, beside the bench.
//! `cargo test -p book-tests --test plots ch04` compares one chapter's.

#[path = "../../../workbook/tests/claims/html.rs"]
mod html;

mod bars;
mod table;

use std::path::Path;
use std::process::ExitCode;

use bars::{Bar, Group, Panel};
use libtest_mimic::{Arguments, Failed, Trial};
use runner::Root;
use serde::Deserialize;
use snapbox::{Data, assert_data_eq};
use table::Table;

/// `benches/cost.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    plot: Vec<Plot>,
}

/// A plot of some columns of a bench's tables.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plot {
    title: String,
    /// What a row is called: its cells by their columns' names, `{batcher}, max_batch {max_batch}`.
    rows: String,
    /// The columns that are drawn, as the bench heads them.
    columns: Vec<String>,
    /// What stands behind a number: `×`, `KiB`.
    #[serde(default)]
    unit: String,
    /// The unit and the side that is better, in words.
    measure: String,
    /// What every number is a multiple of: a line is drawn there.
    reference: Option<f64>,
    /// The rows, by their names, that show the pitfall or a wrong fix.
    #[serde(default)]
    pitfall: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Root::at(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let names = root.names().expect("the chapters' folders are there");
    let trials = names.into_iter().map(|name| {
        let root = root.clone();
        Trial::test(name.clone(), move || {
            is_drawn(&root, &name).map_err(Failed::from)
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn is_drawn(root: &Root, name: &str) -> Result<(), String> {
    let short = name.split('-').next().unwrap_or(name);
    let read = |file: &str| {
        let text = std::fs::read_to_string(root.path().join(file));
        let text = text.map_err(|error| format!("{file}: {error}"))?;
        Ok::<_, String>(text.replace("\r\n", "\n"))
    };
    let file = format!("solutions/{name}/benches/cost.toml");
    let spec: Spec = toml::from_str(&read(&file)?).map_err(|error| format!("{file}: {error}"))?;
    let output = format!("src/output/{short}-cost.txt");
    let tables = Table::all(&read(&output)?).map_err(|problem| format!("{output}: {problem}"))?;
    let panels: Result<Vec<Panel>, String> =
        spec.plot.iter().map(|plot| plot.panel(&tables)).collect();
    let panels = panels.map_err(|problem| format!("{file}: {problem}: {output} has the tables"))?;
    let drawn = bars::draw(&format!("{short}-cost"), &panels);
    let kept = root.path().join(format!("src/figures/{short}-cost.svg"));
    assert_data_eq!(drawn, Data::read_from(&kept, None).raw());
    Ok(())
}

impl Plot {
    fn panel(&self, tables: &[Table]) -> Result<Panel, String> {
        let is_drawn = |table: &&Table| {
            let names_rows = |column: &String| self.rows.contains(&format!("{{{column}}}"));
            table.head.iter().any(names_rows)
                && self.columns.iter().all(|name| table.column(name).is_some())
        };
        let table = tables.iter().find(is_drawn).ok_or_else(|| {
            let Plot { rows, columns, .. } = self;
            format!("no table has rows `{rows}` and columns {columns:?}")
        })?;
        let groups: Result<Vec<Group>, String> = table
            .rows
            .iter()
            .map(|row| self.group(table, row))
            .collect();
        let groups = groups?;
        if let Some(unknown) = self
            .pitfall
            .iter()
            .find(|name| groups.iter().all(|group| group.name != **name))
        {
            return Err(format!("no row is called `{unknown}`"));
        }
        Ok(Panel {
            title: self.title.clone(),
            measure: self.measure.clone(),
            reference: self.reference,
            groups,
        })
    }

    fn group(&self, table: &Table, row: &[String]) -> Result<Group, String> {
        let cells = table.head.iter().zip(row);
        let name = cells.fold(self.rows.clone(), |name, (column, cell)| {
            name.replace(&format!("{{{column}}}"), cell)
        });
        let bars: Result<Vec<Bar>, String> = self
            .columns
            .iter()
            .map(|column| {
                let cell = &row[table.column(column).expect("the table has it")];
                let mut bar = Bar::of(cell, &self.unit)?;
                if self.columns.len() > 1 {
                    bar.says += &format!(" · {column}");
                }
                Ok(bar)
            })
            .collect();
        Ok(Group {
            is_pitfall: self.pitfall.contains(&name),
            bars: bars?,
            name,
        })
    }
}
