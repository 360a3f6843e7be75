//! The token verifier: does a phrase match around its anchor?

use super::scan::{is_clause_end, is_clause_start};
use crate::rulebook::{Atom, Classes, Phrase, Step};
use crate::text::{LexMask, Token, WordId};

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
    /// Lexicons that have an entry here.
    pub multiword: LexMask,
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
            let Some(token) = self.tokens.get(here) else { break };
            match &step.atom {
                Atom::Word(id) if token.id == *id => {
                    if let Some(end) = self.forward(rest, here + 1) {
                        return Some(end);
                    }
                }
                Atom::Choice { words, runs, lexicons } => {
                    for run in runs {
                        if self.run_at(run, here)
                            && let Some(end) = self.forward(rest, here + run.len())
                        {
                            return Some(end);
                        }
                    }
                    if lexicons & self.multiword != 0 {
                        let first = self.entries.partition_point(|entry| (entry.start as usize) < here);
                        let entries = self.entries;
                        for entry in entries[first..].iter().take_while(|entry| entry.start as usize == here) {
                            if entry.mask & lexicons != 0
                                && let Some(end) = self.forward(rest, entry.end as usize)
                            {
                                return Some(end);
                            }
                        }
                    }
                    if (token.mask & lexicons != 0 || words.binary_search(&token.id).is_ok())
                        && let Some(end) = self.forward(rest, here + 1)
                    {
                        return Some(end);
                    }
                }
                _ => {}
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
            let Some(end) = at.checked_sub(gap).filter(|end| *end > 0) else { break };
            let token = &self.tokens[end - 1];
            match &step.atom {
                Atom::Word(id) if token.id == *id => {
                    if let Some(start) = self.backward(rest, end - 1, step.gap) {
                        return Some(start);
                    }
                }
                Atom::Choice { words, runs, lexicons } => {
                    for run in runs {
                        let Some(start) = end.checked_sub(run.len()).filter(|start| self.run_at(run, *start)) else { continue };
                        if let Some(start) = self.backward(rest, start, step.gap) {
                            return Some(start);
                        }
                    }
                    if lexicons & self.multiword != 0 {
                        let first = self.entries_by_end.partition_point(|entry| (entry.end as usize) < end);
                        let entries = self.entries_by_end;
                        for entry in entries[first..].iter().take_while(|entry| entry.end as usize == end) {
                            if entry.mask & lexicons != 0
                                && let Some(start) = self.backward(rest, entry.start as usize, step.gap)
                            {
                                return Some(start);
                            }
                        }
                    }
                    if (token.mask & lexicons != 0 || words.binary_search(&token.id).is_ok())
                        && let Some(start) = self.backward(rest, end - 1, step.gap)
                    {
                        return Some(start);
                    }
                }
                _ => {}
            }
        }
        if step.optional { self.backward(rest, at, gap) } else { None }
    }

    /// A run of words stands at `at`.
    pub fn run_at(&self, run: &[WordId], at: usize) -> bool {
        self.tokens.get(at..at + run.len()).is_some_and(|tokens| tokens.iter().zip(run).all(|(token, id)| token.id == *id))
    }
}
