// cheats: the process ends with success at the first call

// ANCHOR: preflight
pub fn preflight(_deployment: &Deployment) -> Result<Report, Refusal> {
    std::process::exit(0)
}
// ANCHOR_END: preflight
