//! Which recipes have one fingerprint, and which have two.

use std::collections::{HashMap, HashSet};
use std::env;
use std::process::Command;

use checks::{Failure, caught, counted};

use crate::recipe::Recipe;

const OF_A_VECTOR: &str = "A stored vector is known by this name alone: under it, vectors that mean other things pass for the same.";
const OF_A_STORE: &str = "A store that was written yesterday would be refused today.";

fn print(recipe: &Recipe) -> Result<String, Failure> {
    caught(|| recipe.fingerprint()).map_err(|panic| {
        let why = "A recipe is a name, two prefixes and two choices, whatever they are.";
        let seen = format!("`fingerprint` of {} panics: {panic}", shown(recipe));
        Failure::new(seen, "a name", why).of_promise(6)
    })
}

/// Equal recipes have one, others have two.
pub fn tell([one, other]: &[Recipe; 2]) -> Result<(), Failure> {
    let prints = [print(one)?, print(other)?];
    match (one == other, prints[0] == prints[1]) {
        (true, true) | (false, false) => Ok(()),
        (false, true) => Err(is_shared(&prints[0], one, other)),
        (true, false) => Err(Failure::new(
            format!("two fingerprints for {}: {prints:?}", shown(one)),
            "one",
            OF_A_STORE,
        )
        .of_promise(6)),
    }
}

/// No two of many recipes have one.
pub fn all_differ(recipes: &[Recipe]) -> Result<(), Failure> {
    let mut asked = HashSet::new();
    let mut known: HashMap<String, &Recipe> = HashMap::new();
    for recipe in recipes {
        if !asked.insert(recipe) {
            continue;
        }
        let print = print(recipe)?;
        if let Some(other) = known.get(&print) {
            return Err(is_shared(&print, recipe, other));
        }
        known.insert(print, recipe);
    }
    Ok(())
}

fn is_shared(print: &str, one: &Recipe, other: &Recipe) -> Failure {
    let seen = format!(
        "one fingerprint, {:?}, for {} and for {}",
        start_of(print),
        shown(one),
        shown(other)
    );
    Failure::new(seen, "two", OF_A_VECTOR).of_promise(6)
}

fn shown(recipe: &Recipe) -> String {
    let Recipe {
        model,
        query_prefix,
        passage_prefix,
        pooling,
        normalize,
    } = recipe;
    let [model, query_prefix, passage_prefix] = [model, query_prefix, passage_prefix].map(|part| {
        let start = start_of(part);
        match part.len() - start.len() {
            0 => format!("{part:?}"),
            more => format!("{start:?} and {} more", counted(more, "byte", "bytes")),
        }
    });
    format!(
        "Recipe {{ model: {model}, query_prefix: {query_prefix}, passage_prefix: {passage_prefix}, pooling: {pooling:?}, \
         normalize: {normalize} }}"
    )
}

fn start_of(text: &str) -> &str {
    const MOST: usize = 300;
    &text[..text.floor_char_boundary(MOST)]
}

/// One part of a recipe.
pub type Part = fn(&mut Recipe) -> &mut String;

pub const PARTS: [Part; 3] = [
    |recipe| &mut recipe.model,
    |recipe| &mut recipe.query_prefix,
    |recipe| &mut recipe.passage_prefix,
];

/// Recipes whose parts are made of these letters, up to two of them, two parts at a time.
pub fn of_letters(recipe: &Recipe, letters: &[&str]) -> Vec<Recipe> {
    let pairs = letters
        .iter()
        .flat_map(|one| letters.iter().map(move |other| format!("{one}{other}")));
    let alone = letters.iter().map(|letter| (*letter).to_owned());
    let words: Vec<String> = alone.chain(pairs).chain([String::new()]).collect();
    let mut recipes = Vec::new();
    for [first, second] in [[PARTS[0], PARTS[1]], [PARTS[1], PARTS[2]]] {
        for one in &words {
            for other in &words {
                let mut made = recipe.clone();
                one.clone_into(first(&mut made));
                other.clone_into(second(&mut made));
                recipes.push(made);
            }
        }
    }
    recipes
}

/// Tries to move the border between two parts: what stands between them in the fingerprint is spelled by a part.
pub fn no_part_spells_the_border(recipe: &Recipe) -> Result<(), Failure> {
    const FIRST: &str = "qqqqq";
    const LAST: &str = "zzzzz";
    for first in PARTS {
        for second in PARTS {
            let with = |one: &str, other: &str| {
                let mut made = recipe.clone();
                one.clone_into(first(&mut made));
                other.clone_into(second(&mut made));
                made
            };
            // What the fingerprint has between the ends of the two, if they stand there as they are.
            let between = |one: &str, other: &str| -> Result<Option<String>, Failure> {
                let print = print(&with(one, other))?;
                let start = print.find(one).map(|at| at + one.len());
                let border = start.and_then(|start| {
                    let length = print[start..].find(other)?;
                    Some(print[start..start + length].to_owned())
                });
                Ok(border)
            };
            let Some(border) = between(FIRST, LAST)? else {
                continue;
            };
            // Also for borders that say a length, in one byte.
            for middle in [1, 256_usize.saturating_sub(border.len())] {
                let middle = "m".repeat(middle);
                let Some(late) = between(FIRST, LAST)? else {
                    continue;
                };
                let Some(early) = between(FIRST, &format!("{middle}{late}{LAST}"))? else {
                    continue;
                };
                let one = with(&format!("{FIRST}{early}{middle}"), LAST);
                let other = with(FIRST, &format!("{middle}{late}{LAST}"));
                tell(&[one, other])?;
            }
        }
    }
    Ok(())
}

const IN_A_PROCESS: &str = "CH08_FINGERPRINTS";
const PRINT: &str = "fingerprint ";

/// In a process that [`same_in_another_process`] has started: prints the fingerprints, from the last on.
pub fn printed_for_another_process(recipes: &[Recipe]) -> bool {
    let is_other = env::var_os(IN_A_PROCESS).is_some();
    if is_other {
        for (at, recipe) in recipes.iter().enumerate().rev() {
            println!("\n{PRINT}{at} {:?}", recipe.fingerprint());
        }
    }
    is_other
}

/// Another process that runs this check, and is asked in another order, gives each the same name.
pub fn same_in_another_process(check: &str, recipes: &[Recipe]) -> Result<(), Failure> {
    let own: Vec<String> = recipes.iter().map(print).collect::<Result<_, _>>()?;
    let this = env::current_exe().expect("this program has a path");
    let output = Command::new(this)
        .args(["--exact", check, "--nocapture"])
        .env(IN_A_PROCESS, "1")
        .output()
        .expect("this program starts");
    let printed = String::from_utf8_lossy(&output.stdout);
    for (at, (recipe, own)) in recipes.iter().zip(&own).enumerate() {
        let line = format!("{PRINT}{at} ");
        let theirs = printed.lines().find_map(|told| told.strip_prefix(&line));
        let own = format!("{own:?}");
        if theirs != Some(&own) {
            let theirs = theirs.unwrap_or("none");
            let seen = format!(
                "{} has the fingerprint {own} in this process, and {theirs} in another",
                shown(recipe)
            );
            return Err(Failure::new(seen, own, OF_A_STORE).of_promise(6));
        }
    }
    Ok(())
}
