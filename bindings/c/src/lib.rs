//! The C face of leapscore. `include/leapscore.h` is made from these files and is their documentation; `docs/ABI.md` has the rules.
//!
//! One file a concept: [`ffi`] alone touches pointers, [`guard`] alone catches panics and keeps the last error.

#![allow(non_camel_case_types, reason = "the types bear their C names")]

// In the order of the header.
mod version;

mod status;

mod guard;

mod ffi;

mod rulebook;

mod input;

mod report;

mod batch;

mod session;

pub use batch::*;
pub use ffi::leap_str;
pub use guard::*;
pub use input::*;
pub use report::*;
pub use rulebook::*;
pub use session::*;
pub use status::*;
pub use version::*;
