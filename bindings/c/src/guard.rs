//! No panic leaves this library, and what failed can be asked for.

use crate::ffi::{leap_str, write};
use crate::status::leap_status;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// What failed in a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Failure {
    status: Option<leap_status>,
    /// This and the path end with a NUL once remembered.
    message: String,
    path: String,
    line: u64,
    column: u64,
}

impl Failure {
    pub fn new(status: leap_status, message: impl Into<String>) -> Failure {
        Failure { status: Some(status), message: message.into(), ..Failure::default() }
    }

    /// In this argument or field.
    pub fn at(mut self, path: &str) -> Failure {
        self.path = path.to_string();
        self
    }

    /// In a field of this struct.
    pub fn within(mut self, parent: &str) -> Failure {
        self.path = match self.path.is_empty() {
            true => parent.to_string(),
            false => format!("{parent}.{}", self.path),
        };
        self
    }

    pub fn status(&self) -> leap_status {
        self.status.unwrap_or(leap_status::LEAP_ERROR_INTERNAL)
    }
}

impl From<core::Error> for Failure {
    fn from(error: core::Error) -> Failure {
        let place = error.place();
        Failure {
            status: Some(error.code().into()),
            message: error.to_string(),
            path: place.path.clone().unwrap_or_default(),
            line: place.line.unwrap_or(0) as u64,
            column: place.column.unwrap_or(0) as u64,
        }
    }
}

thread_local! {
    static LAST: RefCell<Failure> = RefCell::default();
    /// This thread is inside a guarded call: a panic is kept from standard error and remembered instead.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The hook writes to standard error unless this library is at work on the thread. It is the hook of this library's own copy of the
/// Rust runtime; one that the host may have is another.
fn quieten() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !INSIDE.try_with(Cell::get).unwrap_or(true) {
                return before(info);
            }
            let told = PANIC.try_with(|panic| panic.try_borrow_mut().map(|mut panic| *panic = info.to_string()));
            let _ = told;
        }));
    });
}

/// Does the work of one call: its failure or its panic becomes the status, and is kept as this thread's last error.
pub(crate) fn guard(work: impl FnOnce() -> Result<(), Failure>) -> leap_status {
    quieten();
    let outer = INSIDE.try_with(|inside| inside.replace(true)).unwrap_or(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    let _ = INSIDE.try_with(|inside| inside.set(outer));
    let failure = match done {
        Ok(Ok(())) => return leap_status::LEAP_OK,
        Ok(Err(failure)) => failure,
        Err(panic) => {
            // What it holds may panic when dropped.
            std::mem::forget(panic);
            let told = PANIC.try_with(|panic| panic.try_borrow_mut().map(|mut panic| std::mem::take(&mut *panic)));
            let told = told.ok().and_then(Result::ok).unwrap_or_default();
            Failure::new(leap_status::LEAP_ERROR_INTERNAL, format!("a fault of the library: {told}"))
        }
    };
    remember(failure)
}

fn remember(mut failure: Failure) -> leap_status {
    let status = failure.status();
    failure.message.push('\0');
    failure.path.push('\0');
    let _ = LAST.try_with(|last| last.try_borrow_mut().map(|mut last| *last = failure));
    status
}

/// What failed, for people and for programs.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_error {
    /// The status that the failing call returned; LEAP_OK if no call has failed on this thread.
    pub status: leap_status,
    /// 0.
    pub reserved: u32,
    /// What is wrong, with the place. Ended by a NUL.
    pub message: leap_str,
    /// The argument, field or value that is wrong, such as "turns[3].start_ms"; empty if not known. Ended by a NUL.
    pub path: leap_str,
    /// Line in a JSON or TOML text, from 1; 0 if not known.
    pub line: u64,
    /// Column in that line in characters, from 1; 0 if not known.
    pub column: u64,
}

/// The last error of the calling thread. A call that succeeds leaves it as it is.
///
/// Lifetime: its texts live until the next call on this thread that fails.
///
/// # Safety
/// `out` leads to room for a leap_error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_last_error(out: *mut leap_error) -> leap_status {
    let empty = || leap_str::of("\0").less_nul();
    let none = leap_error { status: leap_status::LEAP_OK, reserved: 0, message: empty(), path: empty(), line: 0, column: 0 };
    let last = LAST.try_with(|last| {
        last.try_borrow().ok().filter(|last| last.status.is_some()).map(|last| leap_error {
            status: last.status(),
            reserved: 0,
            message: leap_str::of(&last.message).less_nul(),
            path: leap_str::of(&last.path).less_nul(),
            line: last.line,
            column: last.column,
        })
    });
    let error = last.ok().flatten().unwrap_or(none);
    // SAFETY: the caller's word.
    guard(|| unsafe { write(out, error, "out") })
}

impl leap_str {
    /// The same text, its final NUL not counted.
    pub(crate) fn less_nul(self) -> leap_str {
        leap_str { len: self.len.saturating_sub(1), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_status_and_a_message() {
        let status = guard(|| panic!("there is no {}", "spoon"));
        assert_eq!(status, leap_status::LEAP_ERROR_INTERNAL);
        LAST.with(|last| assert!(last.borrow().message.contains("there is no spoon"), "{:?}", last.borrow()));
        assert!(!INSIDE.get());
    }
}
