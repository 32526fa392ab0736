//! The heap of a test program whose checks may free memory too early.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static KEEPS: Cell<bool> = const { Cell::new(false) };
    static IN_USE: Cell<isize> = const { Cell::new(0) };
    static UNCOUNTED: Cell<bool> = const { Cell::new(false) };
}

/// The system's allocator, but while a check runs on this thread no memory is given back: code that frees memory under a reader
/// then reads what is still there, and is told so, where it would crash. It also counts: see [`bytes_in_use`].
///
/// ```
/// #[global_allocator]
/// static HEAP: checks_loom::Heap = checks_loom::Heap;
///
/// let before = checks_loom::bytes_in_use();
/// let text = String::from("kept");
/// assert_eq!(checks_loom::bytes_in_use() - before, 4);
/// drop(text);
/// assert_eq!(checks_loom::bytes_in_use(), before);
/// ```
pub struct Heap;

/// The bytes that this thread has asked for, less those that it has freed; kept ones count as freed.
pub fn bytes_in_use() -> isize {
    IN_USE.get()
}

/// From now on this thread gives no memory back, or does again.
pub(crate) fn keep(keeps: bool) {
    KEEPS.set(keeps);
}

/// Runs `work`, whose memory is not counted: it belongs to the check.
pub(crate) fn uncounted<R>(work: impl FnOnce() -> R) -> R {
    let before = UNCOUNTED.replace(true);
    let result = work();
    UNCOUNTED.set(before);
    result
}

fn count(bytes: usize, sign: isize) {
    if !UNCOUNTED.get() {
        IN_USE.set(IN_USE.get() + sign * bytes.cast_signed());
    }
}

// SAFETY: the system's allocator, less the calls of `dealloc` that it gets. The thread-locals need neither memory nor a
// destructor, so that an allocation may use them.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 1);
        // SAFETY: the caller's word.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(layout.size(), -1);
        if !KEEPS.get() {
            // SAFETY: the caller's word.
            unsafe { System.dealloc(pointer, layout) }
        }
    }
}
