//! Rulebooks.

use crate::ffi::{array, hand_out, leap_str, reference, take_back, text, writable, write};
use crate::guard::{Failure, guard};
use crate::status::leap_status;
use core::Rulebook;

/// Phrases, rules, weights and thresholds, compiled.
///
/// Threads: immutable; any number of threads may use one at the same time.
/// Lifetime: from leap_rulebook_builtin or leap_rulebook_parse to leap_rulebook_free. Sessions and reports keep what they need of it, so
/// it may be freed, or another put in its place, while they live.
pub struct leap_rulebook(pub(crate) Rulebook);

/// A document of a rulebook. Never grows.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_document {
    /// The name that errors are to give it, or no text.
    pub name: leap_str,
    /// TOML.
    pub text: leap_str,
}

/// Hands out the built-in English rulebook. It is loaded once a process (about 10 ms); further calls cost nothing.
///
/// # Safety
/// `out` leads to room for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_rulebook_builtin(out: *mut *mut leap_rulebook) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word.
        unsafe { write(out, hand_out(leap_rulebook(Rulebook::builtin())), "out") }
    })
}

/// Compiles a rulebook from TOML text: a whole one, or an overlay that says `extends = "leap-en"`. An error has line and column in `toml`.
///
/// # Safety
/// `toml` leads to `len` bytes, `out` to room for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_rulebook_parse(
    toml: *const std::ffi::c_char,
    len: usize,
    out: *mut *mut leap_rulebook,
) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let toml = unsafe { text(toml, len, "toml") }?;
        unsafe { write(out, hand_out(leap_rulebook(Rulebook::from_toml(toml)?)), "out") }
    })
}

/// Compiles a rulebook from several documents: one rulebook and then overlays, which say `extends` and its id, or overlays alone, which are
/// laid on the built-in one. An error names the document.
///
/// # Safety
/// `documents` leads to `n` of them, `out` to room for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_rulebook_parse_documents(
    documents: *const leap_document,
    n: usize,
    out: *mut *mut leap_rulebook,
) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        let mut pairs = Vec::new();
        // SAFETY: the caller's word, here and below.
        for (index, document) in unsafe { array(documents, n, "documents") }?.iter().enumerate() {
            let within = |failure: Failure| failure.within(&format!("documents[{index}]"));
            let name = unsafe { crate::ffi::optional(document.name, "name") }.map_err(within)?.unwrap_or("");
            pairs.push((name, unsafe { text(document.text.data, document.text.len, "text") }.map_err(within)?));
        }
        unsafe { write(out, hand_out(leap_rulebook(Rulebook::from_documents(&pairs)?)), "out") }
    })
}

/// Its id, such as "leap-en". Lives as long as the rulebook, as do the next two.
///
/// # Safety
/// `rulebook` is one that was not freed, `out` leads to room for a leap_str.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_rulebook_id(rulebook: *const leap_rulebook, out: *mut leap_str) -> leap_status {
    // SAFETY: the caller's word.
    guard(|| unsafe { write(out, leap_str::of(reference(rulebook, "rulebook")?.0.id()), "out") })
}

/// Its own version.
///
/// # Safety
/// As leap_rulebook_id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_rulebook_version(rulebook: *const leap_rulebook, out: *mut leap_str) -> leap_status {
    // SAFETY: the caller's word.
    guard(|| unsafe { write(out, leap_str::of(reference(rulebook, "rulebook")?.0.version()), "out") })
}

/// SHA-256 of the rulebook in canonical form, in hexadecimal. Comments and layout do not matter.
///
/// # Safety
/// As leap_rulebook_id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_rulebook_fingerprint(rulebook: *const leap_rulebook, out: *mut leap_str) -> leap_status {
    // SAFETY: the caller's word.
    guard(|| unsafe { write(out, leap_str::of(reference(rulebook, "rulebook")?.0.fingerprint()), "out") })
}

/// Frees a rulebook. NULL is ignored.
///
/// # Safety
/// `rulebook` is NULL or one that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_rulebook_free(rulebook: *mut leap_rulebook) {
    guard(|| {
        // SAFETY: the caller's word.
        unsafe { take_back(rulebook) };
        Ok(())
    });
}
