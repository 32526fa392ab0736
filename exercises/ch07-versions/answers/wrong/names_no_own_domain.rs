// breaks 1, 9: a model of other domains only is told as no model

impl Runtime {
    // ANCHOR: model
    /// Two numbers that the format counts for itself: one for the file, one for the operators.
    fn reads(&self, model: &[u8], path: &Path) -> Result<(), Refusal> {
        let header = model::header(model).map_err(|reason| Refusal::NotAModel {
            path: path.to_owned(),
            reason,
        })?;
        if !header
            .opsets
            .iter()
            .any(|one| matches!(one.domain.as_str(), "" | "ai.onnx"))
        {
            return Err(Refusal::NotAModel {
                path: path.to_owned(),
                reason: "it declares no opset of ONNX".into(),
            });
        }
        let limits = limits::of(self.minor);
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
