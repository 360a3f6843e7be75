//! The token table: one row a folded word of a floor.

use super::vocab::{LexMask, WordId};

/// One folded word. A contraction gives one token a word ("don't": do, not), each with the span of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Identity of the folded word.
    pub hash: u64,
    /// The same without a final "s": what echo compares ("mum's", "mums", "mum").
    pub stem: u64,
    /// Lexicons that hold this single word.
    pub mask: LexMask,
    /// Number in the vocabulary; 0 if the rulebook does not know the word.
    pub id: WordId,
    /// Input turn.
    pub turn: u32,
    /// Bytes of that turn's text.
    pub start: u32,
    pub end: u32,
    pub flags: Flags,
}

/// What stood around a word. Never more than a hint: spoken text has none of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(u8);

impl Flags {
    /// A sentence ends behind the word.
    pub const EDGE: Flags = Flags(1);
    /// "?" behind the word.
    pub const QUESTION: Flags = Flags(2);
    /// Digits only.
    pub const DIGITS: Flags = Flags(4);
    /// Two letters or more, all of them capitals.
    pub const CAPITALS: Flags = Flags(8);
    /// "!!" behind the word.
    pub const BANGS: Flags = Flags(16);
    /// A comma behind the word.
    pub const COMMA: Flags = Flags(32);

    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    pub fn add(&mut self, other: Flags) {
        self.0 |= other.0;
    }
}
