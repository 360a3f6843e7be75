//! Listening tokens: "mm-hm", "I see", "got it".

use crate::rulebook::{Atom, Model, Target};
use crate::text::{LexMask, Token};

/// At most so many words, all of them in the backchannel lexicon.
pub(super) fn is_backchannel(model: &Model, tokens: &[Token]) -> bool {
    tokens.len() <= model.timing.backchannel_words && all_listening(model, tokens)
}

/// Every word is in the backchannel lexicon (alone or as an entry of several words).
pub(super) fn all_listening(model: &Model, tokens: &[Token]) -> bool {
    let lexicon = model.classes.backchannel;
    let mut at = 0;
    while at < tokens.len() {
        match entry_at(model, lexicon, &tokens[at..]) {
            Some(length) => at += length,
            None if tokens[at].mask & lexicon != 0 => at += 1,
            None => return false,
        }
    }
    !tokens.is_empty()
}

fn entry_at(model: &Model, lexicon: LexMask, tokens: &[Token]) -> Option<usize> {
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
