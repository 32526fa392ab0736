//! Every rule, by its pitfall. A line here and its file with a fixture of the same name are all that a rule needs.

use crate::rule::Rule;

macro_rules! rules {
    ($($pitfall:ident of $chapter:literal { $($name:ident,)* })*) => {
        $(mod $pitfall { $(pub mod $name;)* })*

        /// The chapter of each pitfall.
        pub(crate) static CHAPTERS: &[(&str, &str)] = &[$((stringify!($pitfall), $chapter),)*];

        /// Every rule, by its pitfall.
        pub static RULES: &[&Rule] = &[$($(&$pitfall::$name::RULE,)*)*];
    };
}

rules! {
    nan of "ch10-nan" {
        partial_cmp_unwrap,
    }
}
