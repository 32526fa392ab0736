//! Where something stands in a text, in lines and columns, and what is told of it there.

use std::ops::Range;

use serde::Serialize;

use crate::finding::Finding;
use crate::rule::Confidence;

/// A piece of a text, with the lines that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its first line, from 1.
    pub line: usize,
    /// The column that it begins at, from 1, in characters.
    pub column: usize,
    /// Its last line.
    pub end_line: usize,
    /// The column after its end.
    pub end_column: usize,
    /// The whole of its lines.
    pub lines: String,
    /// Its bytes among those of its lines.
    pub within: Range<usize>,
}

impl Place {
    /// Of these bytes of a text.
    pub fn of(text: &str, at: Range<usize>) -> Place {
        let start = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at.end..]
            .find('\n')
            .map_or(text.len(), |length| at.end + length);
        let last = text[..at.end].rfind('\n').map_or(0, |end| end + 1);
        let line = line(text, at.start);
        Place {
            line,
            column: text[start..at.start].chars().count() + 1,
            end_line: line + text[at.clone()].matches('\n').count(),
            end_column: text[last..at.end].chars().count() + 1,
            lines: text[start..end].to_owned(),
            within: at.start - start..at.end - start,
        }
    }

    /// The first of its lines, without the spaces around it, and of a very long one the beginning.
    pub fn first_line(&self) -> String {
        let line = self.lines.lines().next().unwrap_or_default().trim();
        line.chars().take(200).collect()
    }
}

/// The line of a byte, from 1.
pub fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// A finding as programs read it. Lines and columns count from 1, columns in characters; the end column is the one after the
/// last character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    id: &'static str,
    chapter: &'static str,
    confidence: Confidence,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: String,
    finds: &'static str,
    why: &'static str,
    page: String,
}

impl Told {
    /// What is told of a finding in a text.
    pub fn of(finding: &Finding, place: &Place) -> Told {
        let rule = finding.rule;
        Told {
            id: rule.id,
            chapter: rule.chapter(),
            confidence: rule.confidence,
            line: place.line,
            column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
            label: finding.label.clone(),
            finds: rule.finds,
            why: rule.why,
            page: rule.page(),
        }
    }
}

#[cfg(test)]
mod test {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_are_whole() {
        let text = "a\n  é = «x\n  y»;\nb\n";
        let start = text.find('«').unwrap();
        let end = text.find(';').unwrap();
        let place = Place::of(text, start..end);
        assert_eq!((place.line, place.column), (2, 7));
        assert_eq!((place.end_line, place.end_column), (3, 5));
        assert_eq!(place.lines, "  é = «x\n  y»;");
        assert_eq!(&place.lines[place.within], "«x\n  y»");
    }
}
