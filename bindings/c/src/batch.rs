//! Many calls at once.

use crate::ffi::{hand_out, reference, sized_array, take_back, writable, write};
use crate::guard::{Failure, guard};
use crate::input::leap_call;
use crate::report::leap_report;
use crate::rulebook::leap_rulebook;
use crate::status::leap_status;
use core::Scorer;

/// The reports of many calls, each with its own success.
///
/// Threads: immutable; any number of threads may use one at the same time.
/// Lifetime: from leap_score_calls to leap_batch_free, which frees its reports.
pub struct leap_batch(Vec<Result<leap_report, Failure>>);

/// Scores many calls, one after the other on the calling thread. A call that is wrong loses no other: its error waits in the batch.
///
/// # Safety
/// `calls` leads to `n` calls whose pointers and lengths are what they say to be, `out` to room for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_score_calls(
    rulebook: *const leap_rulebook,
    calls: *const leap_call,
    n: usize,
    out: *mut *mut leap_batch,
) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let rulebook = unsafe { reference(rulebook, "rulebook") }?;
        let mut scorer = Scorer::with_rulebook(rulebook.0.clone());
        let score = |(index, call): (usize, &leap_call)| match unsafe { call.read() } {
            Ok(call) => Ok(leap_report::of(scorer.score(&call))),
            Err(failure) => Err(failure.within(&format!("calls[{index}]"))),
        };
        let reports = unsafe { sized_array(calls, n, "calls") }?.into_iter().enumerate().map(score).collect();
        unsafe { write(out, hand_out(leap_batch(reports)), "out") }
    })
}

/// How many calls it is of.
///
/// # Safety
/// `batch` is one that was not freed, `out` leads to room for the result; likewise below.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_batch_count(batch: *const leap_batch, out: *mut usize) -> leap_status {
    // SAFETY: the caller's word.
    guard(|| unsafe { write(out, reference(batch, "batch")?.0.len(), "out") })
}

/// The report of the call at an index; if that call was wrong, its error. The report is the batch's: it is not freed on its own.
///
/// # Safety
/// As leap_batch_count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_batch_report(batch: *const leap_batch, index: usize, out: *mut *const leap_report) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let reports = &unsafe { reference(batch, "batch") }?.0;
        match reports.get(index) {
            Some(Ok(report)) => unsafe { write(out, std::ptr::from_ref(report), "out") },
            Some(Err(failure)) => Err(failure.clone()),
            None => {
                let message = format!("index is {index}, the batch is of {} calls", reports.len());
                Err(Failure::new(leap_status::LEAP_ERROR_OUT_OF_RANGE, message).at("index"))
            }
        }
    })
}

/// Frees a batch and its reports. NULL is ignored.
///
/// # Safety
/// `batch` is NULL or one that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_batch_free(batch: *mut leap_batch) {
    guard(|| {
        // SAFETY: the caller's word.
        unsafe { take_back(batch) };
        Ok(())
    });
}
