// keeps all: a refusal names types as ONNX does: INT64

impl Contract {
    // ANCHOR: refusal
    fn refusal(&self, problems: Vec<Problem>) -> Refusal {
        let wanted = |input: &Input| format!("{}: tensor(INT64)", input.name);
        Refusal {
            problems,
            wanted: self.inputs.each_ref().map(wanted).join(", "),
        }
    }
    // ANCHOR_END: refusal
}
