use std::collections::BTreeSet;
use std::fmt;

/// Rows that a table shows at most: the last ones, for that is where a scene went wrong.
const ROWS: usize = 16;

/// What was recorded of a scene.
///
/// Displayed as a table of its last 16 steps; as JSON it has all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// Who takes part, in the order in which they first did something.
    pub lanes: Vec<String>,
    /// What they did, in order.
    pub steps: Vec<Step>,
    /// Who waits for whom at the end.
    pub waits: Vec<Wait>,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When, with its unit: `12 ms`. Absent where only the order counts.
    pub at: Option<String>,
    /// Who: `client 1`.
    pub lane: String,
    /// What: `calls infer`.
    pub what: String,
}

/// One waits for another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wait {
    /// Who waits.
    pub who: String,
    /// For whom.
    pub whom: String,
}

impl Trace {
    /// The waits that form a circle, in order: the last one is for the first. Empty if there is none.
    pub fn circle(&self) -> Vec<&Wait> {
        self.waits
            .iter()
            .find_map(|first| self.way_back(first, &mut vec![first], &mut BTreeSet::new()))
            .unwrap_or_default()
    }

    /// Follows `path` from its last wait until somebody waits for the first.
    fn way_back<'a>(
        &'a self,
        first: &Wait,
        path: &mut Vec<&'a Wait>,
        visited: &mut BTreeSet<&'a Wait>,
    ) -> Option<Vec<&'a Wait>> {
        let last = *path.last()?;
        if last.whom == first.who {
            return Some(path.clone());
        }
        for next in self.waits.iter().filter(|wait| wait.who == last.whom) {
            if visited.insert(next) {
                path.push(next);
                if let Some(circle) = self.way_back(first, path, visited) {
                    return Some(circle);
                }
                path.pop();
            }
        }
        None
    }

    /// The waits in words, each once: `a waits for b, and b waits for a`. Empty if nobody waits.
    pub fn waits_in_words(&self) -> String {
        let waits: BTreeSet<&Wait> = self.waits.iter().collect();
        let waits: Vec<String> = waits.into_iter().map(Wait::to_string).collect();
        waits.join(", and ")
    }

    /// As JSON: `{"lanes":["client 1"],"steps":[{"at":"0 ms","lane":"client 1","what":"asks"}],"waits":[]}`.
    pub fn to_json(&self) -> String {
        let steps = self.steps.iter().map(|Step { at, lane, what }| {
            let at = at.as_ref();
            let at = at.map_or(String::new(), |at| format!("\"at\":{},", in_json(at)));
            let (lane, what) = (in_json(lane), in_json(what));
            format!("{{{at}\"lane\":{lane},\"what\":{what}}}")
        });
        let waits = self.waits.iter().map(|Wait { who, whom }| {
            let (who, whom) = (in_json(who), in_json(whom));
            format!("{{\"who\":{who},\"for\":{whom}}}")
        });
        format!(
            "{{\"lanes\":[{}],\"steps\":[{}],\"waits\":[{}]}}",
            joined(self.lanes.iter().map(|lane| in_json(lane))),
            joined(steps),
            joined(waits)
        )
    }

    /// Writes the JSON to the file that the environment variable `CHECK_TRACE` names, if it is set and there are steps. A file
    /// that cannot be written is told on stderr: the failure of the check matters more.
    pub fn write(&self) {
        if !self.steps.is_empty()
            && let Some(file) = std::env::var_os("CHECK_TRACE")
            && let Err(error) = std::fs::write(&file, self.to_json())
        {
            eprintln!("CHECK_TRACE={}: {error}", file.display());
        }
    }

    /// How the table's first column is headed, and what stands in it for each step.
    fn first_column(&self) -> (&'static str, Vec<String>) {
        if self.steps.iter().any(|step| step.at.is_some()) {
            let at = |step: &Step| step.at.clone().unwrap_or_default();
            ("at", self.steps.iter().map(at).collect())
        } else {
            let numbers = 1..=self.steps.len();
            ("step", numbers.map(|number| number.to_string()).collect())
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(",")
}

/// The text as a JSON string.
fn in_json(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        '\0'..='\x1f' => format!("\\u{:04x}", u32::from(c)),
        _ => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, column) = self.first_column();
        let width = |texts: &mut dyn Iterator<Item = &str>| texts.map(|t| t.chars().count()).max();
        let first = width(&mut column.iter().map(String::as_str));
        let first = first.unwrap_or(0).max(head.len());
        let who = width(&mut self.steps.iter().map(|step| step.lane.as_str()));
        let who = who.unwrap_or(0).max("who".len());
        let left_out = self.steps.len().saturating_sub(ROWS);
        if left_out > 0 {
            writeln!(f, "(without the first {left_out} steps)")?;
        }
        write!(f, "{head:first$}  {:who$}  does", "who")?;
        for (at, step) in column.iter().zip(&self.steps).skip(left_out) {
            write!(f, "\n{at:first$}  {:who$}  {}", step.lane, step.what)?;
        }
        Ok(())
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} waits for {}", self.who, self.whom)
    }
}
