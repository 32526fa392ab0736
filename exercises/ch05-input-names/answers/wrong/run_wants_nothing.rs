// breaks 13: a refusal of `run` does not say what the model wants

impl Contract {
    // ANCHOR: refusal
    fn refusal(&self, problems: Vec<Problem>) -> Refusal {
        let wanted = |input: &Input| format!("{} ({} [batch, seq])", input.name, input.element);
        Refusal {
            problems,
            wanted: self.inputs.each_ref().map(wanted)[..1].join(", "),
        }
    }
    // ANCHOR_END: refusal
}
