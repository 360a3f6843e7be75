//! Level 1: cue hits inside one floor. Knows nothing of the dialogue.

mod echo;
mod judge;
mod question;
mod scan;
mod scope;
mod verify;

pub(crate) use echo::EchoSet;
pub(crate) use judge::{Bench, Context, distinct, features};
pub(crate) use scan::Scanner;

use crate::rulebook::CueId;

/// A cue found: a run of tokens, or several (then `parts` has them and `start..end` is their hull).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub cue: CueId,
    pub start: u32,
    pub end: u32,
    pub parts: Vec<(u32, u32)>,
    /// No judge overrules it.
    pub always: bool,
}

impl Hit {
    pub fn run(cue: CueId, start: u32, end: u32) -> Hit {
        Hit { cue, start, end, parts: Vec::new(), always: false }
    }
}
