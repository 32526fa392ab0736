//! Counts the texts and embeddings of one size that the whole process has in memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Nothing else has these sizes.
pub const IDS: usize = 40_009;
pub const HIDDEN: usize = 90_011;

const TEXT: usize = IDS * size_of::<i64>();
const EMBEDDING: usize = HIDDEN * size_of::<f32>();

static KEPT: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static COUNTING: Counting = Counting;

struct Counting;

/// How many texts of `IDS` ids and embeddings of `HIDDEN` numbers are in memory.
pub fn kept() -> usize {
    KEPT.load(Ordering::SeqCst)
}

fn is_counted(layout: Layout) -> bool {
    layout.size() == TEXT || layout.size() == EMBEDDING
}

// SAFETY: every call is handed on to the system's allocator as it is; `realloc` is the trait's own, made of the others.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_counted(layout) {
            KEPT.fetch_add(1, Ordering::SeqCst);
        }
        // SAFETY: the caller keeps the promises of `GlobalAlloc::alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if is_counted(layout) {
            KEPT.fetch_sub(1, Ordering::SeqCst);
        }
        // SAFETY: `block` comes from `alloc` above, and so from the system's allocator, with this layout.
        unsafe { System.dealloc(block, layout) }
    }
}
