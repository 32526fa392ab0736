//! Bars with their names above them and their numbers behind them. Lengths are in percent and text in pixels, so that
//! a plot fills a phone as well as a desk, and its text stays as large as the page's.

use std::fmt::Write;

use crate::html::escaped;

/// Of the whole width, in percent: what the longest bar takes. The rest is for its number.
const WIDEST: f64 = 50.0;
const TITLE: u32 = 22;
const MEASURE: u32 = 20;
const NAME: u32 = 20;
const BAR: u32 = 10;
const PITCH: u32 = 19;
const GAP: u32 = 10;
/// Of a title, a measure or a name: a longer one is cut off on a phone.
const CHARACTERS: usize = 40;

pub struct Panel {
    pub title: String,
    pub measure: String,
    pub reference: Option<f64>,
    pub groups: Vec<Group>,
}

/// The bars of one row of a table.
pub struct Group {
    pub name: String,
    pub is_pitfall: bool,
    pub bars: Vec<Bar>,
}

pub struct Bar {
    value: f64,
    /// The lowest and the highest that was measured.
    spread: Option<(f64, f64)>,
    /// What stands behind the bar.
    pub says: String,
}

impl Bar {
    /// Of a cell: `1.98`, `3.4 x` or `1.98 (1.49 to 2.07)`.
    pub fn of(cell: &str, unit: &str) -> Result<Bar, String> {
        let number = |text: &str| {
            let number = text.trim().parse::<f64>();
            number.map_err(|_| format!("`{cell}` is no number, with or without its range"))
        };
        let (says, range) = match cell.split_once(" (") {
            Some((median, range)) => (median, Some(range.trim_end_matches(')'))),
            None => (cell.strip_suffix(" x").unwrap_or(cell), None),
        };
        let spread = range
            .map(|range| {
                let ends = range.split_once(" to ").unwrap_or((range, range));
                Ok::<_, String>((number(ends.0)?, number(ends.1)?))
            })
            .transpose()?;
        Ok(Bar {
            value: number(says)?,
            spread,
            says: format!("{says} {unit}").trim_end().to_owned(),
        })
    }

    fn farthest(&self) -> f64 {
        self.spread
            .map_or(self.value, |(_, highest)| highest.max(self.value))
    }

    /// Its number stands behind the bar, and behind the `reference`, whose line would cross it.
    fn draw(
        &self,
        svg: &mut String,
        y: u32,
        is_pitfall: bool,
        reference: Option<f64>,
        place: impl Fn(f64) -> f64,
    ) {
        let class = if is_pitfall { "bar pitfall" } else { "bar" };
        let width = place(self.value);
        let _ = writeln!(
            svg,
            "<rect class=\"{class}\" y=\"{y}\" width=\"{width:.1}%\" height=\"{BAR}\"/>"
        );
        // Below the bar: on it, a thin line is hard to see.
        if let Some((lowest, highest)) = self.spread {
            let below = y + BAR + 4;
            let (lowest, highest) = (place(lowest), place(highest));
            line(svg, "spread", [lowest, highest], [below, below]);
            for end in [lowest, highest] {
                line(svg, "spread", [end, end], [below - 2, below + 2]);
            }
        }
        let end = place(self.value.max(reference.unwrap_or_default()));
        let end = format!("{end:.1}%\" dx=\"6");
        text(svg, "number", &end, y + BAR - 1, &self.says);
    }

    /// For a screen reader: with the range, which the drawing shows as a line.
    fn in_words(&self) -> String {
        match self.spread {
            Some((lowest, highest)) => {
                format!("{}, in a range from {lowest} to {highest}", self.says)
            }
            None => self.says.clone(),
        }
    }
}

/// The panels below each other, as an SVG element without an empty line, which would end the HTML in Markdown.
pub fn draw(id: &str, panels: &[Panel]) -> String {
    let mut inner = String::new();
    let mut y = 0;
    for panel in panels {
        y = panel.draw(&mut inner, y) + GAP;
    }
    let titles: Vec<&str> = panels.iter().map(|panel| panel.title.as_str()).collect();
    let words: Vec<String> = panels.iter().map(Panel::in_words).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" width=\"100%\" height=\"{}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{inner}</svg>\n",
        y - GAP,
        escaped(&titles.join("; ")),
        escaped(&words.join(" ")),
    )
}

impl Panel {
    /// Draws below `y`, and says where the panel ends.
    fn draw(&self, svg: &mut String, mut y: u32) -> u32 {
        let names = self.groups.iter().map(|group| &group.name);
        for text in names.chain([&self.title, &self.measure]) {
            let length = text.chars().count();
            assert!(
                length <= CHARACTERS,
                "{text}: {length} characters are too many"
            );
        }
        let bars = || self.groups.iter().flat_map(|group| &group.bars);
        let widest = bars().map(Bar::farthest).fold(0.0, f64::max);
        let place = |value: f64| value / widest * WIDEST;

        y += TITLE;
        text(svg, "title", "0", y - 6, &self.title);
        y += MEASURE;
        text(svg, "measure", "0", y - 6, &self.measure);
        for group in &self.groups {
            y += NAME;
            text(svg, "name", "0", y - 6, &group.name);
            let top = y;
            for bar in &group.bars {
                bar.draw(svg, y, group.is_pitfall, self.reference, place);
                y += PITCH;
            }
            let bottom = y - PITCH + BAR;
            for (class, at) in [("base", Some(0.0)), ("reference", self.reference)] {
                if let Some(at) = at {
                    line(svg, class, [place(at), place(at)], [top - 2, bottom + 2]);
                }
            }
            y = bottom + GAP;
        }
        y
    }

    fn in_words(&self) -> String {
        let groups = self.groups.iter().map(|group| {
            let bars: Vec<String> = group.bars.iter().map(Bar::in_words).collect();
            format!("{}: {}", group.name, bars.join(", "))
        });
        let groups: Vec<String> = groups.collect();
        format!("{}, {}. {}.", self.title, self.measure, groups.join("; "))
    }
}

fn text(svg: &mut String, class: &str, x: &str, y: u32, says: &str) {
    let _ = writeln!(
        svg,
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>",
        escaped(says)
    );
}

fn line(svg: &mut String, class: &str, [x1, x2]: [f64; 2], [y1, y2]: [u32; 2]) {
    let _ = writeln!(
        svg,
        "<line class=\"{class}\" x1=\"{x1:.1}%\" x2=\"{x2:.1}%\" y1=\"{y1}\" y2=\"{y2}\"/>"
    );
}
