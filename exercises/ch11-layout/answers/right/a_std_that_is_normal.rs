// keeps all: refuses a std below the smallest normal number, which no promise is about, and looks at the pixels last

// ANCHOR: verify
fn verify(picture: &RgbImage, spec: &Spec) -> Result<(), InputError> {
    let lengths = [picture.width(), picture.height(), spec.width, spec.height];
    let is_usable =
        |mean: f32, std: f32| mean.is_finite() && std.is_normal() && std.is_sign_positive();
    match (0..3).find(|&channel| !is_usable(spec.mean[channel], spec.std[channel])) {
        Some(channel) => Err(InputError::Normalization { channel }),
        None if lengths.contains(&0) => Err(InputError::NoPixels),
        None => Ok(()),
    }
}
// ANCHOR_END: verify
