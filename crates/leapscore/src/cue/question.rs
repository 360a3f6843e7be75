//! The question grammar: questions known by their form, with or without "?".
//!
//! Small machines over word classes: a question word with inversion ("what's going on"), an auxiliary with its subject ("have
//! you got"). Requests in other forms ("tell me about", "walk me through") are phrases of the cue `question.open`.

use super::scan::is_clause_start;
use crate::rulebook::Classes;
use crate::text::{Flags, Token};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuestionKind {
    Open,
    Closed,
    Business,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub start: u32,
    pub end: u32,
    pub kind: QuestionKind,
}

/// Longest stretch of words read as one question.
const MAX_WORDS: usize = 24;
/// Words behind a question's start in which a business term makes it a business question.
const BUSINESS_REACH: usize = 14;

pub(super) fn find(classes: &Classes, tokens: &[Token], questions: &mut Vec<Question>) {
    let mut at = 0;
    while at < tokens.len() {
        match start(classes, tokens, at) {
            Some(kind) => {
                let end = end(classes, tokens, at);
                let reach = end.min(at + BUSINESS_REACH);
                let business = tokens[at..reach].iter().any(|token| token.mask & classes.business != 0);
                let kind = if business { QuestionKind::Business } else { kind };
                questions.push(Question { start: at as u32, end: end as u32, kind });
                at = end;
            }
            None => at += 1,
        }
    }
}

fn start(classes: &Classes, tokens: &[Token], at: usize) -> Option<QuestionKind> {
    let is = |index: usize, mask| tokens.get(index).is_some_and(|token: &Token| token.mask & mask != 0);
    let before = at.checked_sub(1);
    let clause = is_clause_start(tokens, classes, at);
    if is(at, classes.wh) {
        let embedded = before.is_some_and(|before| is(before, classes.embedding)) && !clause;
        if embedded {
            return None;
        }
        if is(at, classes.closed_wh) {
            let asks = is(at + 1, classes.auxiliary) || (clause && is(at + 1, classes.closed_noun));
            return asks.then_some(QuestionKind::Closed);
        }
        // "how many", "what time"
        if is(at + 1, classes.closed_noun) {
            let asks = (at + 2..at + 6).any(|next| is(next, classes.auxiliary) && is(next + 1, classes.subject));
            return (asks || clause).then_some(QuestionKind::Closed);
        }
        // Inversion: at once, or behind a noun ("what sort of day have you").
        if is(at + 1, classes.auxiliary) {
            return Some(QuestionKind::Open);
        }
        let later = (at + 2..at + 5).any(|next| is(next, classes.auxiliary) && is(next + 1, classes.subject));
        let subject_between = (at + 1..at + 4).any(|next| is(next, classes.pronoun));
        return (clause && later && !subject_between).then_some(QuestionKind::Open);
    }
    if is(at, classes.auxiliary) && is(at + 1, classes.subject) {
        // A subject in front makes it a statement ("all I can do is ..."); "you" behind it hardly ever is one.
        let stated = before.is_some_and(|before| is(before, classes.subject | classes.auxiliary | classes.negator) && !clause);
        let to_you = is(at + 1, classes.you) && !is(at, classes.weak_auxiliary);
        // Without punctuation a word that ends clauses ("too", "there") stands in for it.
        let fresh = clause || before.is_some_and(|before| is(before, classes.clause_final));
        return (!stated && (to_you || fresh)).then_some(QuestionKind::Closed);
    }
    None
}

/// One past the last word: the sentence ends, or another clause or question opens behind a word or three.
fn end(classes: &Classes, tokens: &[Token], at: usize) -> usize {
    let last = tokens.len().min(at + MAX_WORDS);
    for (index, token) in tokens.iter().enumerate().take(last).skip(at) {
        if token.flags.has(Flags::EDGE) {
            return index + 1;
        }
        let opens = token.mask & classes.clause_word != 0 || start(classes, tokens, index).is_some();
        if index > at + 2 && opens {
            return index;
        }
    }
    last
}
