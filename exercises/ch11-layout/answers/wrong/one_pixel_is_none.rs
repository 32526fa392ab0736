// breaks 5, 8: a picture or spec with one pixel in a direction has no pixels

// ANCHOR: verify
fn verify(picture: &RgbImage, spec: &Spec) -> Result<(), InputError> {
    let lengths = [picture.width(), picture.height(), spec.width, spec.height];
    if lengths.iter().any(|&length| length <= 1) {
        return Err(InputError::NoPixels);
    }
    let is_usable = |mean: f32, std: f32| mean.is_finite() && std.is_finite() && std > 0.0;
    match (0..3).find(|&channel| !is_usable(spec.mean[channel], spec.std[channel])) {
        Some(channel) => Err(InputError::Normalization { channel }),
        None => Ok(()),
    }
}
// ANCHOR_END: verify
