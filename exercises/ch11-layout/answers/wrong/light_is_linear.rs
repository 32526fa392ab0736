// breaks 4: resizes the squares of the bytes, as light adds up

// ANCHOR: preprocess
pub fn preprocess(picture: &RgbImage, spec: &Spec) -> Result<Tensor, InputError> {
    verify(picture, spec)?;
    let light = image::ImageBuffer::<image::Rgb<f32>, Vec<f32>>::from_fn(
        picture.width(),
        picture.height(),
        |x, y| {
            image::Rgb(
                picture
                    .get_pixel(x, y)
                    .0
                    .map(|byte| (f32::from(byte) / 255.0).powi(2)),
            )
        },
    );
    let light = imageops::resize(&light, spec.width, spec.height, spec.filter);
    let resized = RgbImage::from_fn(spec.width, spec.height, |x, y| {
        image::Rgb(
            light
                .get_pixel(x, y)
                .0
                .map(|value| (value.sqrt() * 255.0).round() as u8),
        )
    });
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
