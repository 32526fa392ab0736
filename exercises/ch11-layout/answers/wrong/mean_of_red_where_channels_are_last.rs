// breaks 3: with `Nhwc` and `Bgr`, red has the mean and std of blue

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let resized = imageops::resize(picture, spec.width, spec.height, spec.filter);
    let (width, height) = (spec.width as usize, spec.height as usize);
    let bytes = Array3::from_shape_vec((height, width, 3), resized.into_raw())
        .expect("three bytes for each pixel");

    let mut values = bytes.mapv(|byte| f32::from(byte) / 255.0);
    let last = spec.layout == Layout::Nhwc && spec.channels == ChannelOrder::Bgr;
    if spec.channels == ChannelOrder::Bgr && !last {
        values.invert_axis(Axis(2));
    }
    values -= &aview1(&spec.mean);
    values /= &aview1(&spec.std);
    if last {
        values.invert_axis(Axis(2));
    }
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
