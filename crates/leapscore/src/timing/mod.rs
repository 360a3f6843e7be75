//! Clock facts: what the times of the turns say, and how much they can be trusted. No judgement.

use crate::call::{Channel, Role, Turn};
use crate::unit::Millis;

/// How fine the times of a call are; a call's grade is the weakest of its scored turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Grade {
    /// No times.
    None,
    /// Turns have a start and no end.
    StartsOnly,
    /// Turns have a start and an end.
    Segments,
    /// Words have times.
    Words,
}

/// When a turn was spoken, as well as its times tell.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    pub start: Option<Millis>,
    pub end: Option<Millis>,
    words: bool,
}

impl Clock {
    /// Word times correct what segment times claim.
    pub fn of(turn: &Turn) -> Clock {
        let words = turn.words();
        let (first, last) = (words.iter().map(|word| word.start_ms()).min(), words.iter().map(|word| word.end_ms()).max());
        match (first, last) {
            (Some(first), Some(last)) => Clock { start: Some(first), end: Some(last), words: true },
            _ => Clock { start: turn.start_ms(), end: turn.end_ms(), words: false },
        }
    }

    pub fn grade(self) -> Grade {
        match (self.start, self.end) {
            (Some(_), Some(_)) if self.words => Grade::Words,
            (Some(_), Some(_)) => Grade::Segments,
            (Some(_), None) => Grade::StartsOnly,
            _ => Grade::None,
        }
    }

    fn length(self) -> Option<Millis> {
        Some(self.end?.saturating_sub(self.start?))
    }
}

/// The grade by which a call may be judged: chat times never judge.
pub(crate) fn grade(channel: Channel, clocks: &[(Role, Clock)]) -> Grade {
    if channel == Channel::Chat {
        return Grade::None;
    }
    let scored = clocks.iter().filter(|(role, _)| *role != Role::System);
    scored.map(|(_, clock)| clock.grade()).min().unwrap_or(Grade::None)
}

/// Sums over the call. `None` where the grade does not allow them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shares {
    pub talk_ratio_permille: Option<u32>,
    pub words_per_minute: Option<u32>,
    pub longest_monologue_ms: Option<Millis>,
    pub non_talk_time_ms: Option<Millis>,
}

/// `words`: words of each turn.
pub(crate) fn shares(grade: Grade, clocks: &[(Role, Clock)], words: &[u32]) -> Shares {
    if grade < Grade::Segments {
        return Shares::default();
    }
    let (mut agent, mut customer, mut agent_words, mut longest) = (0, 0, 0_u64, 0);
    let mut spans = Vec::new();
    for ((role, clock), words) in clocks.iter().zip(words) {
        let (Some(length), Some(start), Some(end)) = (clock.length(), clock.start, clock.end) else { continue };
        spans.push((start, end));
        match role {
            Role::Agent => {
                agent += length;
                agent_words += u64::from(*words);
                longest = longest.max(length);
            }
            Role::Customer => customer += length,
            Role::System => {}
        }
    }
    spans.sort_unstable();
    let (mut silence, mut until) = (0, spans.first().map_or(0, |span| span.0));
    for (start, end) in spans {
        silence += start.saturating_sub(until);
        until = until.max(end);
    }
    let ratio = |part: u64, whole: u64, scale: u64| (whole > 0).then(|| (part * scale / whole) as u32);
    Shares {
        talk_ratio_permille: ratio(agent, agent + customer, 1000),
        words_per_minute: ratio(agent_words, agent, 60_000),
        longest_monologue_ms: Some(longest),
        non_talk_time_ms: Some(silence),
    }
}
