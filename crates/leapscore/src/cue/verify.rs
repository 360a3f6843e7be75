//! The token verifier: does a phrase match around its anchor?

use super::scan::{is_clause_end, is_clause_start};
use crate::rulebook::{Atom, Classes, Phrase, Step};
use crate::text::{LexMask, Token};

/// A lexicon entry of several words, found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub start: u32,
    pub end: u32,
    pub mask: LexMask,
}

pub(super) struct Verifier<'a> {
    pub tokens: &'a [Token],
    pub classes: &'a Classes,
    /// Sorted by start.
    pub entries: &'a [Entry],
    /// The same, sorted by end.
    pub entries_by_end: &'a [Entry],
    pub steps: u64,
}

impl Verifier<'_> {
    /// The tokens that the phrase takes, if its anchor takes `start..end`.
    pub fn matches(&mut self, phrase: &Phrase, start: usize, end: usize) -> Option<(usize, usize)> {
        let anchor = phrase.anchor as usize;
        let end = self.forward(&phrase.steps[anchor + 1..], end)?;
        let start = self.backward(&phrase.steps[..anchor], start, phrase.steps[anchor].gap)?;
        Some((start, end))
    }

    fn takes(&self, atom: &Atom, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        match atom {
            Atom::Word(id) => token.id == *id,
            Atom::AnyOf(ids) => ids.contains(&token.id),
            Atom::Lexicon(mask) => token.mask & mask != 0,
            Atom::ClauseStart | Atom::ClauseEnd => false,
        }
    }

    fn edge(&self, atom: &Atom, at: usize) -> Option<bool> {
        match atom {
            Atom::ClauseStart => Some(is_clause_start(self.tokens, self.classes, at)),
            Atom::ClauseEnd => Some(is_clause_end(self.tokens, self.classes, at)),
            _ => None,
        }
    }

    fn forward(&mut self, steps: &[Step], at: usize) -> Option<usize> {
        let Some((step, rest)) = steps.split_first() else { return Some(at) };
        self.steps += 1;
        if let Some(holds) = self.edge(&step.atom, at) {
            return if holds { self.forward(rest, at) } else { None };
        }
        for gap in 0..=step.gap as usize {
            let here = at + gap;
            if let Atom::Lexicon(mask) = step.atom {
                for end in self.entries_from(here, mask) {
                    if let Some(end) = self.forward(rest, end) {
                        return Some(end);
                    }
                }
            }
            if self.takes(&step.atom, here) {
                if let Some(end) = self.forward(rest, here + 1) {
                    return Some(end);
                }
            }
        }
        if step.optional { self.forward(rest, at) } else { None }
    }

    fn backward(&mut self, steps: &[Step], at: usize, gap: u8) -> Option<usize> {
        let Some((step, rest)) = steps.split_last() else { return Some(at) };
        self.steps += 1;
        if let Some(holds) = self.edge(&step.atom, at) {
            return if holds { self.backward(rest, at, step.gap) } else { None };
        }
        for gap in 0..=gap as usize {
            let Some(here) = at.checked_sub(gap + 1) else { break };
            if let Atom::Lexicon(mask) = step.atom {
                for start in self.entries_until(here + 1, mask) {
                    if let Some(start) = self.backward(rest, start, step.gap) {
                        return Some(start);
                    }
                }
            }
            if self.takes(&step.atom, here) {
                if let Some(start) = self.backward(rest, here, step.gap) {
                    return Some(start);
                }
            }
        }
        if step.optional { self.backward(rest, at, gap) } else { None }
    }

    fn entries_from(&self, start: usize, mask: LexMask) -> impl Iterator<Item = usize> + use<> {
        let first = self.entries.partition_point(|entry| (entry.start as usize) < start);
        let ends: Vec<usize> = self.entries[first..]
            .iter()
            .take_while(|entry| entry.start as usize == start)
            .filter(|entry| entry.mask & mask != 0)
            .map(|entry| entry.end as usize)
            .collect();
        ends.into_iter()
    }

    fn entries_until(&self, end: usize, mask: LexMask) -> impl Iterator<Item = usize> + use<> {
        let first = self.entries_by_end.partition_point(|entry| (entry.end as usize) < end);
        let starts: Vec<usize> = self.entries_by_end[first..]
            .iter()
            .take_while(|entry| entry.end as usize == end)
            .filter(|entry| entry.mask & mask != 0)
            .map(|entry| entry.start as usize)
            .collect();
        starts.into_iter()
    }
}
