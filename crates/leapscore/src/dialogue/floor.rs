//! Floors: runs of one role's turns.

use crate::call::{Role, Turn};
use crate::cue::Hit;
use crate::evidence::Part;
use crate::rulebook::CueId;
use crate::text::Token;
use crate::timing::Clock;

/// What is kept of each input turn beside its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TurnFacts {
    pub role: Role,
    pub clock: Clock,
    /// It has word times.
    pub worded: bool,
    pub words: u32,
    pub capitals: bool,
    pub backchannel: bool,
    /// All of its words are listening tokens, whatever floor it is on.
    pub listening: bool,
    /// The floor it belongs to; [`NO_FLOOR`] if to none.
    floor: u32,
}

const NO_FLOOR: u32 = u32::MAX;

impl TurnFacts {
    pub fn new(turn: &Turn, words: u32, capitals: bool, backchannel: bool) -> TurnFacts {
        TurnFacts {
            role: turn.role(),
            clock: Clock::of(turn),
            worded: !turn.words().is_empty(),
            words,
            capitals,
            backchannel,
            listening: backchannel,
            floor: NO_FLOOR,
        }
    }

    /// The floor it belongs to, if to any; backchannels and empty turns belong to none.
    pub fn floor(&self) -> Option<usize> {
        (self.floor != NO_FLOOR).then_some(self.floor as usize)
    }

    /// Counts floors from a later one on.
    pub(super) fn rebase(&mut self, floors: u32) {
        if self.floor != NO_FLOOR {
            self.floor = self.floor.checked_sub(floors).unwrap_or(NO_FLOOR);
        }
    }

    pub(super) fn put_on(&mut self, floor: usize) {
        self.floor = floor as u32;
        self.backchannel = false;
    }
}

/// A run of one role's turns.
#[derive(Debug, Clone)]
pub(crate) struct Floor {
    pub role: Role,
    /// Its turns, empty ones and backchannels of the other party left out.
    pub turns: Vec<u32>,
    pub tokens: Vec<Token>,
    pub hits: Vec<Hit>,
    /// Cues whose hand-written patterns matched, whatever the judges made of it: a signal to the judges of the next floor.
    pub matched: Vec<CueId>,
    /// Distinct content words of the customer's last floors that the agent says again.
    pub echo: usize,
    /// It ends with a question.
    pub asks: bool,
}

impl Floor {
    pub fn open(role: Role) -> Floor {
        Floor { role, turns: Vec::new(), tokens: Vec::new(), hits: Vec::new(), matched: Vec::new(), echo: 0, asks: false }
    }

    pub fn first_turn(&self) -> u32 {
        self.turns.first().copied().unwrap_or(0)
    }

    /// The bytes that a run of tokens covers, one part per input turn.
    pub fn parts(&self, start: u32, end: u32) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for token in &self.tokens[start as usize..end as usize] {
            match parts.last_mut() {
                Some(part) if part.turn == token.turn => {
                    part.start = part.start.min(token.start);
                    part.end = part.end.max(token.end);
                }
                _ => parts.push(Part { turn: token.turn, start: token.start, end: token.end, absence: false }),
            }
        }
        parts
    }

    /// The bytes of a hit.
    pub fn hit_parts(&self, hit: &Hit) -> Vec<Part> {
        if hit.parts.is_empty() {
            return self.parts(hit.start, hit.end);
        }
        hit.parts.iter().flat_map(|(start, end)| self.parts(*start, *end)).collect()
    }
}
