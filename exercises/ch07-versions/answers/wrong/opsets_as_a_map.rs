// breaks 9: opsets are put into a map by their domain, and the empty name hides the other

impl Runtime {
    // ANCHOR: model
    /// Two numbers that the format counts for itself: one for the file, one for the operators.
    fn reads(&self, model: &[u8], path: &Path) -> Result<(), Refusal> {
        let header = model::header(model).map_err(|reason| Refusal::NotAModel {
            path: path.to_owned(),
            reason,
        })?;
        let limits = limits::of(self.minor);
        let mut map = std::collections::BTreeMap::new();
        for opset in &header.opsets {
            map.insert(opset.domain.as_str(), opset.version);
        }
        if map.contains_key("") {
            map.remove("ai.onnx");
        }
        let opsets = header
            .opsets
            .iter()
            .filter(|opset| matches!(opset.domain.as_str(), "" | "ai.onnx"))
            .filter(|opset| map.get(opset.domain.as_str()) == Some(&opset.version))
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
