//! The push-only machine: floors, built as the turns come in.

use super::archive::{Archive, bytes, push};
use super::backchannel::{all_listening, is_backchannel};
use super::floor::{Floor, TurnFacts};
use crate::call::{Channel, Role, Turn, Word};
use crate::cue::{Context, EchoSet, Hit, Scanner, distinct, features};
use crate::evidence::Part;
use crate::rulebook::{CueId, CueRole, Detect, Model};
use crate::text::{Flags, Token, fold_turn};
use crate::timing::{Spurt, spurts_of};
use crate::unit::Millis;

/// Words within which a run of two that comes again is a new start.
const RESTART_WORDS: usize = 8;

/// The push-only machine of a call: finished floors, and the one that is open.
#[derive(Clone, Default)]
pub(crate) struct Machine {
    pub turns: Vec<TurnFacts>,
    pub floors: Vec<Floor>,
    /// Floors closed before those.
    pub archived: usize,
    open: Option<Floor>,
    /// The open floor's hits are those of its words.
    scanned: bool,
    /// An agent's backchannel inside a customer's floor, undecided until the next turn.
    pending: Option<(u32, Vec<Token>)>,
    /// Content words of the customer's last floors.
    echo: EchoSet,
    /// Backchannels that stayed in the other party's floor.
    pub backchannels: Vec<Part>,
    /// Who spoke when, of turns with word times, turn by turn.
    spurts: Vec<Spurt>,
    /// Turns in which the speaker started over, and when, by word times.
    pub restarts: Vec<(u32, Millis)>,
}

impl Machine {
    pub fn push(&mut self, model: &Model, scanner: &mut Scanner, channel: Channel, turn: &Turn) {
        let index = self.turns.len() as u32;
        let mut tokens = Vec::new();
        let mut words = 0;
        if turn.role() != Role::System {
            words = fold_turn(&model.vocabulary, index, turn.text(), &mut tokens);
        }
        let backchannel = channel == Channel::Voice && is_backchannel(model, &tokens);
        let loud = |token: &Token| token.flags.has(Flags::CAPITALS) && token.end - token.start > 3 || token.flags.has(Flags::BANGS);
        let facts = TurnFacts::new(turn, words, tokens.iter().any(loud), backchannel);
        push(&mut self.turns, facts);
        if channel == Channel::Voice && !turn.words().is_empty() {
            self.listen(model, index, turn);
        }
        if tokens.is_empty() {
            return;
        }
        self.settle_pending(model, scanner, turn.role());
        let holder = self.open.as_ref().map(|floor| floor.role);
        match (turn.role(), holder) {
            (Role::Agent, Some(Role::Customer)) if backchannel => self.pending = Some((index, tokens)),
            (Role::Customer, Some(Role::Agent)) if backchannel && self.overlaps_open(index) => {
                self.backchannels.extend(hull(&tokens));
            }
            (role, _) => self.extend(model, scanner, role, index, &tokens, turn.text()),
        }
    }

    /// Takes the turn's word times.
    fn listen(&mut self, model: &Model, index: u32, turn: &Turn) {
        let timing = &model.timing;
        let mut tokens = Vec::new();
        let mut fold = |words: &[&Word]| {
            tokens.clear();
            for word in words {
                fold_turn(&model.vocabulary, index, word.text(), &mut tokens);
            }
            let short = tokens.len() <= timing.backchannel_words;
            (short, all_listening(model, &tokens))
        };
        let listening = |words: &[&Word], ms: Millis| {
            // Longer than any listening token: not worth a look at the words.
            if ms > timing.backchannel_ms && words.len() > timing.backchannel_words {
                return false;
            }
            let (short, all) = fold(words);
            all && (short || ms <= timing.backchannel_ms)
        };
        spurts_of(index, turn, timing.cuts(), listening, &mut self.spurts);
        // Two words said over again, right away or after a few others.
        let folded: Vec<String> = turn.words().iter().map(|word| word_key(word.text())).collect();
        for at in 2..folded.len().saturating_sub(1) {
            let from = at.saturating_sub(RESTART_WORDS);
            let before = folded[from..at + 1].windows(2).any(|pair| pair == &folded[at..at + 2]);
            if before {
                self.restarts.push((index, turn.words()[at].start_ms()));
            }
        }
    }

    /// Who spoke when, from a turn on, turn by turn: by word times, and where there are none by the turn's own.
    pub fn spurts(&self, from: u32) -> Vec<Spurt> {
        let mut worded = self.spurts[self.spurts.partition_point(|spurt| spurt.turn < from)..].iter().peekable();
        let mut spurts = Vec::new();
        for turn in from..self.turns.len() as u32 {
            let before = spurts.len();
            while let Some(spurt) = worded.next_if(|spurt| spurt.turn == turn) {
                spurts.push(*spurt);
            }
            let facts = &self.turns[turn as usize];
            if let (true, Some(start), Some(end)) = (spurts.len() == before, facts.clock.start(), facts.clock.end()) {
                spurts.push(Spurt { start, end, turn, role: facts.role, backchannel: facts.listening });
            }
        }
        spurts
    }

    /// An agent's backchannel was one if the customer speaks next or, by the clock, was speaking all the while.
    fn settle_pending(&mut self, model: &Model, scanner: &mut Scanner, next: Role) {
        let Some((index, tokens)) = self.pending.take() else { return };
        if next == Role::Customer || self.inside_open(index) {
            self.backchannels.extend(hull(&tokens));
        } else {
            self.turns[index as usize].backchannel = false;
            self.start(model, scanner, Role::Agent);
            self.append(index, &tokens);
        }
    }

    fn inside_open(&self, index: u32) -> bool {
        let last = self.open.as_ref().and_then(|floor| floor.turns.last());
        let held = last.and_then(|turn| self.turns[*turn as usize].clock.end());
        matches!((self.turns[index as usize].clock.end(), held), (Some(end), Some(held)) if end <= held)
    }

    fn overlaps_open(&self, index: u32) -> bool {
        let start = self.turns[index as usize].clock.start();
        let last = self.open.as_ref().and_then(|floor| floor.turns.last());
        let end = last.and_then(|turn| self.turns[*turn as usize].clock.end());
        matches!((start, end), (Some(start), Some(end)) if start < end)
    }

    fn extend(&mut self, model: &Model, scanner: &mut Scanner, role: Role, index: u32, tokens: &[Token], text: &str) {
        if self.open.as_ref().is_none_or(|floor| floor.role != role) {
            self.start(model, scanner, role);
            self.append(index, tokens);
            return;
        }
        // Folded again behind the words before it, so that a false start across two turns collapses as it does inside one.
        if let Some(floor) = &mut self.open {
            self.scanned = false;
            fold_turn(&model.vocabulary, index, text, &mut floor.tokens);
            floor.turns.push(index);
        }
    }

    fn start(&mut self, model: &Model, scanner: &mut Scanner, role: Role) {
        self.close(model, scanner);
        self.open = Some(Floor::open(role));
    }

    fn append(&mut self, index: u32, tokens: &[Token]) {
        if let Some(floor) = &mut self.open {
            self.scanned = false;
            floor.tokens.extend_from_slice(tokens);
            floor.turns.push(index);
        }
    }

    /// Finds the cues of the open floor; once, unless words were added since.
    pub fn scan_open(&mut self, model: &Model, scanner: &mut Scanner) {
        if self.scanned {
            return;
        }
        if let Some(mut floor) = self.open.take() {
            self.scan(model, scanner, &mut floor);
            self.open = Some(floor);
            self.scanned = true;
        }
    }

    /// Finds the cues of a floor that follows the closed ones.
    pub fn scan(&self, model: &Model, scanner: &mut Scanner, floor: &mut Floor) {
        let cue_role = if floor.role == Role::Agent { CueRole::Agent } else { CueRole::Customer };
        floor.hits = scanner.scan(model, cue_role, &floor.tokens);
        floor.asks = scanner.asks_last(model, &floor.tokens);
        if floor.role == Role::Agent {
            floor.echo = self.echo.count(&model.classes, &floor.tokens);
            let echo_cue = model.cues.iter().position(|cue| cue.detect == Detect::Echo);
            if let Some(cue) = echo_cue {
                self.echo.find(&model.classes, cue as u16, &floor.tokens, &mut floor.hits);
                floor.hits.sort_by_key(|hit| (hit.start, hit.end, hit.cue));
            }
            backchannel_turns(model, floor);
        }
        floor.matched = distinct(&floor.hits);
        let context = context(model, self.floors.last(), floor.echo);
        scanner.bench.judge(&model.judges[cue_role as usize], &floor.tokens, &context, &mut floor.hits);
        clarifying_questions(model, &mut floor.hits);
    }

    fn close(&mut self, model: &Model, scanner: &mut Scanner) {
        self.scan_open(model, scanner);
        let Some(floor) = self.open.take() else { return };
        for turn in &floor.turns {
            self.turns[*turn as usize].put_on(self.archived + self.floors.len());
        }
        if floor.role == Role::Customer {
            self.echo.add(&model.classes, &floor.tokens);
        }
        self.floors.push(floor);
        self.scanned = false;
    }

    /// The floor that is open, with its cues if [`Machine::scan_open`] was called since the last turn.
    pub fn open(&self) -> Option<&Floor> {
        self.open.as_ref()
    }

    /// Packs closed floors away and lets the open one's words go: what a live session does between turns. The last closed floor stays,
    /// since the next one's judges read it.
    pub fn rest(&mut self, archive: &mut Archive) {
        if let Some(open) = &mut self.open {
            open.tokens = Vec::new();
            open.hits.shrink_to_fit();
        }
        while self.floors.len() > 1 {
            archive.put(&self.floors.remove(0));
            self.archived += 1;
        }
        if let Some(last) = self.floors.last_mut() {
            last.tokens = Vec::new();
            last.hits.shrink_to_fit();
        }
    }

    /// Folds the open floor's words again.
    pub fn wake(&mut self, mut fold: impl FnMut(&[u32]) -> Vec<Token>) {
        if let Some(open) = self.open.as_mut().filter(|open| open.tokens.is_empty()) {
            open.tokens = fold(&open.turns);
        }
    }

    /// The machine of the whole call, with all floors and their words, finished.
    pub fn whole(
        &self,
        model: &Model,
        scanner: &mut Scanner,
        archive: &Archive,
        mut fold: impl FnMut(&[u32]) -> Vec<Token>,
    ) -> Machine {
        let mut whole = self.clone();
        whole.wake(&mut fold);
        whole.floors = archive.floors(&mut fold);
        whole.floors.extend(self.floors.iter().map(|floor| Floor { tokens: fold(&floor.turns), ..floor.clone() }));
        whole.archived = 0;
        whole.finish(model, scanner);
        whole
    }

    /// Forgets turns from the front, whole floors at a time, until at most `keep` are left or one floor is. Gives how many turns went.
    pub fn forget(&mut self, archive: &mut Archive, keep: usize) -> u32 {
        let before = self.turns.len().saturating_sub(keep) as u32;
        let floors = archive.forget(before) as u32;
        let kept = [
            archive.first_turn(),
            self.floors.first().map(Floor::first_turn),
            self.open.as_ref().map(Floor::first_turn),
            self.pending.as_ref().map(|(turn, _)| *turn),
        ];
        let by = kept.into_iter().flatten().min().unwrap_or(before).min(before);
        archive.rebase(by);
        self.archived -= floors as usize;
        self.turns.drain(..by as usize);
        self.turns.iter_mut().for_each(|turn| turn.rebase(floors));
        for floor in self.floors.iter_mut().chain(self.open.as_mut()) {
            floor.turns.iter_mut().for_each(|turn| *turn -= by);
        }
        if let Some((turn, tokens)) = &mut self.pending {
            *turn -= by;
            tokens.iter_mut().for_each(|token| token.turn -= by);
        }
        self.backchannels.retain_mut(|part| part.turn.checked_sub(by).map(|turn| part.turn = turn).is_some());
        self.spurts.retain_mut(|spurt| spurt.turn.checked_sub(by).map(|turn| spurt.turn = turn).is_some());
        self.restarts.retain_mut(|(turn, _)| turn.checked_sub(by).map(|to| *turn = to).is_some());
        by
    }

    /// Lets the front of the open floor go, so that it keeps at most so many turns. Its words must be awake.
    pub fn shorten_open(&mut self, keep: usize) {
        let Some(open) = self.open.as_mut().filter(|open| open.turns.len() > keep) else { return };
        let from = open.turns[open.turns.len() - keep];
        open.turns.retain(|turn| *turn >= from);
        open.tokens.retain(|token| token.turn >= from);
        self.scanned = false;
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        let floor = |floor: &Floor| {
            let parts: usize = floor.hits.iter().map(|hit| bytes(&hit.parts)).sum();
            bytes(&floor.turns) + bytes(&floor.tokens) + bytes(&floor.hits) + bytes(&floor.matched) + parts
        };
        let floors: usize = self.floors.iter().chain(self.open.as_ref()).map(floor).sum();
        let pending = self.pending.as_ref().map_or(0, |(_, tokens)| bytes(tokens));
        bytes(&self.turns)
            + bytes(&self.floors)
            + floors
            + pending
            + self.echo.heap_bytes()
            + bytes(&self.backchannels)
            + bytes(&self.spurts)
            + bytes(&self.restarts)
    }

    /// What the judges read of floor `index`, as their tables write it.
    pub fn features(&self, model: &Model, index: usize, turns: &[Turn]) -> Vec<String> {
        let floor = &self.floors[index];
        let text = |token: &Token| &turns[token.turn as usize].text()[token.start as usize..token.end as usize];
        let words: Vec<String> = floor.tokens.iter().map(|token| model.vocabulary.word_of(token, text(token))).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        features(
            &model.cues,
            &words,
            &floor.matched,
            &context(model, index.checked_sub(1).map(|before| &self.floors[before]), floor.echo),
        )
    }

    /// Closes what is open; the machine takes no more turns after it.
    pub fn finish(&mut self, model: &Model, scanner: &mut Scanner) {
        self.settle_pending(model, scanner, Role::Agent);
        self.close(model, scanner);
    }
}

/// What the judges of a floor may know beside its words.
fn context<'a>(model: &Model, before: Option<&'a Floor>, echo: usize) -> Context<'a> {
    Context { before: before.map(|floor| floor.matched.as_slice()), echo, marks: model.marks }
}

/// A turn of nothing but backchannel words is one hit of the backchannel cue.
fn backchannel_turns(model: &Model, floor: &mut Floor) {
    let Some(cue) = model.cues.iter().position(|cue| cue.detect == Detect::Backchannel) else { return };
    let mut at = 0;
    while at < floor.tokens.len() {
        let turn = floor.tokens[at].turn;
        let end = at + floor.tokens[at..].iter().take_while(|token| token.turn == turn).count();
        if is_backchannel(model, &floor.tokens[at..end]) {
            floor.hits.push(Hit::run(cue as u16, at as u32, end as u32));
        }
        at = end;
    }
    floor.hits.sort_by_key(|hit| (hit.start, hit.end, hit.cue));
}

/// The bytes of a turn's words.
fn hull(tokens: &[Token]) -> Option<Part> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    Some(Part { turn: first.turn, start: first.start, end: last.end, absence: false })
}

/// A word as it sounds: letters and digits in lower case.
fn word_key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Questions about the customer's matter: those that no business question overlaps.
fn clarifying_questions(model: &Model, hits: &mut Vec<Hit>) {
    let Some(cue) = model.cues.iter().position(|cue| cue.detect == Detect::ClarifyingQuestion) else { return };
    let is = |hit: &&Hit, kinds: &[Detect]| kinds.contains(&model.cues[hit.cue as usize].detect);
    let business: Vec<(u32, u32)> =
        hits.iter().filter(|hit| is(hit, &[Detect::BusinessQuestion])).map(|hit| (hit.start, hit.end)).collect();
    let asks = hits.iter().filter(|hit| is(hit, &[Detect::OpenQuestion, Detect::ClosedQuestion]));
    let free = asks.filter(|hit| business.iter().all(|(start, end)| hit.end <= *start || *end <= hit.start));
    let found: Vec<Hit> = free.map(|hit| Hit { cue: cue as CueId, ..hit.clone() }).collect();
    hits.extend(found);
    hits.sort_by_key(|hit| (hit.start, hit.end, hit.cue));
}
