// breaks 3, 11: the pointer is an atomic of `std`, which the checks cannot see

// ANCHOR: uses
use std::sync::atomic::AtomicPtr;

use crate::sync::atomic::{
    AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};
// ANCHOR_END: uses
