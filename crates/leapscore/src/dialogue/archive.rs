//! Closed floors of a running call, packed: their words are folded again when the report needs them.

use super::floor::Floor;
use crate::call::Role;
use crate::cue::Hit;
use crate::rulebook::CueId;
use crate::text::Token;
use std::ops::Range;

#[derive(Debug, Clone, Copy)]
struct Head {
    turns: u32,
    hits: u32,
    parts: u32,
    role: Role,
    asks: bool,
}

#[derive(Debug, Clone, Copy)]
struct PackedHit {
    start: u32,
    end: u32,
    cue: CueId,
    parts: u16,
}

/// Floors in the order in which they were closed.
#[derive(Clone, Default)]
pub(crate) struct Archive {
    heads: Vec<Head>,
    turns: Vec<u32>,
    hits: Vec<PackedHit>,
    parts: Vec<(u32, u32)>,
}

/// Where a floor's pieces begin.
#[derive(Clone, Copy, Default)]
struct At {
    turns: usize,
    hits: usize,
    parts: usize,
}

impl Archive {
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Takes a floor; its words, and what only the next floor's judges read, are not kept.
    pub fn put(&mut self, floor: &Floor) {
        let parts = floor.hits.iter().map(|hit| hit.parts.len()).sum::<usize>();
        let head = Head {
            turns: floor.turns.len() as u32,
            hits: floor.hits.len() as u32,
            parts: parts as u32,
            role: floor.role,
            asks: floor.asks,
        };
        push(&mut self.heads, head);
        floor.turns.iter().for_each(|turn| push(&mut self.turns, *turn));
        for hit in &floor.hits {
            // A hit has a handful of parts at most: it lies in one window of a judge.
            let parts = hit.parts.len().min(u16::MAX as usize);
            push(&mut self.hits, PackedHit { start: hit.start, end: hit.end, cue: hit.cue, parts: parts as u16 });
            hit.parts[..parts].iter().for_each(|part| push(&mut self.parts, *part));
        }
    }

    /// The last floors, at most so many, without their words.
    pub fn last(&self, most: usize) -> Vec<Floor> {
        self.unpack(self.len().saturating_sub(most)..self.len(), |_| Vec::new())
    }

    /// All floors, with the words that `fold` makes of their turns.
    pub fn floors(&self, fold: impl FnMut(&[u32]) -> Vec<Token>) -> Vec<Floor> {
        self.unpack(0..self.len(), fold)
    }

    fn unpack(&self, range: Range<usize>, mut fold: impl FnMut(&[u32]) -> Vec<Token>) -> Vec<Floor> {
        // From the end, where the last floors are.
        let mut at = At { turns: self.turns.len(), hits: self.hits.len(), parts: self.parts.len() };
        let mut floors: Vec<Floor> = Vec::with_capacity(range.len());
        for head in self.heads[range].iter().rev() {
            at = At {
                turns: at.turns - head.turns as usize,
                hits: at.hits - head.hits as usize,
                parts: at.parts - head.parts as usize,
            };
            let turns = &self.turns[at.turns..at.turns + head.turns as usize];
            let mut part = at.parts;
            let hit = |hit: &PackedHit| {
                let parts = self.parts[part..part + hit.parts as usize].to_vec();
                part += parts.len();
                Hit { parts, ..Hit::run(hit.cue, hit.start, hit.end) }
            };
            floors.push(Floor {
                turns: turns.to_vec(),
                tokens: fold(turns),
                hits: self.hits[at.hits..at.hits + head.hits as usize].iter().map(hit).collect(),
                asks: head.asks,
                ..Floor::open(head.role)
            });
        }
        floors.reverse();
        floors
    }

    /// Forgets floors from the front as long as they end before this turn; gives how many, and the first turn that is left on a floor.
    pub fn forget(&mut self, before: u32) -> usize {
        let mut at = At::default();
        let mut gone = 0;
        for head in &self.heads {
            let last = self.turns[at.turns + head.turns as usize - 1];
            if last >= before {
                break;
            }
            at = At {
                turns: at.turns + head.turns as usize,
                hits: at.hits + head.hits as usize,
                parts: at.parts + head.parts as usize,
            };
            gone += 1;
        }
        self.heads.drain(..gone);
        self.turns.drain(..at.turns);
        self.hits.drain(..at.hits);
        self.parts.drain(..at.parts);
        gone
    }

    /// The first turn that lies on a floor.
    pub fn first_turn(&self) -> Option<u32> {
        self.turns.first().copied()
    }

    /// Counts turns from a later one on.
    pub fn rebase(&mut self, by: u32) {
        self.turns.iter_mut().for_each(|turn| *turn -= by);
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        bytes(&self.heads) + bytes(&self.turns) + bytes(&self.hits) + bytes(&self.parts)
    }
}

/// Appends, and grows by a sixteenth: a running call is kept small rather than quick to grow.
pub(crate) fn push<T>(vec: &mut Vec<T>, value: T) {
    if vec.len() == vec.capacity() {
        vec.reserve_exact((vec.len() / 16).max(4));
    }
    vec.push(value);
}

pub(crate) fn bytes<T>(vec: &Vec<T>) -> usize {
    vec.capacity() * size_of::<T>()
}
