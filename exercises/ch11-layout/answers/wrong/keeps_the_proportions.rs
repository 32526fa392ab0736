// breaks 4: keeps the proportions, and leaves the rest black

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let scale = (f64::from(spec.width) / f64::from(picture.width()))
        .min(f64::from(spec.height) / f64::from(picture.height()));
    let length = |of: u32| ((f64::from(of) * scale).round() as u32).max(1);
    let (wide, high) = (length(picture.width()), length(picture.height()));
    let part = imageops::resize(picture, wide, high, spec.filter);
    let mut resized = RgbImage::new(spec.width, spec.height);
    imageops::replace(
        &mut resized,
        &part,
        i64::from((spec.width - wide.min(spec.width)) / 2),
        i64::from((spec.height - high.min(spec.height)) / 2),
    );
    let (width, height) = (spec.width as usize, spec.height as usize);
    let bytes = Array3::from_shape_vec((height, width, 3), resized.into_raw())
        .expect("three bytes for each pixel");

    let mut values = bytes.mapv(|byte| f32::from(byte) / 255.0);
    if spec.channels == ChannelOrder::Bgr {
        values.invert_axis(Axis(2));
    }
    // From here on channel 0 is the tensor's.
    values -= &aview1(&spec.mean);
    values /= &aview1(&spec.std);
    let values = match spec.layout {
        Layout::Nchw => values.permuted_axes([2, 0, 1]),
        Layout::Nhwc => values,
    };
    let values = values.insert_axis(Axis(0));
    Ok(Tensor {
        shape: values.dim().into(),
        // Read index by index: `permuted_axes` and `invert_axis` moved no value.
        data: values.iter().copied().collect(),
    })
}
// ANCHOR_END: preprocess
