//! Clock facts: what the times of the turns say, and how much they can be trusted. No judgement.

mod hold;
mod share;
mod speech;

use crate::call::{Channel, Role, Turn};
use crate::unit::Millis;

pub(crate) use hold::{Announced, Hold, holds};
pub(crate) use share::{Shares, longest_stretch, shares, turn_pace};
pub(crate) use speech::{Cuts, Silence, Speech, Spurt, Stretch, silences, spurts_of};

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

/// A time that may be unknown, in eight bytes: a live session keeps two a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment(Millis);

impl Moment {
    const UNKNOWN: Moment = Moment(Millis::MAX);

    fn known(self) -> Option<Millis> {
        (self != Moment::UNKNOWN).then_some(self.0)
    }
}

impl From<Option<Millis>> for Moment {
    fn from(time: Option<Millis>) -> Moment {
        time.map_or(Moment::UNKNOWN, Moment)
    }
}

/// When a turn was spoken, as well as its times tell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    start: Moment,
    end: Moment,
}

impl Clock {
    /// Word times correct what segment times claim.
    pub fn of(turn: &Turn) -> Clock {
        let words = turn.words();
        let (first, last) = (words.iter().map(|word| word.start_ms()).min(), words.iter().map(|word| word.end_ms()).max());
        Clock { start: first.or(turn.start_ms()).into(), end: last.or(turn.end_ms()).into() }
    }

    pub fn start(self) -> Option<Millis> {
        self.start.known()
    }

    pub fn end(self) -> Option<Millis> {
        self.end.known()
    }

    /// How fine it is; `worded`: the turn has word times.
    pub fn grade(self, worded: bool) -> Grade {
        match (self.start(), self.end()) {
            (Some(_), Some(_)) if worded => Grade::Words,
            (Some(_), Some(_)) => Grade::Segments,
            (Some(_), None) => Grade::StartsOnly,
            _ => Grade::None,
        }
    }
}

/// The grade by which a call may be judged, from those of its turns: chat times never judge.
pub(crate) fn grade(channel: Channel, turns: impl Iterator<Item = (Role, Grade)>) -> Grade {
    if channel == Channel::Chat {
        return Grade::None;
    }
    turns.filter(|(role, _)| *role != Role::System).map(|(_, grade)| grade).min().unwrap_or(Grade::None)
}
