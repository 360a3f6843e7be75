//! Text to tokens: folding, word identities, and the way back to the caller's bytes.

mod fold;
mod token;
mod vocab;

pub(crate) use fold::fold_turn;
pub(crate) use token::{Flags, Token};
pub(crate) use vocab::{HAS_ENTRIES, HAS_PHRASES, LexMask, Vocabulary, VocabularyBuilder, WordId};
