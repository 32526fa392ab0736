//! What the threads of a check cannot bring about at will: that one request counts between the load and the
//! store of another.

const CODE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs"));

/// The line that stores to the atomic which `served` loads, and that atomic's name.
pub fn store_to_the_count() -> Option<(usize, &'static str)> {
    let body = CODE.split_once("fn served(")?.1;
    let name = body[..body.find("\n    }")?].split_once(".load(")?.0;
    let name = name
        .rsplit(|c: char| c != '_' && !c.is_alphanumeric())
        .next()?;
    let line = CODE.lines().position(|line| {
        let code = line.split("//").next().unwrap_or_default();
        code.contains(&format!("{name}.store("))
    })?;
    Some((line + 1, name))
}
