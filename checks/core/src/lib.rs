//! `core`, with the atomics of `checks-std`: see there.

pub use ::core::*;

/// `core::hint`.
pub mod hint {
    pub use ::core::hint::*;
    pub use checks_std::hint::spin_loop;
}

/// `core::sync`.
pub mod sync {
    pub use ::core::sync::*;
    pub use checks_std::sync::atomic;
}
