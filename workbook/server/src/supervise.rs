use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does a piece of work. A panic ends that piece and not the thread, which must be there for the next save: what the
/// panic said is returned.
pub fn supervise<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message(&*panic).to_owned())
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it panicked")
}
