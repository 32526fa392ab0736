//! What the command, the server and the class board share.

pub mod arguments;
#[cfg(feature = "class")]
pub mod connections;
#[cfg(feature = "class")]
pub mod key;
pub mod live;
#[cfg(feature = "class")]
pub mod name;
#[cfg(feature = "class")]
pub mod sending;
