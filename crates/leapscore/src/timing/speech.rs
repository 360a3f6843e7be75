//! Who speaks when: spurts (speech without a pause), and stretches (what a listener hears as one contribution).

use crate::call::{Role, Turn, Word};
use crate::unit::Millis;
use std::ops::Range;

/// Speech of one turn without a pause, by the clock. With segment times only, the whole turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spurt {
    pub start: Millis,
    pub end: Millis,
    pub turn: u32,
    pub role: Role,
    /// All of its words are listening tokens ("mm-hm").
    pub backchannel: bool,
}

/// What joins speech and what splits it, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cuts {
    /// A gap up to this is none.
    pub bridge: Millis,
    /// A gap inside a turn above this parts it.
    pub split: Millis,
}

/// The spurts of one turn by its word times. `backchannel` tells of a run of words, and how long it lasts, whether they are listening tokens.
pub(crate) fn spurts_of(
    index: u32,
    turn: &Turn,
    cuts: Cuts,
    mut backchannel: impl FnMut(&[&Word], Millis) -> bool,
    spurts: &mut Vec<Spurt>,
) {
    let role = turn.role();
    let mut words: Vec<&Word> = turn.words().iter().collect();
    words.sort_by_key(|word| (word.start_ms(), word.end_ms()));
    let mut at = 0;
    while at < words.len() {
        let (start, mut end, first) = (words[at].start_ms(), words[at].end_ms(), at);
        at += 1;
        while at < words.len() && words[at].start_ms() <= end.saturating_add(cuts.bridge) {
            end = end.max(words[at].end_ms());
            at += 1;
        }
        spurts.push(Spurt { start, end, turn: index, role, backchannel: backchannel(&words[first..at], end - start) });
    }
}

/// One party's contribution: segments that all but touch are joined, a turn with a long pause inside is parted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub start: Millis,
    pub end: Millis,
    /// Places among the party's spurts.
    pub spurts: Range<usize>,
}

/// The speech of one party, in order of time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Speech {
    pub spurts: Vec<Spurt>,
    pub stretches: Vec<Stretch>,
}

impl Speech {
    pub fn of(role: Role, all: &[Spurt], cuts: Cuts) -> Speech {
        let mut spurts: Vec<Spurt> = all.iter().filter(|spurt| spurt.role == role).copied().collect();
        spurts.sort_by_key(|spurt| (spurt.start, spurt.end, spurt.turn));
        let mut stretches: Vec<Stretch> = Vec::new();
        for (index, spurt) in spurts.iter().enumerate() {
            match stretches.last_mut() {
                Some(last) if joins(&spurts[last.spurts.end - 1], last.end, spurt, cuts) => {
                    last.end = last.end.max(spurt.end);
                    last.spurts.end = index + 1;
                }
                _ => stretches.push(Stretch { start: spurt.start, end: spurt.end, spurts: index..index + 1 }),
            }
        }
        Speech { spurts, stretches }
    }

    pub fn talk_ms(&self) -> Millis {
        self.stretches.iter().fold(0, |sum: Millis, stretch| sum.saturating_add(stretch.end - stretch.start))
    }
}

fn joins(last: &Spurt, end: Millis, next: &Spurt, cuts: Cuts) -> bool {
    let gap = next.start.saturating_sub(end);
    if last.turn == next.turn { gap <= cuts.split } else { gap < cuts.bridge }
}

/// Time in which nobody speaks, between two spurts of whomever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Silence {
    pub start: Millis,
    pub end: Millis,
    pub after_turn: u32,
    pub before_turn: u32,
}

impl Silence {
    pub fn ms(&self) -> Millis {
        self.end - self.start
    }
}

/// Silences longer than `least`.
pub(crate) fn silences(all: &[Spurt], least: Millis) -> Vec<Silence> {
    let mut spurts: Vec<&Spurt> = all.iter().collect();
    spurts.sort_by_key(|spurt| (spurt.start, spurt.end, spurt.turn));
    let mut found = Vec::new();
    let Some(mut last) = spurts.first().copied() else { return found };
    for next in spurts {
        if next.start.saturating_sub(last.end) > least {
            found.push(Silence { start: last.end, end: next.start, after_turn: last.turn, before_turn: next.turn });
        }
        if next.end > last.end {
            last = next;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUTS: Cuts = Cuts { bridge: 180, split: 1000 };

    fn spurts(turns: &[Turn]) -> Vec<Spurt> {
        let mut found = Vec::new();
        for (index, turn) in turns.iter().enumerate() {
            let (index, before) = (index as u32, found.len());
            spurts_of(index, turn, CUTS, |_, _| false, &mut found);
            if let (true, Some(start), Some(end)) = (found.len() == before, turn.start_ms(), turn.end_ms()) {
                found.push(Spurt { start, end, turn: index, role: turn.role(), backchannel: false });
            }
        }
        found
    }

    fn segment(start: Millis, end: Millis) -> Turn {
        Turn::agent("so").at(Some(start), Some(end)).expect("in order")
    }

    fn words(times: &[(Millis, Millis)]) -> Turn {
        Turn::agent("so").with_words(times.iter().map(|(start, end)| Word::new("so", *start, *end).expect("in order")).collect())
    }

    fn stretches(turns: &[Turn]) -> Vec<(Millis, Millis)> {
        Speech::of(Role::Agent, &spurts(turns), CUTS).stretches.iter().map(|stretch| (stretch.start, stretch.end)).collect()
    }

    #[test]
    fn segments_closer_than_the_bridge_join() {
        assert_eq!(stretches(&[segment(0, 1000), segment(1179, 2000), segment(2180, 3000)]), [(0, 2000), (2180, 3000)]);
    }

    #[test]
    fn a_turn_with_a_pause_above_a_second_is_parted() {
        assert_eq!(stretches(&[words(&[(0, 500), (1500, 2000), (3001, 3500)])]), [(0, 2000), (3001, 3500)]);
    }

    #[test]
    fn silence_counts_from_the_last_who_speaks() {
        let turns = [segment(0, 9000), segment(1000, 2000), segment(13_000, 14_000)];
        let found = silences(&spurts(&turns), 3000);
        assert_eq!(found, [Silence { start: 9000, end: 13_000, after_turn: 0, before_turn: 2 }]);
    }
}
