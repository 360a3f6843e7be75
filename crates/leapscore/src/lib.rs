//! Scores how a contact-center agent treated a person in trouble, against LEAP: Listen, Empathize, Acknowledge, Personalize.
//!
//! One function does it: [`score_call`] takes turns and gives a [`LeapReport`] with evidence for every point. [`Scorer`] does
//! the same for a [`Call`] with metadata and reuses its buffers; [`Session`] does it turn by turn while the call runs.
//! What is found and what it is worth is data, a [`Rulebook`].
//!
//! Pure: no I/O, no clock, no network. The same input gives the same bytes.
//!
//! Spans are UTF-8 bytes of the caller's text, times are whole milliseconds from the start of the call, scores are 0 to 100.

mod call;
mod coach;
mod cue;
mod dialogue;
mod error;
mod evidence;
mod finding;
pub mod report;
mod rulebook;
mod scorecard;
mod session;
mod tension;
mod text;
mod timing;
mod unit;
mod verdict;

pub use call::{Call, CallInfo, Channel, MAX_LATENCY_ALLOWANCE_MS, Meta, MetaValue, Role, Turn, Word};
pub use error::{Error, ErrorCode, Place};
pub use evidence::Evidence;
pub use report::LeapReport;
pub use rulebook::{CueInfo, JudgeInfo, NudgeKind, RuleExample, RuleInfo, Rulebook, RulebookStats};
#[doc(hidden)]
pub use session::{FloorFeatures, FoldBuffer, ScanStats};
pub use session::{Nudge, PendingMove, Scorer, Session, score_call};
pub use unit::{ByteSpan, Millis, Pillar};
