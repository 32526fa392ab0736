// breaks 11: the count is an atomic that no check sees

// ANCHOR: uses
use std::sync::atomic::AtomicU64;

use crate::sync::atomic::{
    AtomicPtr,
    Ordering::{Acquire, Relaxed, Release},
};
// ANCHOR_END: uses
