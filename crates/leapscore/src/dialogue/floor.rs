//! Floors: runs of one role's turns, built as the turns come in.

use crate::call::{Channel, Role, Turn};
use crate::cue::{Context, EchoSet, Hit, Scanner, distinct, features};
use crate::evidence::Part;
use crate::rulebook::{CueId, CueRole, Detect, Model};
use crate::text::{LexMask, Token, fold_turn};
use crate::timing::Clock;

/// Most words of a backchannel.
const BACKCHANNEL_WORDS: usize = 3;

/// What is kept of each input turn beside its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TurnFacts {
    pub role: Role,
    pub clock: Clock,
    pub words: u32,
    pub capitals: bool,
    /// The floor it belongs to, if to any.
    pub floor: Option<u32>,
    pub backchannel: bool,
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
}

impl Floor {
    fn open(role: Role) -> Floor {
        Floor { role, turns: Vec::new(), tokens: Vec::new(), hits: Vec::new(), matched: Vec::new(), echo: 0 }
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

/// The push-only machine of a call: finished floors, and the one that is open.
#[derive(Clone, Default)]
pub(crate) struct Machine {
    pub turns: Vec<TurnFacts>,
    pub floors: Vec<Floor>,
    open: Option<Floor>,
    /// An agent's backchannel inside a customer's floor, undecided until the next turn.
    pending: Option<(u32, Vec<Token>)>,
    /// Content words of the customer's last floors.
    echo: EchoSet,
    /// Backchannels that stayed in the other party's floor, with their words.
    pub backchannels: Vec<(u32, Vec<Token>)>,
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
        self.turns.push(TurnFacts {
            role: turn.role(),
            clock: Clock::of(turn),
            words,
            capitals: tokens.iter().any(|token| token.flags.has(crate::text::Flags::CAPITALS) && token.end - token.start > 3)
                || tokens.iter().any(|token| token.flags.has(crate::text::Flags::BANGS)),
            floor: None,
            backchannel,
        });
        if tokens.is_empty() {
            return;
        }
        self.settle_pending(model, scanner, turn.role());
        let holder = self.open.as_ref().map(|floor| floor.role);
        match (turn.role(), holder) {
            (Role::Agent, Some(Role::Customer)) if backchannel => self.pending = Some((index, tokens)),
            (Role::Customer, Some(Role::Agent)) if backchannel && self.overlaps_open(index) => {
                self.backchannels.push((index, tokens));
            }
            (role, _) => self.extend(model, scanner, role, index, &tokens, turn.text()),
        }
    }

    /// An agent's backchannel was one if the customer speaks next or, by the clock, was speaking all the while.
    fn settle_pending(&mut self, model: &Model, scanner: &mut Scanner, next: Role) {
        let Some((index, tokens)) = self.pending.take() else { return };
        if next == Role::Customer || self.inside_open(index) {
            self.backchannels.push((index, tokens));
        } else {
            self.turns[index as usize].backchannel = false;
            self.start(model, scanner, Role::Agent);
            self.append(index, &tokens);
        }
    }

    fn inside_open(&self, index: u32) -> bool {
        let last = self.open.as_ref().and_then(|floor| floor.turns.last());
        let held = last.and_then(|turn| self.turns[*turn as usize].clock.end);
        matches!((self.turns[index as usize].clock.end, held), (Some(end), Some(held)) if end <= held)
    }

    fn overlaps_open(&self, index: u32) -> bool {
        let start = self.turns[index as usize].clock.start;
        let last = self.open.as_ref().and_then(|floor| floor.turns.last());
        let end = last.and_then(|turn| self.turns[*turn as usize].clock.end);
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
            floor.tokens.extend_from_slice(tokens);
            floor.turns.push(index);
        }
    }

    fn close(&mut self, model: &Model, scanner: &mut Scanner) {
        let Some(mut floor) = self.open.take() else { return };
        let number = self.floors.len() as u32;
        for turn in &floor.turns {
            self.turns[*turn as usize].floor = Some(number);
            self.turns[*turn as usize].backchannel = false;
        }
        let cue_role = if floor.role == Role::Agent { CueRole::Agent } else { CueRole::Customer };
        floor.hits = scanner.scan(model, cue_role, &floor.tokens);
        floor.echo = if floor.role == Role::Agent { self.echo.count(&model.classes, &floor.tokens) } else { 0 };
        if floor.role == Role::Agent {
            let echo_cue = model.cues.iter().position(|cue| cue.detect == Detect::Echo);
            if let Some(cue) = echo_cue {
                self.echo.find(&model.classes, cue as u16, &floor.tokens, &mut floor.hits);
                floor.hits.sort_by_key(|hit| (hit.start, hit.end, hit.cue));
            }
            self.backchannel_turns(model, &mut floor);
        } else {
            self.echo.add(&model.classes, &floor.tokens);
        }
        floor.matched = distinct(&floor.hits);
        let context = self.context(model, self.floors.len(), floor.echo);
        scanner.bench.judge(&model.judges[cue_role as usize], &floor.tokens, &context, &mut floor.hits);
        clarifying_questions(model, &mut floor.hits);
        self.floors.push(floor);
    }

    /// What the judges of floor `index` may know beside its words.
    fn context(&self, model: &Model, index: usize, echo: usize) -> Context<'_> {
        let before = index.checked_sub(1).map(|before| self.floors[before].matched.as_slice());
        Context { before, echo, marks: model.marks }
    }

    /// What the judges read of floor `index`, as their tables write it.
    pub fn features(&self, model: &Model, index: usize, turns: &[Turn]) -> Vec<String> {
        let floor = &self.floors[index];
        let text = |token: &Token| &turns[token.turn as usize].text()[token.start as usize..token.end as usize];
        let words: Vec<String> = floor.tokens.iter().map(|token| model.vocabulary.word_of(token, text(token))).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        features(&model.cues, &words, &floor.matched, &self.context(model, index, floor.echo))
    }

    /// A turn of nothing but backchannel words is one hit of the backchannel cue.
    fn backchannel_turns(&self, model: &Model, floor: &mut Floor) {
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

    /// Closes what is open; the machine takes no more turns after it.
    pub fn finish(&mut self, model: &Model, scanner: &mut Scanner) {
        self.settle_pending(model, scanner, Role::Agent);
        self.close(model, scanner);
    }
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

/// At most three words, all of them in the backchannel lexicon (alone or as an entry of several words).
fn is_backchannel(model: &Model, tokens: &[Token]) -> bool {
    let lexicon = model.classes.backchannel;
    if tokens.is_empty() || tokens.len() > BACKCHANNEL_WORDS {
        return false;
    }
    let mut at = 0;
    while at < tokens.len() {
        match entry_at(model, lexicon, &tokens[at..]) {
            Some(length) => at += length,
            None if tokens[at].mask & lexicon != 0 => at += 1,
            None => return false,
        }
    }
    true
}

fn entry_at(model: &Model, lexicon: LexMask, tokens: &[Token]) -> Option<usize> {
    use crate::rulebook::{Atom, Target};
    tokens.iter().enumerate().find_map(|(offset, token)| {
        model.entry_postings.of(token.id as usize).iter().find_map(|posting| {
            let phrase = &model.phrases[posting.phrase as usize];
            let fits = phrase.anchor as usize == offset
                && matches!(phrase.target, Target::Lexicon(mask) if mask & lexicon != 0)
                && phrase.steps.len() <= tokens.len()
                && phrase.steps.iter().zip(tokens).all(|(step, token)| step.atom == Atom::Word(token.id));
            fits.then_some(phrase.steps.len())
        })
    })
}
