// breaks 5: takes a picture that is black all over for one without pixels

// ANCHOR: verify
fn verify(picture: &RgbImage, spec: &Spec) -> Result<(), InputError> {
    let lengths = [picture.width(), picture.height(), spec.width, spec.height];
    if lengths.contains(&0) || picture.iter().all(|&byte| byte == 0) {
        return Err(InputError::NoPixels);
    }
    let is_usable = |mean: f32, std: f32| mean.is_finite() && std.is_finite() && std > 0.0;
    match (0..3).find(|&channel| !is_usable(spec.mean[channel], spec.std[channel])) {
        Some(channel) => Err(InputError::Normalization { channel }),
        None => Ok(()),
    }
}
// ANCHOR_END: verify
