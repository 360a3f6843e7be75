//! What this library is.

use std::ffi::{CStr, c_char};

/// Version of the binary interface that this header describes. Equals the number in the shared object's name.
pub const LEAP_ABI_VERSION: u32 = 0;

const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => panic!("a version holds no NUL"),
};

/// Version of the library that is loaded, such as "0.1.0". Static.
#[unsafe(no_mangle)]
pub extern "C" fn leap_version() -> *const c_char {
    VERSION.as_ptr()
}

/// ABI version of the library that is loaded. Compare it with LEAP_ABI_VERSION if you load the library at run time.
#[unsafe(no_mangle)]
pub extern "C" fn leap_abi_version() -> u32 {
    LEAP_ABI_VERSION
}
