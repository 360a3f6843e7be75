//! Pointers to references and back: the one file where they are followed.
//!
//! All of it trusts a caller in what cannot be checked: that a pointer that is neither NULL nor misaligned leads to a living value of
//! its type, and that a length does not exceed what it counts.

use crate::guard::Failure;
use crate::status::leap_status;
use std::ffi::c_char;
use std::slice;

/// A borrowed text: UTF-8, not necessarily ended by a NUL. As an input, `data` NULL means that there is none; `len` must then be 0.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_str {
    /// The first byte.
    pub data: *const c_char,
    /// Length in bytes.
    pub len: usize,
}

impl leap_str {
    /// No text.
    pub const NONE: leap_str = leap_str { data: std::ptr::null(), len: 0 };

    /// Borrows `text`; whoever hands it out says for how long.
    pub(crate) fn of(text: &str) -> leap_str {
        leap_str { data: text.as_ptr().cast(), len: text.len() }
    }
}

fn null(what: &str) -> Failure {
    Failure::new(leap_status::LEAP_ERROR_NULL_POINTER, format!("{what} is NULL")).at(what)
}

fn usable<T>(pointer: *const T, what: &str) -> Result<(), Failure> {
    match () {
        () if pointer.is_null() => Err(null(what)),
        () if !pointer.is_aligned() => {
            Err(Failure::new(leap_status::LEAP_ERROR_NULL_POINTER, format!("{what} is not aligned for its type")).at(what))
        }
        () => Ok(()),
    }
}

/// # Safety
/// `pointer` is NULL or leads to a `T` that nobody changes for `'a`.
pub(crate) unsafe fn reference<'a, T>(pointer: *const T, what: &str) -> Result<&'a T, Failure> {
    usable(pointer, what)?;
    // SAFETY: not NULL, aligned; the rest is the caller's word.
    Ok(unsafe { &*pointer })
}

/// # Safety
/// `pointer` is NULL or leads to room for a `T`.
pub(crate) unsafe fn write<T>(pointer: *mut T, value: T, what: &str) -> Result<(), Failure> {
    usable(pointer, what)?;
    // SAFETY: not NULL, aligned; the rest is the caller's word.
    unsafe { pointer.write(value) };
    Ok(())
}

/// Fails if an output could not be written, before the work is done.
pub(crate) fn writable<T>(pointer: *mut T, what: &str) -> Result<(), Failure> {
    usable(pointer, what)
}

/// Hands a value out as an opaque pointer.
pub(crate) fn hand_out<T>(value: T) -> *mut T {
    Box::into_raw(Box::new(value))
}

/// Takes back what [`hand_out`] gave.
///
/// # Safety
/// `pointer` is NULL or came from `hand_out` and was not taken back yet.
pub(crate) unsafe fn take_back<T>(pointer: *mut T) {
    if !pointer.is_null() {
        // SAFETY: the caller's word.
        drop(unsafe { Box::from_raw(pointer) });
    }
}

/// # Safety
/// `data` leads to `len` bytes that nobody changes for `'a`, if `len` is not 0.
pub(crate) unsafe fn bytes<'a>(data: *const c_char, len: usize, what: &str) -> Result<&'a [u8], Failure> {
    if isize::try_from(len).is_err() {
        return Err(Failure::new(leap_status::LEAP_ERROR_TOO_LARGE, format!("{what} is said to have {len} bytes")).at(what));
    }
    if data.is_null() {
        return Err(null(what));
    }
    // SAFETY: not NULL, of a possible length; the rest is the caller's word.
    Ok(unsafe { slice::from_raw_parts(data.cast(), len) })
}

/// A text that must be there.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn text<'a>(data: *const c_char, len: usize, what: &str) -> Result<&'a str, Failure> {
    // SAFETY: the caller's word.
    let bytes = unsafe { bytes(data, len, what) }?;
    std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("{what} is not UTF-8 from byte {} on", error.valid_up_to());
        Failure::new(leap_status::LEAP_ERROR_INVALID_UTF8, message).at(what)
    })
}

/// A text that may be absent.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn optional<'a>(string: leap_str, what: &str) -> Result<Option<&'a str>, Failure> {
    match string.data.is_null() && string.len == 0 {
        true => Ok(None),
        // SAFETY: the caller's word.
        false => unsafe { text(string.data, string.len, what) }.map(Some),
    }
}

/// An array of structs that never grow. NULL is an empty one.
///
/// # Safety
/// `data` leads to `len` values that nobody changes for `'a`, if `len` is not 0.
pub(crate) unsafe fn array<'a, T>(data: *const T, len: usize, what: &str) -> Result<&'a [T], Failure> {
    if len == 0 {
        return Ok(&[]);
    }
    usable(data, what)?;
    fits(len, size_of::<T>(), what)?;
    // SAFETY: not NULL, aligned, of a possible length; the rest is the caller's word.
    Ok(unsafe { slice::from_raw_parts(data, len) })
}

/// An array of structs that start with their `struct_size`, which is also their distance. NULL is an empty one.
///
/// # Safety
/// As [`array`], each value having the size that it states.
pub(crate) unsafe fn sized_array<'a, T>(data: *const T, len: usize, what: &str) -> Result<Vec<&'a T>, Failure> {
    if len == 0 {
        return Ok(Vec::new());
    }
    // SAFETY: the caller's word.
    let (_, stride) = unsafe { sized(data, what) }?;
    fits(len, stride, what)?;
    let mut values = Vec::new();
    for index in 0..len {
        let what = format!("{what}[{index}]");
        // SAFETY: inside the array, by the caller's word.
        let (value, size) = unsafe { sized(data.byte_add(index * stride), &what) }?;
        if size != stride {
            let message = format!("struct_size is {size}, that of the first {stride}");
            return Err(Failure::new(leap_status::LEAP_ERROR_STRUCT_SIZE, message).at(&what));
        }
        values.push(value);
    }
    Ok(values)
}

fn fits(len: usize, size: usize, what: &str) -> Result<(), Failure> {
    match len.checked_mul(size).and_then(|bytes| isize::try_from(bytes).ok()) {
        Some(_) => Ok(()),
        None => Err(Failure::new(leap_status::LEAP_ERROR_TOO_LARGE, format!("{what} is said to have {len} entries")).at(what)),
    }
}

/// A struct that starts with its `struct_size`, and that size. One from a later header may be larger if what this library does not know
/// of it is 0.
///
/// # Safety
/// `pointer` is NULL or leads to as many bytes as its first field, a `size_t`, states; they hold a `T` and do not change for `'a`.
pub(crate) unsafe fn sized<'a, T>(pointer: *const T, what: &str) -> Result<(&'a T, usize), Failure> {
    usable(pointer, what)?;
    let wrong = |message: String| Err(Failure::new(leap_status::LEAP_ERROR_STRUCT_SIZE, message).at(what));
    // SAFETY: not NULL, and the first field is a size.
    let size = unsafe { pointer.cast::<usize>().read_unaligned() };
    let known = size_of::<T>();
    // More than a header will ever add is a size that was not set.
    if size < known || size > 16 * known || size % align_of::<T>() != 0 {
        return wrong(format!("struct_size is {size}, this library's is {known}"));
    }
    // SAFETY: the caller's word.
    let rest = unsafe { slice::from_raw_parts(pointer.cast::<u8>().add(known), size - known) };
    if rest.iter().any(|byte| *byte != 0) {
        return wrong(format!("struct_size is {size}, this library knows {known} bytes, and the rest is not 0"));
    }
    // SAFETY: not NULL, aligned, large enough; the rest is the caller's word.
    Ok((unsafe { &*pointer }, size))
}
