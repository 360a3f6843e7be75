//! Anchors: under which word each phrase is filed, so that the scan meets it only where it may stand.

use super::compile::MAX_LEXICONS;
use super::model::*;
use crate::text::{HAS_ENTRIES, HAS_PHRASES, LexMask, VocabularyBuilder, WordId};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of words when anchors are chosen.
#[derive(Default)]
pub(super) struct Anchors {
    /// Lexicons of each word.
    masks: BTreeMap<WordId, LexMask>,
    /// Single words of each lexicon.
    members: Vec<BTreeSet<WordId>>,
    /// First and last words of the entries of several words of each lexicon.
    edges: [Vec<BTreeSet<WordId>>; 2],
    /// The lexicons of the commonest and of common words.
    pub common: [LexMask; 2],
}

/// The phrases, filed.
pub(super) struct Filed {
    pub by_word: [Postings; 2],
    pub by_lexicon: [Postings; 2],
    pub anchor_lexicons: LexMask,
    pub entries: Postings,
}

impl Anchors {
    /// `word` is a member of the lexicons of `mask`.
    pub fn add(&mut self, word: WordId, mask: LexMask) {
        self.mark(word, mask);
        bits(mask).for_each(|bit| {
            self.members[bit].insert(word);
        });
    }

    /// `words` is an entry of the lexicons of `mask`.
    pub fn add_entry(&mut self, words: &[WordId], mask: LexMask) {
        for (edge, word) in [words.first(), words.last()].into_iter().enumerate() {
            self.edges[edge].resize(MAX_LEXICONS, BTreeSet::new());
            bits(mask).for_each(|bit| self.edges[edge][bit].extend(word));
        }
    }

    fn mark(&mut self, word: WordId, mask: LexMask) {
        *self.masks.entry(word).or_default() |= mask;
        self.members.resize(MAX_LEXICONS, BTreeSet::new());
    }

    /// How often a word is met, as far as the rulebook can tell.
    fn frequency(&self, id: WordId) -> u32 {
        let mask = self.masks.get(&id).copied().unwrap_or(0);
        match () {
            () if mask & self.common[0] != 0 => 500,
            () if mask & self.common[1] != 0 => 40,
            () => 1,
        }
    }

    fn cost(&self, atom: &Atom) -> u32 {
        match atom {
            Atom::Word(id) => self.frequency(*id),
            Atom::Choice { words, runs, lexicons } => {
                let words = words.iter().map(|id| self.frequency(*id)).sum::<u32>();
                let runs = runs.iter().map(|run| self.frequency(run[self.rarest(run)])).sum::<u32>();
                let members =
                    bits(*lexicons).filter_map(|bit| self.members.get(bit)).flatten().map(|id| self.frequency(*id)).sum::<u32>();
                1 + words + runs + members
            }
            Atom::ClauseStart | Atom::ClauseEnd => u32::MAX,
        }
    }

    fn rarest(&self, run: &[WordId]) -> usize {
        (0..run.len()).min_by_key(|at| self.frequency(run[*at])).unwrap_or(0)
    }

    /// Chooses each phrase's anchor, its rarest required step, and files it under the rarest words of that step.
    pub fn file(&self, phrases: &mut [Phrase], cues: &[Cue], vocabulary: &mut VocabularyBuilder) -> Filed {
        let words = vocabulary.len() + 1;
        let mut by_word = [vec![Vec::new(); words], vec![Vec::new(); words]];
        let mut by_lexicon = [vec![Vec::new(); MAX_LEXICONS], vec![Vec::new(); MAX_LEXICONS]];
        let mut by_entry = vec![Vec::new(); words];
        let mut anchor_lexicons = 0;
        for (index, phrase) in phrases.iter_mut().enumerate() {
            let anchor = (0..phrase.steps.len())
                .filter(|at| !phrase.steps[*at].optional)
                .min_by_key(|at| self.cost(&phrase.steps[*at].atom))
                .unwrap_or(0);
            let (before, behind) = (self.before(&phrase.steps, anchor), self.behind(&phrase.steps, anchor));
            let posting = Posting { phrase: index as u32, run: 0, offset: 0, length: 1, before, behind };
            let (lists, lexicon_lists, mark) = match phrase.target {
                Target::Lexicon(_) => (&mut by_entry, None, HAS_ENTRIES),
                Target::Fire(cue) | Target::Always(cue) | Target::Unless(cue) => {
                    let role = cues[cue as usize].role as usize;
                    (&mut by_word[role], Some(&mut by_lexicon[role]), HAS_PHRASES)
                }
            };
            let mut filed: Vec<WordId> = Vec::new();
            match &phrase.steps[anchor].atom {
                Atom::Word(id) => {
                    lists[*id as usize].push(posting);
                    filed.push(*id);
                }
                Atom::Choice { words, runs, lexicons } => {
                    words.iter().for_each(|id| lists[*id as usize].push(posting));
                    filed.extend(words);
                    for (number, run) in runs.iter().enumerate() {
                        let offset = self.rarest(run);
                        // Inside a run its own words are the neighbours.
                        let at = |index: Option<usize>| index.and_then(|index| run.get(index)).map(|id| word_bit(*id));
                        lists[run[offset] as usize].push(Posting {
                            offset: offset as u8,
                            length: run.len() as u8,
                            run: number as u16,
                            before: at(offset.checked_sub(1)).unwrap_or(before),
                            behind: at(Some(offset + 1)).unwrap_or(behind),
                            ..posting
                        });
                        filed.push(run[offset]);
                    }
                    if let Some(lists) = lexicon_lists {
                        anchor_lexicons |= lexicons;
                        bits(*lexicons).for_each(|bit| lists[bit].push(posting));
                    }
                }
                Atom::ClauseStart | Atom::ClauseEnd => {}
            }
            filed.into_iter().for_each(|id| vocabulary.add_mask(id, mark));
            phrase.anchor = anchor as u16;
        }
        Filed {
            by_word: by_word.map(Postings::build),
            by_lexicon: by_lexicon.map(Postings::build),
            anchor_lexicons,
            entries: Postings::build(by_entry),
        }
    }

    /// The words that may stand right behind the anchor: those of the next step and, where it may be left out, of the one after.
    fn behind(&self, steps: &[Step], anchor: usize) -> u64 {
        let mut bits = 0;
        for step in &steps[anchor + 1..] {
            if step.gap > 0 {
                break;
            }
            bits |= self.word_bits(&step.atom, 0, |run| run.first());
            if !step.optional {
                return bits;
            }
        }
        u64::MAX
    }

    /// The words that may stand right before the anchor.
    fn before(&self, steps: &[Step], anchor: usize) -> u64 {
        let mut bits = 0;
        for at in (0..anchor).rev() {
            if steps[at + 1].gap > 0 {
                break;
            }
            bits |= self.word_bits(&steps[at].atom, 1, |run| run.last());
            if !steps[at].optional {
                return bits;
            }
        }
        u64::MAX
    }

    fn word_bits(&self, atom: &Atom, edge: usize, near: fn(&[WordId]) -> Option<&WordId>) -> u64 {
        match atom {
            Atom::Word(id) => word_bit(*id),
            Atom::Choice { words, runs, lexicons } => {
                let members = bits(*lexicons).filter_map(|bit| self.members.get(bit)).flatten();
                let entries = bits(*lexicons).filter_map(|bit| self.edges[edge].get(bit)).flatten();
                let ids = words.iter().chain(runs.iter().filter_map(|run| near(run))).chain(members).chain(entries);
                ids.fold(0, |bits, id| bits | word_bit(*id))
            }
            Atom::ClauseStart | Atom::ClauseEnd => u64::MAX,
        }
    }
}

fn bits(mask: LexMask) -> impl Iterator<Item = usize> {
    (0..MAX_LEXICONS).filter(move |bit| mask & (1 << bit) != 0)
}
