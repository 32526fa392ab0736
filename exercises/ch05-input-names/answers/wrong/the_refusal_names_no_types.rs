// breaks 13: a refusal says the names of the inputs, and not their types

impl Contract {
    // ANCHOR: refusal
    fn refusal(&self, problems: Vec<Problem>) -> Refusal {
        let names: Vec<&str> = self.names().collect();
        Refusal {
            problems,
            wanted: names.join(", "),
        }
    }
    // ANCHOR_END: refusal
}
