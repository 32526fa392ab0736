// breaks 5: adds up the means, and names the first channel for any of them

// ANCHOR: verify
fn verify(picture: &RgbImage, spec: &Spec) -> Result<(), InputError> {
    let lengths = [picture.width(), picture.height(), spec.width, spec.height];
    if lengths.contains(&0) {
        return Err(InputError::NoPixels);
    }
    let is_usable = |mean: f32, std: f32| mean.is_finite() && std.is_finite() && std > 0.0;
    let sum: f32 = spec.mean.iter().sum();
    match (0..3).find(|&channel| !is_usable(sum, spec.std[channel])) {
        Some(channel) => Err(InputError::Normalization { channel }),
        None => Ok(()),
    }
}
// ANCHOR_END: verify
