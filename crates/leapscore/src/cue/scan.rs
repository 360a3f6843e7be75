//! One pass over a floor's tokens finds every phrase of every cue: each phrase is filed under its rarest required word or
//! lexicon, so that a token costs a look at a list that is nearly always empty.

use super::Hit;
use super::question::{self, Question, QuestionKind};
use super::scope;
use super::verify::{Entry, Verifier};
use crate::rulebook::{Atom, Classes, CueId, CueRole, Detect, Model, Phrase, Posting, Scope, Target, word_bit};
use crate::text::{Flags, HAS_ENTRIES, HAS_PHRASES, Token};

/// Words around a hit in which an `unless` phrase cancels it.
const UNLESS_WINDOW: u32 = 6;

/// Hits of phrases are shorter than this, in words.
const LONGEST_HIT: u32 = 80;

/// The questions, which are in order and apart, that overlap a run of tokens.
fn overlapping(questions: &[Question], start: u32, end: u32) -> impl Iterator<Item = &Question> {
    let first = questions.partition_point(|question| question.end <= start);
    questions[first..].iter().take_while(move |question| question.start < end)
}

/// Buffers of the scan, reused from floor to floor.
#[derive(Default)]
pub(crate) struct Scanner {
    entries: Vec<Entry>,
    entries_by_end: Vec<Entry>,
    raw: Vec<Hit>,
    unless: Vec<(CueId, u32, u32)>,
    questions: Vec<Question>,
    /// The judges' buffers.
    pub bench: super::Bench,
    /// Phrases tried.
    pub candidates: u64,
    /// Steps of the verifier.
    pub steps: u64,
}

/// A clause starts at `at`: the floor's first word, or one behind punctuation or a word that opens clauses.
pub(crate) fn is_clause_start(tokens: &[Token], classes: &Classes, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
    before.flags.has(Flags::EDGE) || before.flags.has(Flags::COMMA) || before.mask & classes.connector != 0
}

/// A clause ends before `at`: the floor ends, or punctuation or a word that opens clauses follows.
pub(super) fn is_clause_end(tokens: &[Token], classes: &Classes, at: usize) -> bool {
    let after_edge = at.checked_sub(1).is_some_and(|before| {
        let flags = tokens[before].flags;
        flags.has(Flags::EDGE) || flags.has(Flags::COMMA)
    });
    after_edge || tokens.get(at).is_none_or(|token| token.mask & classes.connector != 0)
}

impl Scanner {
    /// Finds the cues of a floor of `role`, in order of place and cue.
    pub fn scan(&mut self, model: &Model, role: CueRole, tokens: &[Token]) -> Vec<Hit> {
        self.raw.clear();
        self.unless.clear();
        self.find_entries(model, tokens);
        self.find_phrases(model, role, tokens);
        self.questions.clear();
        if role == CueRole::Agent {
            question::find(&model.classes, tokens, &mut self.questions);
            self.add_questions(model);
        }
        self.settle(model, tokens)
    }

    /// The words end with a question.
    pub fn asks_last(&mut self, model: &Model, tokens: &[Token]) -> bool {
        let Some(last) = tokens.last() else { return false };
        self.questions.clear();
        question::find(&model.classes, tokens, &mut self.questions);
        last.flags.has(Flags::QUESTION) || self.questions.last().is_some_and(|question| question.end as usize == tokens.len())
    }

    /// Lexicon entries of several words.
    fn find_entries(&mut self, model: &Model, tokens: &[Token]) {
        self.entries.clear();
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.mask & HAS_ENTRIES != 0) {
            for posting in model.entry_postings.of(token.id as usize) {
                let phrase = &model.phrases[posting.phrase as usize];
                let Some(start) = at.checked_sub(phrase.anchor as usize) else { continue };
                let end = start + phrase.steps.len();
                let matches = tokens.get(start..end).is_some_and(|run| {
                    run.iter().zip(&phrase.steps).all(|(token, step)| matches!(step.atom, Atom::Word(id) if id == token.id))
                });
                if let (true, Target::Lexicon(mask)) = (matches, phrase.target) {
                    self.entries.push(Entry { start: start as u32, end: end as u32, mask });
                }
            }
        }
        self.entries.sort_unstable_by_key(|entry| (entry.start, entry.end));
        self.entries_by_end.clone_from(&self.entries);
        self.entries_by_end.sort_by_key(|entry| entry.end);
    }

    fn find_phrases(&mut self, model: &Model, role: CueRole, tokens: &[Token]) {
        let mut verifier = Verifier {
            tokens,
            classes: &model.classes,
            entries: &self.entries,
            entries_by_end: &self.entries_by_end,
            multiword: self.entries.iter().fold(0, |mask, entry| mask | entry.mask),
            steps: 0,
        };
        let mut candidates = 0;
        let (by_word, by_lexicon) = (&model.word_postings[role as usize], &model.lexicon_postings[role as usize]);
        let mut found = |phrase: &Phrase, start: usize, end: usize| match phrase.target {
            Target::Fire(cue) => self.raw.push(Hit::run(cue, start as u32, end as u32)),
            Target::Always(cue) => self.raw.push(Hit { always: true, ..Hit::run(cue, start as u32, end as u32) }),
            Target::Unless(cue) => self.unless.push((cue, start as u32, end as u32)),
            Target::Lexicon(_) => {}
        };
        let mut attempt = |posting: &Posting, at: usize, end: usize| {
            let (mut start, mut end) = (at, end);
            if posting.length > 1 {
                let Some(first) = at.checked_sub(posting.offset as usize) else { return };
                (start, end) = (first, first + posting.length as usize);
            }
            let phrase = &model.phrases[posting.phrase as usize];
            candidates += 1;
            if posting.length > 1 {
                let Atom::Choice { runs, .. } = &phrase.steps[phrase.anchor as usize].atom else { return };
                if !verifier.run_at(&runs[posting.run as usize], start) {
                    return;
                }
            }
            if let Some((start, end)) = verifier.matches(phrase, start, end) {
                found(phrase, start, end);
            }
        };
        let interesting = HAS_PHRASES | model.anchor_lexicons;
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.mask & interesting != 0) {
            let before = at.checked_sub(1).map_or(0, |at| word_bit(tokens[at].id));
            let behind = tokens.get(at + 1).map_or(0, |token| word_bit(token.id));
            let fits = |posting: &&Posting| {
                (posting.before == u64::MAX || posting.before & before != 0)
                    && (posting.behind == u64::MAX || posting.behind & behind != 0)
            };
            if token.mask & HAS_PHRASES != 0 {
                by_word.of(token.id as usize).iter().filter(fits).for_each(|posting| attempt(posting, at, at + 1));
            }
            let mut lexicons = token.mask & model.anchor_lexicons;
            while lexicons != 0 {
                let list = by_lexicon.of(lexicons.trailing_zeros() as usize);
                list.iter().filter(fits).for_each(|posting| attempt(posting, at, at + 1));
                lexicons &= lexicons - 1;
            }
        }
        for entry in &self.entries {
            let mut lexicons = entry.mask & model.anchor_lexicons;
            while lexicons != 0 {
                for posting in by_lexicon.of(lexicons.trailing_zeros() as usize) {
                    attempt(posting, entry.start as usize, entry.end as usize);
                }
                lexicons &= lexicons - 1;
            }
        }
        self.candidates += candidates;
        self.steps += verifier.steps;
    }

    /// Questions become hits of the cues that ask for their kind. A phrase that says "open" outranks the form.
    fn add_questions(&mut self, model: &Model) {
        let cue_of = |wanted: Detect| model.cues.iter().position(|cue| cue.detect == wanted).map(|at| at as CueId);
        let open = cue_of(Detect::OpenQuestion);
        let business = cue_of(Detect::BusinessQuestion);
        let mut spoken: Vec<(u32, u32, CueId)> = self
            .raw
            .iter()
            .filter(|hit| [open, business].contains(&Some(hit.cue)))
            .map(|hit| (hit.start, hit.end, hit.cue))
            .collect();
        spoken.sort_unstable();
        for question in &self.questions {
            let first = spoken.partition_point(|(start, _, _)| start + LONGEST_HIT < question.start);
            let near = || spoken[first..].iter().take_while(|(start, _, _)| *start < question.end);
            let overlaps = |cue: Option<CueId>| near().any(|(_, end, other)| Some(*other) == cue && *end > question.start);
            let kind = match question.kind {
                QuestionKind::Business => QuestionKind::Business,
                _ if overlaps(business) => QuestionKind::Business,
                _ if overlaps(open) => QuestionKind::Open,
                kind => kind,
            };
            let wanted = match kind {
                QuestionKind::Open => open,
                QuestionKind::Closed => cue_of(Detect::ClosedQuestion),
                QuestionKind::Business => business,
            };
            if let Some(cue) = wanted {
                self.raw.push(Hit::run(cue, question.start, question.end));
            }
        }
        // An open request that turns out to be about business is business.
        for hit in self.raw.iter_mut().filter(|hit| Some(hit.cue) == open) {
            let asks_business =
                overlapping(&self.questions, hit.start, hit.end).any(|question| question.kind == QuestionKind::Business);
            if let (true, Some(cue)) = (asks_business, business) {
                hit.cue = cue;
            }
        }
    }

    /// Drops what stands in a scope that blocks it, joins what overlaps.
    fn settle(&mut self, model: &Model, tokens: &[Token]) -> Vec<Hit> {
        self.raw.sort_unstable_by_key(|hit| (hit.cue, hit.start, u32::MAX - hit.end));
        self.unless.sort_unstable();
        let mut hits: Vec<Hit> = Vec::with_capacity(self.raw.len());
        for hit in self.raw.drain(..) {
            let cue = &model.cues[hit.cue as usize];
            let (start, end) = (hit.start, hit.end);
            let first = self.unless.partition_point(|(other, at, _)| (*other, *at + 2 * UNLESS_WINDOW + 8) < (hit.cue, start));
            let cancelled = self.unless[first..]
                .iter()
                .take_while(|(other, at, _)| *other == hit.cue && *at < end + UNLESS_WINDOW)
                .any(|(_, from, to)| *from < end + UNLESS_WINDOW && start < *to + UNLESS_WINDOW);
            let in_question = || overlapping(&self.questions, start, start + 1).next().is_some();
            if cancelled
                || start >= cue.within_first
                || (cue.negation == Scope::Block && scope::is_negated(&model.classes, tokens, start as usize))
                || (cue.quotation == Scope::Block && scope::is_reported(&model.classes, tokens, start as usize))
                || (cue.question == Scope::Block && in_question())
            {
                continue;
            }
            match hits.last_mut() {
                Some(last) if last.cue == hit.cue && start < last.end => {
                    last.end = last.end.max(end);
                    last.always |= hit.always;
                    if !last.parts.is_empty() || !hit.parts.is_empty() {
                        let own = if hit.parts.is_empty() { vec![(start, end)] } else { hit.parts };
                        if last.parts.is_empty() {
                            last.parts = vec![(last.start, last.end)];
                        }
                        last.parts.extend(own);
                    }
                }
                _ => hits.push(hit),
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.start, hit.end, hit.cue));
        hits
    }
}
