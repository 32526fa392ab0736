//! A call's panic is held, and told with its line.

use checks::caught;

#[test]
fn a_panic_is_told_with_its_line() {
    let told = caught(|| panic!("no row")).unwrap_err();
    assert!(
        told.starts_with("no row at ") && told.contains("panic.rs:"),
        "{told}"
    );
}

#[test]
fn a_call_inside_another_leaves_the_outer_one_its_panic() {
    let told = caught(|| {
        let inner = caught(|| panic!("inner")).unwrap_err();
        assert!(inner.starts_with("inner"), "{inner}");
        panic!("outer")
    });
    assert!(told.unwrap_err().starts_with("outer"));
}
