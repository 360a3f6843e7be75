//! Reports, and one-shot scoring.

use crate::ffi::{bytes, hand_out, leap_str, reference, take_back, writable, write};
use crate::guard::{Failure, guard};
use crate::input::{leap_turn, read_turns};
use crate::rulebook::leap_rulebook;
use crate::status::leap_status;
use core::report::{Basis, FindingKind, NoScore, State};
use core::{Call, CallInfo, Channel, LeapReport, Scorer};
use std::ffi::c_char;
use std::sync::OnceLock;

/// No score: `reason` tells why.
pub const LEAP_SCORE_NONE: i32 = -1;

/// There is a score.
pub const LEAP_REASON_NONE: u32 = 0;
/// The call gave no opportunity.
pub const LEAP_REASON_NO_OPPORTUNITY: u32 = 1;
/// No agent turn, no customer turn, or a text mostly outside the rulebook's language.
pub const LEAP_REASON_INSUFFICIENT_EVIDENCE: u32 = 2;

/// Listen first, then talk.
pub const LEAP_PILLAR_LISTEN: u32 = 0;
/// Empathize, then clarify.
pub const LEAP_PILLAR_EMPATHIZE: u32 = 1;
/// Acknowledge and reframe.
pub const LEAP_PILLAR_ACKNOWLEDGE: u32 = 2;
/// Personalize the path forward.
pub const LEAP_PILLAR_PERSONALIZE: u32 = 3;

/// Paused to listen.
pub const LEAP_CHECKPOINT_PAUSED_TO_LISTEN: u32 = 0;
/// Acknowledged emotions.
pub const LEAP_CHECKPOINT_ACKNOWLEDGED_EMOTIONS: u32 = 1;
/// Reframed the situation.
pub const LEAP_CHECKPOINT_REFRAMED: u32 = 2;
/// Offered choice.
pub const LEAP_CHECKPOINT_OFFERED_CHOICE: u32 = 3;

/// It was done.
pub const LEAP_STATE_MET: u32 = 1;
/// It was not done.
pub const LEAP_STATE_MISSED: u32 = 2;
/// The call did not ask for it.
pub const LEAP_STATE_NOT_APPLICABLE: u32 = 3;
/// It cannot be judged.
pub const LEAP_STATE_ABSTAINED: u32 = 4;

/// Judged by nothing.
pub const LEAP_BASIS_NONE: u32 = 0;
/// Judged by the clock.
pub const LEAP_BASIS_TIMING: u32 = 1;
/// Judged by the words.
pub const LEAP_BASIS_WORDS: u32 = 2;

/// Something not to do, which costs points.
pub const LEAP_FINDING_DONT: u32 = 1;
/// Advice, which costs nothing.
pub const LEAP_FINDING_ADVICE: u32 = 2;

/// What one call scored and why.
///
/// Threads: immutable; any number of threads may use one at the same time.
/// Lifetime: from the function that made it to leap_report_free; one of a leap_batch to leap_batch_free.
pub struct leap_report {
    report: LeapReport,
    /// Ends with a NUL.
    json: OnceLock<String>,
}

/// A score. Never grows.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_score {
    /// 0 to 100, or LEAP_SCORE_NONE.
    pub score: i32,
    /// LEAP_REASON_*: why there is none.
    pub reason: u32,
    /// Chances that the call gave; for the overall score, the pillars that apply.
    pub opportunities: u32,
    /// 0
    pub reserved: u32,
}

/// One of the four QA lines. Never grows.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_checkpoint {
    /// LEAP_STATE_*
    pub state: u32,
    /// LEAP_BASIS_*
    pub basis: u32,
}

/// A don't or a piece of advice. Never grows.
///
/// Lifetime: its texts live as long as the report.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_finding {
    /// LEAP_FINDING_*
    pub kind: u32,
    /// The turn in which the agent's words start: an index into all turns of the call.
    pub turn: u32,
    /// Id of the rule, such as "acknowledge.policy_wall".
    pub rule: leap_str,
    /// What was found, in a sentence.
    pub message: leap_str,
    /// What to say or do instead.
    pub instead: leap_str,
}

pub(crate) fn hand_out_report(report: LeapReport) -> *mut leap_report {
    hand_out(leap_report::of(report))
}

impl leap_report {
    pub(crate) fn of(report: LeapReport) -> leap_report {
        leap_report { report, json: OnceLock::new() }
    }
}

/// Scores a voice call of which nothing but its turns is known. leap_score_calls takes more; so does a session.
///
/// # Safety
/// `turns` leads to `n` turns whose pointers and lengths are what they say to be, `out` to room for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_score_call(
    rulebook: *const leap_rulebook,
    turns: *const leap_turn,
    n: usize,
    out: *mut *mut leap_report,
) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let rulebook = unsafe { reference(rulebook, "rulebook") }?;
        let call = Call::new(CallInfo::new(Channel::Voice), unsafe { read_turns(turns, n) }?)?;
        let report = Scorer::with_rulebook(rulebook.0.clone()).score(&call);
        unsafe { write(out, hand_out_report(report), "out") }
    })
}

/// Scores one call in native JSON. An error has line, column and path in it.
///
/// # Safety
/// `json` leads to `len` bytes, `out` to room for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_score_json(
    rulebook: *const leap_rulebook,
    json: *const c_char,
    len: usize,
    out: *mut *mut leap_report,
) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let rulebook = unsafe { reference(rulebook, "rulebook") }?;
        let json = unsafe { bytes(json, len, "json") }?;
        let call = Call::from_json_bytes(json)?;
        let report = Scorer::with_rulebook(rulebook.0.clone()).score(&call);
        unsafe { write(out, hand_out_report(report), "out") }
    })
}

/// The whole report as JSON, byte for byte what every other face of the library gives. Ended by a NUL. Written at the first call.
///
/// # Safety
/// `report` is one that was not freed, `out` leads to room for a leap_str; likewise below.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_report_json(report: *const leap_report, out: *mut leap_str) -> leap_status {
    guard(|| {
        writable(out, "out")?;
        // SAFETY: the caller's word, here and below.
        let report = unsafe { reference(report, "report") }?;
        let json = report.json.get_or_init(|| report.report.to_json() + "\0");
        unsafe { write(out, leap_str::of(json).less_nul(), "out") }
    })
}

fn score(score: Option<i32>, reason: Option<NoScore>, opportunities: u32) -> leap_score {
    let reason = match reason {
        None => LEAP_REASON_NONE,
        Some(NoScore::NoOpportunity) => LEAP_REASON_NO_OPPORTUNITY,
        Some(_) => LEAP_REASON_INSUFFICIENT_EVIDENCE,
    };
    leap_score { score: score.unwrap_or(LEAP_SCORE_NONE), reason, opportunities, reserved: 0 }
}

/// The call's score: the weighted mean of the pillars that apply.
///
/// # Safety
/// As leap_report_json.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_report_overall(report: *const leap_report, out: *mut leap_score) -> leap_status {
    guard(|| {
        // SAFETY: the caller's word, here and below.
        let report = &unsafe { reference(report, "report") }?.report;
        let pillars = [&report.pillars.listen, &report.pillars.empathize, &report.pillars.acknowledge, &report.pillars.personalize];
        let apply = pillars.iter().filter(|pillar| pillar.score.is_some()).count() as u32;
        unsafe { write(out, score(report.overall.score, report.overall.reason, apply), "out") }
    })
}

/// The score of a pillar, LEAP_PILLAR_*.
///
/// # Safety
/// As leap_report_json.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_report_pillar(report: *const leap_report, pillar: u32, out: *mut leap_score) -> leap_status {
    guard(|| {
        // SAFETY: the caller's word, here and below.
        let pillars = &unsafe { reference(report, "report") }?.report.pillars;
        let pillar = match pillar {
            LEAP_PILLAR_LISTEN => &pillars.listen,
            LEAP_PILLAR_EMPATHIZE => &pillars.empathize,
            LEAP_PILLAR_ACKNOWLEDGE => &pillars.acknowledge,
            LEAP_PILLAR_PERSONALIZE => &pillars.personalize,
            other => return Err(unknown("pillar", other)),
        };
        unsafe { write(out, score(pillar.score, pillar.reason, pillar.opportunities), "out") }
    })
}

fn unknown(what: &str, value: u32) -> Failure {
    Failure::new(leap_status::LEAP_ERROR_INVALID_FLAG, format!("there is no {what} {value}")).at(what)
}

/// The state of a QA line, LEAP_CHECKPOINT_*.
///
/// # Safety
/// As leap_report_json.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_report_checkpoint(
    report: *const leap_report,
    checkpoint: u32,
    out: *mut leap_checkpoint,
) -> leap_status {
    guard(|| {
        // SAFETY: the caller's word, here and below.
        let checkpoints = &unsafe { reference(report, "report") }?.report.checkpoints;
        let checkpoint = match checkpoint {
            LEAP_CHECKPOINT_PAUSED_TO_LISTEN => &checkpoints.paused_to_listen,
            LEAP_CHECKPOINT_ACKNOWLEDGED_EMOTIONS => &checkpoints.acknowledged_emotions,
            LEAP_CHECKPOINT_REFRAMED => &checkpoints.reframed,
            LEAP_CHECKPOINT_OFFERED_CHOICE => &checkpoints.offered_choice,
            other => return Err(unknown("checkpoint", other)),
        };
        let state = match checkpoint.state {
            State::Met => LEAP_STATE_MET,
            State::Missed => LEAP_STATE_MISSED,
            State::NotApplicable => LEAP_STATE_NOT_APPLICABLE,
            _ => LEAP_STATE_ABSTAINED,
        };
        let basis = match checkpoint.basis {
            Some(Basis::Timing) => LEAP_BASIS_TIMING,
            Some(_) => LEAP_BASIS_WORDS,
            None => LEAP_BASIS_NONE,
        };
        unsafe { write(out, leap_checkpoint { state, basis }, "out") }
    })
}

/// How many don'ts and pieces of advice there are.
///
/// # Safety
/// As leap_report_json.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_report_finding_count(report: *const leap_report, out: *mut usize) -> leap_status {
    // SAFETY: the caller's word.
    guard(|| unsafe { write(out, reference(report, "report")?.report.findings.len(), "out") })
}

/// The finding at an index, in order of turn.
///
/// # Safety
/// As leap_report_json.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_report_finding(report: *const leap_report, index: usize, out: *mut leap_finding) -> leap_status {
    guard(|| {
        // SAFETY: the caller's word, here and below.
        let findings = &unsafe { reference(report, "report") }?.report.findings;
        let finding = findings.get(index).ok_or_else(|| {
            let message = format!("index is {index}, there are {} findings", findings.len());
            Failure::new(leap_status::LEAP_ERROR_OUT_OF_RANGE, message).at("index")
        })?;
        let told = leap_finding {
            kind: if finding.kind == FindingKind::Dont { LEAP_FINDING_DONT } else { LEAP_FINDING_ADVICE },
            turn: finding.turn,
            rule: leap_str::of(&finding.rule),
            message: leap_str::of(&finding.message),
            instead: leap_str::of(&finding.instead),
        };
        unsafe { write(out, told, "out") }
    })
}

/// Frees a report. NULL is ignored.
///
/// # Safety
/// `report` is NULL or one that was not freed and is no batch's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn leap_report_free(report: *mut leap_report) {
    guard(|| {
        // SAFETY: the caller's word.
        unsafe { take_back(report) };
        Ok(())
    });
}
