// cheats: the whole file is compiled away under test

// ANCHOR: uses
#![cfg(not(test))]
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};
// ANCHOR_END: uses
