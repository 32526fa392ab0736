// keeps all: The nearest f32 is found by bisection over the bits of the positive ones.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let size = value.abs();
    let (mut low, mut high) = (0_u32, f32::INFINITY.to_bits());
    while high - low > 1 {
        let middle = low.midpoint(high);
        if f64::from(f32::from_bits(middle)) <= size {
            low = middle;
        } else {
            high = middle;
        }
    }
    let distance = |bits: u32| (f64::from(f32::from_bits(bits)) - size).abs();
    let bits = if distance(high) < distance(low) {
        high
    } else {
        low
    };
    let nearest = f32::from_bits(bits).copysign(value as f32);
    let error = distance(bits);
    if size.is_finite() && error <= field.budget(value) {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value,
            error: if size.is_finite() { error } else { f64::NAN },
        })
    }
}
// ANCHOR_END: narrow
