use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::path::Path;
use std::sync::Once;

/// What a panic says, if it says it in words.
pub fn panic_text(panic: &(dyn Any + Send)) -> Option<&str> {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
}

thread_local! {
    /// The panic of the call that runs on this thread; `None` where no call runs.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What `call` gives.
///
/// # Errors
/// What its panic says, with the line that it came from. It is held and not printed: a check that searches for a smaller case
/// lets it come again and again.
pub fn caught<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    hold_panics_of_calls();
    // One may run inside another.
    let outer = PANIC.replace(Some(String::new()));
    let answer = catch_unwind(AssertUnwindSafe(call));
    let panic = PANIC.replace(outer).unwrap_or_default();
    answer.map_err(|_| panic)
}

fn hold_panics_of_calls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = take_hook();
        set_hook(Box::new(move |info| {
            let is_of_a_call = PANIC.with_borrow_mut(|panic| match panic {
                Some(panic) => {
                    *panic = with_line(info);
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

fn with_line(info: &PanicHookInfo) -> String {
    let message = info.payload_as_str().unwrap_or("without a message");
    // Where in the standard library differs from release to release.
    let is_in_std = |file: &str| Path::new(file).iter().any(|part| part == "library");
    match info.location() {
        Some(at) if !is_in_std(at.file()) => format!("{message} at {}:{}", at.file(), at.line()),
        _ => message.to_owned(),
    }
}
