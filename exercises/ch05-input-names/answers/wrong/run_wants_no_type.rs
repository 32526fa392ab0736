// breaks 13: a refusal does not say of what type the inputs are

impl Contract {
    // ANCHOR: refusal
    fn refusal(&self, problems: Vec<Problem>) -> Refusal {
        let wanted = |input: &Input| input.name.clone();
        Refusal {
            problems,
            wanted: self.inputs.each_ref().map(wanted).join(", "),
        }
    }
    // ANCHOR_END: refusal
}
