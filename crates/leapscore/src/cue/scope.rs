//! Scopes: is a hit negated, or somebody else's words?

use crate::rulebook::Classes;
use crate::text::{Flags, Token};

/// How far in front of a hit a negator still governs it, in words.
const NEGATION_REACH: usize = 4;
/// How far in front of a hit a reporting verb still governs it, in words.
const REPORT_REACH: usize = 5;

/// The words in front of `at`, nearest first, up to a clause's edge.
fn in_front<'a>(classes: &'a Classes, tokens: &'a [Token], at: usize, reach: usize) -> impl Iterator<Item = usize> + 'a {
    let mut open = true;
    (at.saturating_sub(reach)..at).rev().take_while(move |index| {
        let token = &tokens[*index];
        // A word that opens a clause still belongs to it, but nothing in front of it does.
        let go_on = open && !token.flags.has(Flags::EDGE);
        open = token.mask & classes.connector == 0;
        go_on
    })
}

/// "not", "never" and the like govern the words from `at` on. "Why don't we" proposes and negates nothing; and a clause with a
/// subject of its own is governed only through a verb that takes clauses ("I don't think you were wrong").
pub(super) fn is_negated(classes: &Classes, tokens: &[Token], at: usize) -> bool {
    let own_clause = tokens[at].mask & classes.pronoun != 0
        && at.checked_sub(1).is_some_and(|before| tokens[before].mask & (classes.takes_clause | classes.negator) == 0);
    !own_clause
        && in_front(classes, tokens, at, NEGATION_REACH).any(|index| {
            tokens[index].mask & classes.negator != 0
                && !(0..3).any(|back| index.checked_sub(back).is_some_and(|before| tokens[before].mask & classes.wh != 0))
        })
}

/// The words from `at` on are reported ("the other one said ..."), or announced as not to be said ("I won't tell you ...").
/// What the speaker says in the first person ("like I said", "I have to tell you") is the speaker's own.
pub(super) fn is_reported(classes: &Classes, tokens: &[Token], at: usize) -> bool {
    in_front(classes, tokens, at, REPORT_REACH).any(|index| {
        if tokens[index].mask & classes.reporting == 0 {
            return false;
        }
        let before = index.saturating_sub(5)..index;
        let negated = tokens[before.clone()].iter().any(|token| token.mask & classes.negator != 0);
        let own = tokens[before].iter().any(|token| token.mask & classes.first_person != 0);
        negated || !own
    })
}
