/// How many there are, for a message: `1 batch`, `2 batches`.
pub fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_alone_is_one() {
        let all = [0, 1, 2].map(|count| counted(count, "axis", "axes"));
        assert_eq!(all, ["0 axes", "1 axis", "2 axes"]);
    }
}
