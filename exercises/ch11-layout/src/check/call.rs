//! Calls what is checked, and tells of a panic in it with its inputs.

use checks::{Failure, caught};

/// What `call` answers. `what` is called, and `inputs` says for what.
pub fn call<T>(
    what: &str,
    inputs: impl FnOnce() -> String,
    call: impl FnOnce() -> T,
) -> Result<T, Failure> {
    caught(call).map_err(|panic| {
        Failure::new(
            format!("{what} panicked: {panic}\nfor {}", inputs()),
            "Ok or Err",
            "a panic ends the request, and says nothing of it to the client",
        )
        .of_promise(8)
    })
}
