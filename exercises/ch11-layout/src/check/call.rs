//! Calls what is checked, and holds a panic in it, with the line that it came from.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use checks::Failure;

thread_local! {
    /// The panic of the call that runs on this thread; `None` where no call runs.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What `call` answers. `what` is called, and `inputs` says for what.
pub fn call<T>(
    what: &str,
    inputs: impl FnOnce() -> String,
    call: impl FnOnce() -> T,
) -> Result<T, Failure> {
    hold_panics_of_calls();
    PANIC.set(Some(String::new()));
    let answer = catch_unwind(AssertUnwindSafe(call));
    let panic = PANIC.take().unwrap_or_default();
    answer.map_err(|_| {
        Failure::new(
            format!("{what} panicked: {panic}\nfor {}", inputs()),
            "Ok or Err",
            "a panic ends the request, and says nothing of it to the client",
        )
        .of_promise(8)
    })
}

/// A call's panic is told with its inputs, and not printed each time while smaller ones are searched for.
fn hold_panics_of_calls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = take_hook();
        set_hook(Box::new(move |info| {
            let is_of_a_call = PANIC.with_borrow_mut(|panic| match panic {
                Some(panic) => {
                    *panic = shown(info);
                    true
                }
                None => false,
            });
            if !is_of_a_call {
                hook(info);
            }
        }));
    });
}

fn shown(info: &PanicHookInfo) -> String {
    let message = info.payload_as_str().unwrap_or("without a message");
    match info.location() {
        Some(at) => format!("{message} at {}:{}", at.file(), at.line()),
        None => message.to_owned(),
    }
}
