//! Leaves out of the library what only a debugger reads: the checks write it many times, and it is most of the file.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let linux = std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux");
    if linux {
        println!("cargo::rustc-cdylib-link-arg=-Wl,--strip-debug");
    }
}
