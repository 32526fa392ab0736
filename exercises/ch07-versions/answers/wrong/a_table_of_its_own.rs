// breaks 9: the limits are a table that was written before 1.32

impl Runtime {
    // ANCHOR: model
    /// Two numbers that the format counts for itself: one for the file, one for the operators.
    fn reads(&self, model: &[u8], path: &Path) -> Result<(), Refusal> {
        let header = model::header(model).map_err(|reason| Refusal::NotAModel {
            path: path.to_owned(),
            reason,
        })?;
        let limits = match self.minor {
            ..25 => limits::of(24),
            _ => limits::of(25),
        };
        let opsets = header
            .opsets
            .iter()
            .filter(|opset| matches!(opset.domain.as_str(), "" | "ai.onnx"))
            .map(|opset| ("opset", opset.version, limits.opset));
        let declared = std::iter::once(("IR version", header.ir_version, limits.ir_version));
        match declared
            .chain(opsets)
            .find(|(_, found, reads)| found > reads)
        {
            None => Ok(()),
            Some((what, found, reads)) => Err(Refusal::ModelTooNew {
                path: path.to_owned(),
                what,
                found,
                reads,
                runtime: self.version.clone(),
            }),
        }
    }
    // ANCHOR_END: model
}
