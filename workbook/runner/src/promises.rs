//! What an exercise promises: the numbered list in its README, the one place where promises stand.

const START: &str = "<!-- ANCHOR: promises -->";
const END: &str = "<!-- ANCHOR_END: promises -->";

/// The promises in their order: the first has the number 1. `Err` says what is wrong, with its line.
pub(crate) fn promises_in(readme: &str) -> Result<Vec<String>, (usize, String)> {
    let mut promises: Vec<String> = Vec::new();
    let marked = readme
        .lines()
        .enumerate()
        .skip_while(|(_, line)| line.trim() != START)
        .skip(1)
        .take_while(|(_, line)| line.trim() != END);
    for (index, line) in marked {
        let text = line.trim();
        let number = text.split_once(". ").and_then(|(number, rest)| {
            let number: usize = number.parse().ok()?;
            (!line.starts_with(' ')).then_some((number, rest))
        });
        let due = promises.len() + 1;
        match number {
            Some((number, rest)) if number == due => promises.push(rest.trim().to_owned()),
            Some((number, _)) => {
                let what = format!("promise {number} stands where {due} is due");
                return Err((index + 1, what));
            }
            None if line.starts_with(' ') => {
                if let Some(promise) = promises.last_mut() {
                    *promise = format!("{promise} {text}");
                }
            }
            None => {}
        }
    }
    if promises.is_empty() {
        let what = format!(
            "there is no promise: write a numbered list, `1. ..`, between `{START}` and `{END}`"
        );
        return Err((readme.lines().count().max(1), what));
    }
    Ok(promises)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_may_run_over_several_lines() {
        let readme = "# A chapter\n\n1. no promise\n\n<!-- ANCHOR: promises -->\n1. Each text\n   is answered.\n2. Once.\n\
                      <!-- ANCHOR_END: promises -->\n3. no promise\n";
        assert_eq!(
            promises_in(readme).unwrap(),
            ["Each text is answered.", "Once."]
        );
    }

    #[test]
    fn a_readme_without_promises_is_told_what_to_write() {
        for readme in [
            "",
            "# A chapter\n\n1. Outside of the marks.\n",
            "<!-- ANCHOR: promises -->\n<!-- ANCHOR_END: promises -->\n",
        ] {
            let (_, what) = promises_in(readme).unwrap_err();
            assert!(
                what.starts_with("there is no promise: write a numbered list"),
                "{what}"
            );
        }
    }

    #[test]
    fn a_wrong_number_is_named_with_its_line() {
        let readme =
            "<!-- ANCHOR: promises -->\n1. One.\n3. Three.\n<!-- ANCHOR_END: promises -->\n";
        let (line, what) = promises_in(readme).unwrap_err();
        assert_eq!(
            (line, what.as_str()),
            (3, "promise 3 stands where 2 is due")
        );
    }
}
