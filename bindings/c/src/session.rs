//! Calls while they run.

use crate::ffi::{hand_out, leap_str, reference, take_back, writable, write};
use crate::guard::{Failure, guard};
use crate::input::{leap_call_info, leap_turn, read_info, read_turn};
use crate::report::{hand_out_report, leap_report};
use crate::rulebook::leap_rulebook;
use crate::status::leap_status;
use core::{CallInfo, Nudge, NudgeKind, Rulebook, Session};
use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};

/// There is no nudge.
pub const LEAP_NUDGE_NONE: u32 = 0;
/// The customer said something hard.
pub const LEAP_NUDGE_DIFFICULT: u32 = 1;
/// Certain things were said, so many times in all.
pub const LEAP_NUDGE_CUE: u32 = 2;
/// The agent began something that asks to be completed.
pub const LEAP_NUDGE_PENDING_MOVE: u32 = 3;
/// The customer's tension is high.
pub const LEAP_NUDGE_TENSION: u32 = 4;
/// The agent cut in.
pub const LEAP_NUDGE_INTERRUPTION: u32 = 5;
/// The agent has spoken for long at a stretch.
pub const LEAP_NUDGE_MONOLOGUE: u32 = 6;
/// Something else: a kind that is newer than this header.
pub const LEAP_NUDGE_OTHER: u32 = 7;

/// A call while it runs.
///
/// Threads: one at a time, not always the same. A call that finds another at work on the session returns LEAP_ERROR_BUSY and does nothing;
/// freeing a session that is in use cannot be noticed.
/// Lifetime: from leap_session_new to leap_session_free, also after leap_session_finish. Reports outlive it.
pub struct leap_session {
    busy: AtomicBool,
    inner: UnsafeCell<Inner>,
}

struct Inner {
    state: State,
    waiting: VecDeque<Nudge>,
    /// What the last leap_nudge and the last JSON lent.
    lent: Option<Nudge>,
    lent_json: String,
}

enum State {
    Open(Box<Session>),
    Finished,
    /// A panic left it in the middle of something.
    Broken,
}

/// What to tell the agent now. Never grows.
///
/// Lifetime: its texts live until the next call on the session.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_nudge {
    /// LEAP_NUDGE_*: what it watches for. LEAP_NUDGE_NONE if none waits; the rest is then empty.
    pub kind: u32,
    /// The turn that gave rise to it, counted over all turns pushed; a partial counts as the next one.
    pub turn: u32,
    /// The rulebook's id of it, such as "take_a_beat": stable.
    pub id: leap_str,
    /// What to tell.
    pub text: leap_str,
}

/// # Safety
/// `session` is NULL or one that was not freed.
unsafe fn with<T>(session: *const leap_session, work: impl FnOnce(&mut Inner) -> Result<T, Failure>) -> Result<T, Failure> {
    // SAFETY: the caller's word.
    let session = unsafe { reference(session, "session") }?;
    if session.busy.swap(true, Ordering::Acquire) {
        let message = "another thread is inside a call on this session";
        return Err(Failure::new(leap_status::LEAP_ERROR_BUSY, message).at("session"));
    }
    struct Release<'a>(&'a AtomicBool);
    impl Drop for Release<'_> {
        fn drop(&mut self) {
            self.0.store(false, Ordering::Release);
        }
    }
    let _release = Release(&session.busy);
    // SAFETY: whoever holds `busy` is alone with it.
    work(unsafe { &mut *session.inner.get() })
}

impl Inner {
    /// Works on the open session. If the work panics, the session stays broken.
    fn open<T>(&mut self, work: impl FnOnce(&mut Session) -> T) -> Result<T, Failure> {
        match std::mem::replace(&mut self.state, State::Broken) {
            State::Open(mut session) => {
                let result = work(&mut session);
                self.state = State::Open(session);
                Ok(result)
            }
            other => Err(self.refuse(other)),
        }
    }

    fn refuse(&mut self, state: State) -> Failure {
        let failure = match state {
            State::Finished => Failure::new(leap_status::LEAP_ERROR_FINISHED, "the session was finished"),
            _ => Failure::new(leap_status::LEAP_ERROR_INTERNAL, "the session failed before and can only be freed"),
        };
        self.state = state;
        failure.at("session")
    }

    fn tell(&mut self, nudges: Vec<Nudge>) -> usize {
        // A host that never asks for nudges is not made to pay for them.
        const MOST: usize = 64;
        self.waiting.extend(nudges);
        while self.waiting.len() > MOST {
            self.waiting.pop_front();
        }
        self.waiting.len()
    }
}

/// # Safety
/// As leap_session_new.
unsafe fn new(
    rulebook: *const leap_rulebook,
    info: *const leap_call_info,
    out: *mut *mut leap_session,
    make: impl FnOnce(Rulebook, CallInfo) -> Session,
) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let rulebook = unsafe { reference(rulebook, "rulebook") }?;
        let session = make(rulebook.0.clone(), unsafe { read_info(info) }?);
        let state = State::Open(Box::new(session));
        let inner = Inner { state, waiting: VecDeque::new(), lent: None, lent_json: String::new() };
        let session = leap_session { busy: AtomicBool::new(false), inner: UnsafeCell::new(inner) };
        unsafe { write(out, hand_out(session), "out") }
    })
}

/// A session of a call that begins. It keeps what it needs of the rulebook.
///
/// # Safety
/// `rulebook` is one that was not freed, `info` leads to one whose pointers and lengths are what they say to be, `out` to room for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_new(
    rulebook: *const leap_rulebook,
    info: *const leap_call_info,
    out: *mut *mut leap_session,
) -> leap_status {
    // SAFETY: the caller's word.
    unsafe { new(rulebook, info, out, Session::new) }
}

/// A session that keeps between `turns` and twice as many of the last turns, for calls without end. Once turns are forgotten its reports say
/// "truncated".
///
/// # Safety
/// As leap_session_new.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_new_windowed(
    rulebook: *const leap_rulebook,
    info: *const leap_call_info,
    turns: usize,
    out: *mut *mut leap_session,
) -> leap_status {
    // SAFETY: the caller's word.
    unsafe { new(rulebook, info, out, |rulebook, info| Session::windowed(rulebook, info, turns)) }
}

/// # Safety
/// As leap_session_push.
unsafe fn take(
    session: *mut leap_session,
    turn: *const leap_turn,
    n_nudges: *mut usize,
    verb: fn(&mut Session, core::Turn) -> Vec<Nudge>,
) -> leap_status {
    guard(|| {
        writable(n_nudges, "n_nudges")?;
        // SAFETY: the caller's word, here and below.
        let waiting = unsafe {
            with(session, |inner| {
                let turn = inner.open(|_| read_turn(turn))??;
                let nudges = inner.open(|session| verb(session, turn))?;
                Ok(inner.tell(nudges))
            })
        }?;
        unsafe { write(n_nudges, waiting, "n_nudges") }
    })
}

/// Takes a final turn; closes the open partial of its role. `n_nudges` is how many nudges wait now. A turn that is wrong leaves the session as it was.
///
/// # Safety
/// `session` is one that was not freed, `turn` leads to one whose pointers and lengths are what they say to be, `n_nudges` to room for the result.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_push(
    session: *mut leap_session,
    turn: *const leap_turn,
    n_nudges: *mut usize,
) -> leap_status {
    // SAFETY: the caller's word.
    unsafe { take(session, turn, n_nudges, Session::push) }
}

/// Sets or replaces the open partial of the turn's role: what speech recognition has heard so far. It moves no score. Agent and customer each
/// may have one open.
///
/// # Safety
/// As leap_session_push.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_update(
    session: *mut leap_session,
    turn: *const leap_turn,
    n_nudges: *mut usize,
) -> leap_status {
    // SAFETY: the caller's word.
    unsafe { take(session, turn, n_nudges, Session::update) }
}

/// Takes the nudge that has waited longest. Its kind is LEAP_NUDGE_NONE if none waits. At most 64 wait, the newest ones. Also after
/// leap_session_finish.
///
/// # Safety
/// `session` is one that was not freed, `out` leads to room for the result; likewise below.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_next_nudge(session: *mut leap_session, out: *mut leap_nudge) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let nudge = unsafe {
            with(session, |inner| {
                inner.lent = inner.waiting.pop_front();
                Ok(match &inner.lent {
                    None => leap_nudge { kind: LEAP_NUDGE_NONE, turn: 0, id: leap_str::NONE, text: leap_str::NONE },
                    Some(nudge) => leap_nudge {
                        kind: kind(nudge.kind),
                        turn: nudge.turn,
                        id: leap_str::of(&nudge.id),
                        text: leap_str::of(&nudge.text),
                    },
                })
            })
        }?;
        unsafe { write(out, nudge, "out") }
    })
}

fn kind(kind: NudgeKind) -> u32 {
    match kind {
        NudgeKind::Difficult => LEAP_NUDGE_DIFFICULT,
        NudgeKind::Cue => LEAP_NUDGE_CUE,
        NudgeKind::PendingMove => LEAP_NUDGE_PENDING_MOVE,
        NudgeKind::Tension => LEAP_NUDGE_TENSION,
        NudgeKind::Interruption => LEAP_NUDGE_INTERRUPTION,
        NudgeKind::Monologue => LEAP_NUDGE_MONOLOGUE,
        _ => LEAP_NUDGE_OTHER,
    }
}

/// The moves that were begun and may still be completed, as a JSON array of {"move":ID,"turn":N,"next":[CUE...]}, any of the cues being the next
/// step. Lives until the next call on the session. Ended by a NUL.
///
/// # Safety
/// As leap_session_next_nudge.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_pending_json(session: *mut leap_session, out: *mut leap_str) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let json = unsafe {
            with(session, |inner| {
                let pending = inner.open(|session| session.pending())?;
                inner.lent_json = serde_json::to_string(&pending).unwrap_or_default() + "\0";
                Ok(leap_str::of(&inner.lent_json).less_nul())
            })
        }?;
        unsafe { write(out, json, "out") }
    })
}

/// How the call stands by its final turns: "complete" is false, and no absence is charged that could still be mended.
///
/// # Safety
/// As leap_session_next_nudge.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_report(session: *mut leap_session, out: *mut *mut leap_report) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let report = unsafe { with(session, |inner| inner.open(|session| session.report())) }?;
        unsafe { write(out, hand_out_report(report), "out") }
    })
}

/// Closes the call and gives its report: the one that leap_score_calls gives for the turns pushed. The session then answers to nothing but
/// leap_session_next_nudge and leap_session_free.
///
/// # Safety
/// As leap_session_next_nudge.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_finish(session: *mut leap_session, out: *mut *mut leap_report) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let report = unsafe {
            with(session, |inner| match std::mem::replace(&mut inner.state, State::Broken) {
                State::Open(session) => {
                    let report = session.finish();
                    inner.state = State::Finished;
                    Ok(report)
                }
                other => Err(inner.refuse(other)),
            })
        }?;
        unsafe { write(out, hand_out_report(report), "out") }
    })
}

/// Bytes that the session holds; the rulebook is shared and not counted.
///
/// # Safety
/// As leap_session_next_nudge.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_memory_bytes(session: *mut leap_session, out: *mut usize) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let bytes = unsafe { with(session, |inner| inner.open(|session| session.memory_bytes())) }?;
        unsafe { write(out, bytes + size_of::<leap_session>(), "out") }
    })
}

/// Frees a session, finished or not. NULL is ignored.
///
/// # Safety
/// `session` is NULL or one that was not freed and that no other thread uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_session_free(session: *mut leap_session) {
    guard(|| {
        // SAFETY: the caller's word.
        unsafe { take_back(session) };
        Ok(())
    });
}
