//! The compiled rulebook: numbers instead of names.

use super::document::{CueRole, Detect, Fill, Kind, NudgeKind, Scope, Tension, Timing, Trigger};
use super::judge::Judges;
use crate::text::{LexMask, Vocabulary, WordId, fold_turn};
use crate::unit::Pillar;
use serde::{Deserialize, Serialize};

pub(crate) type CueId = u16;
pub(crate) type RuleId = u16;

/// What one step of a phrase takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Atom {
    Word(WordId),
    /// One of these words, one of these longer runs, or a member of one of these lexicons.
    Choice {
        words: Box<[WordId]>,
        runs: Box<[Box<[WordId]>]>,
        lexicons: LexMask,
    },
    ClauseStart,
    ClauseEnd,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Step {
    pub atom: Atom,
    pub optional: bool,
    /// Up to this many words may stand between the step before and this one.
    pub gap: u8,
}

/// What a phrase found is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Target {
    /// It is a hit of the cue.
    Fire(CueId),
    /// It is a hit of the cue that no judge overrules.
    Always(CueId),
    /// It cancels hits of the cue nearby.
    Unless(CueId),
    /// It is an entry of several words of these lexicons.
    Lexicon(LexMask),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Phrase {
    pub target: Target,
    pub steps: Box<[Step]>,
    /// The step at which the search for it starts.
    pub anchor: u16,
}

/// A phrase to try where its anchor is met.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Posting {
    pub phrase: u32,
    /// The anchor is this word of a run of `length` words that is choice `run` of its step.
    pub run: u16,
    pub offset: u8,
    pub length: u8,
    /// The words that may stand right before and right behind the anchor, each a bit of its id; all bits if any word may.
    pub before: u64,
    pub behind: u64,
}

/// The bit of a word in a posting's `before` and `behind`.
#[inline]
pub(crate) fn word_bit(id: WordId) -> u64 {
    1 << (id.wrapping_mul(0x9e37_79b1) >> 26)
}

/// Lists of postings, flat.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Postings {
    pub starts: Vec<u32>,
    pub entries: Vec<Posting>,
}

impl Postings {
    pub fn build(mut lists: Vec<Vec<Posting>>) -> Postings {
        let mut postings = Postings { starts: vec![0], entries: Vec::new() };
        for list in &mut lists {
            postings.entries.append(list);
            postings.starts.push(postings.entries.len() as u32);
        }
        postings
    }

    #[inline]
    pub fn of(&self, index: usize) -> &[Posting] {
        match self.starts.get(index + 1) {
            Some(end) => &self.entries[self.starts[index] as usize..*end as usize],
            None => &[],
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Cue {
    pub id: String,
    pub role: CueRole,
    pub summary: String,
    pub detect: Detect,
    pub negation: Scope,
    pub quotation: Scope,
    pub question: Scope,
    pub within_first: u32,
    pub tension: i32,
}

/// Lexicons that the engine itself reads; the names are fixed, the words are data.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Classes {
    pub filler: LexMask,
    pub backchannel: LexMask,
    pub connector: LexMask,
    pub negator: LexMask,
    pub reporting: LexMask,
    pub function: LexMask,
    pub number: LexMask,
    pub business: LexMask,
    pub matter: LexMask,
    pub family: LexMask,
    pub wh: LexMask,
    pub auxiliary: LexMask,
    pub subject: LexMask,
    pub closed_wh: LexMask,
    pub closed_noun: LexMask,
    pub pronoun: LexMask,
    pub you: LexMask,
    pub weak_auxiliary: LexMask,
    pub embedding: LexMask,
    pub clause_word: LexMask,
    pub first_person: LexMask,
    pub clause_final: LexMask,
    pub takes_clause: LexMask,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Move {
    pub id: String,
    pub steps: Vec<Vec<CueId>>,
    pub floors: u32,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub id: String,
    pub kind: Kind,
    pub pillar: Pillar,
    pub trigger: Trigger,
    pub summary: String,
    pub why: String,
    pub instead: String,
    pub wordings: Vec<Wording>,
    pub source: String,
    pub cues: Vec<CueId>,
    pub unless_cues: Vec<CueId>,
    pub needs_cues: Vec<CueId>,
    pub unless_after: bool,
    pub yields_to: Vec<RuleId>,
    pub on_move: Option<usize>,
    pub charge: i32,
    pub cap: Option<i32>,
    pub worth: i32,
    pub credit: Vec<Credit>,
}

/// A text with places for the customer's own words.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Wording {
    pub pieces: Vec<Piece>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Piece {
    Text(String),
    /// A slot's number; `true`: with a capital first letter.
    Slot(usize, bool),
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Slot {
    pub of_self: bool,
    /// Runs of folded words, and what the wording says for them.
    pub fills: Vec<(Vec<Vec<u64>>, String)>,
}

impl Slot {
    pub(super) fn new(vocabulary: &Vocabulary, of_self: bool, fills: &[Fill]) -> Slot {
        let folded = |said: &str| {
            let mut tokens = Vec::new();
            fold_turn(vocabulary, 0, said, &mut tokens);
            tokens.iter().map(|token| token.hash).collect::<Vec<u64>>()
        };
        let fill = |fill: &Fill| (fill.said.iter().map(|said| folded(said.as_ref())).collect(), fill.text.as_ref().clone());
        Slot { of_self, fills: fills.iter().map(fill).collect() }
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Nudge {
    pub id: String,
    pub text: String,
    pub kind: NudgeKind,
    pub cues: Vec<CueId>,
    pub times: u32,
    pub on_move: Option<usize>,
    pub level: i32,
    pub rearm_level: i32,
    pub quiet_floors: u32,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Credit {
    pub points: i32,
    pub cues: Vec<CueId>,
    pub hits: u32,
    pub after_cues: Vec<CueId>,
    pub within: u32,
    pub span: u32,
    pub unless_rules: Vec<RuleId>,
    pub needs: Option<(RuleId, i32)>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    pub rule: RuleId,
    pub points: i32,
    pub fallback: Option<(RuleId, i32)>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Scorecard {
    pub weights: [u32; 4],
    pub dos: [Vec<RuleId>; 4],
    pub personalize_opened_by: Vec<CueId>,
    pub difficult: Vec<CueId>,
    pub disclosure: Vec<CueId>,
    pub lasting: Vec<CueId>,
    pub difficult_jump: i32,
    pub disclosure_weight: i128,
    pub recitals: u32,
    pub recital: CueId,
    /// `paused_to_listen`, `acknowledged_emotions`, `reframed`, `offered_choice`.
    pub checkpoints: [Checkpoint; 4],
    pub calm: Vec<CueId>,
    pub demands: Vec<CueId>,
    pub holds: Vec<CueId>,
    pub resumes: Vec<CueId>,
}

/// Everything that scoring reads.
#[derive(Serialize, Deserialize)]
pub(crate) struct Model {
    pub id: String,
    pub version: String,
    pub vocabulary: Vocabulary,
    pub classes: Classes,
    pub cues: Vec<Cue>,
    pub phrases: Vec<Phrase>,
    /// By role and word id.
    pub word_postings: [Postings; 2],
    /// By role and lexicon bit.
    pub lexicon_postings: [Postings; 2],
    /// Lexicons that anchor a phrase.
    pub anchor_lexicons: LexMask,
    /// Postings of lexicon entries of several words, by word id.
    pub entry_postings: Postings,
    /// By role.
    pub judges: [Judges; 2],
    /// The ids of the marks `^` and `$` of the judges' tables.
    pub marks: [WordId; 2],
    pub moves: Vec<Move>,
    pub rules: Vec<Rule>,
    pub nudges: Vec<Nudge>,
    pub slots: Vec<Slot>,
    pub scorecard: Scorecard,
    pub tension: Tension,
    pub timing: Timing,
}
