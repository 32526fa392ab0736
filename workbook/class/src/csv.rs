//! The class as a table for a spreadsheet.

use std::io::{self, Write};

use rusqlite::Connection;

/// A line for each verdict, in UTC; a chapter that does not compile has one without a check, and a learner
/// who has begun nothing has one without a chapter.
const LINES: &str = "
    WITH line AS (
        SELECT learner, chapter, check_name, verdict, since FROM verdict
        UNION ALL
        SELECT learner, chapter, '', 'does-not-compile', since FROM chapter WHERE NOT compiles
    )
    SELECT name, ifnull(chapter, ''), ifnull(check_name, ''), ifnull(verdict, ''),
        ifnull(strftime('%Y-%m-%dT%H:%M:%SZ', since / 1000, 'unixepoch'), ''),
        strftime('%Y-%m-%dT%H:%M:%SZ', seen / 1000, 'unixepoch')
    FROM present LEFT JOIN line ON line.learner = present.id
    ORDER BY name, chapter, check_name";

/// Writes every verdict of the class.
pub fn write(connection: &Connection, to: &mut impl Write) -> io::Result<()> {
    let failed = io::Error::other::<rusqlite::Error>;
    write!(to, "learner,chapter,check,verdict,since,last_seen\r\n")?;
    let mut query = connection.prepare(LINES).map_err(failed)?;
    let mut rows = query.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let cells = (0..6).map(|column| row.get(column).map(|text: String| cell(&text)));
        let cells: Vec<String> = cells.collect::<Result<_, _>>().map_err(failed)?;
        write!(to, "{}\r\n", cells.join(","))?;
    }
    Ok(())
}

/// Quoted; what a spreadsheet would take for a formula gets an apostrophe, so that it stays text.
fn cell(text: &str) -> String {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let apostrophe = if is_formula { "'" } else { "" };
    format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_name_with_commas_and_quotes_is_one_cell() {
        assert_eq!(cell("Ada, \"the first\""), r#""Ada, ""the first""""#);
    }

    #[test]
    fn what_a_spreadsheet_would_run_stays_text() {
        for name in ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")"] {
            assert!(cell(name).starts_with("\"'"), "{name}");
        }
        assert_eq!(cell("Ada-Lovelace"), "\"Ada-Lovelace\"");
    }
}
