//! What the benches share: a corpus of spoken calls, and the bare scan that everything is measured against.

use aho_corasick::automaton::Automaton;
use aho_corasick::{Input, dfa};
use leapscore::Call;

mod calls;

pub use calls::corpus;

/// Text of a corpus, folded for the bare scan: lower case, one string a turn.
pub fn folded(calls: &[Call]) -> Vec<String> {
    calls.iter().flat_map(|call| call.turns()).map(|turn| turn.text().to_lowercase()).collect()
}

/// BARE: one pass of an aho-corasick DFA over phrases, overlapping hits, one scan a turn, text already lower-cased.
pub struct Bare(dfa::DFA);

impl Bare {
    pub fn new<S: AsRef<str>>(phrases: &[S]) -> Bare {
        Bare(dfa::DFA::new(phrases.iter().map(|phrase| phrase.as_ref().as_bytes())).expect("the phrases fit a DFA"))
    }

    pub fn hits(&self, turns: &[String]) -> usize {
        let count =
            |turn: &String| self.0.try_find_overlapping_iter(Input::new(turn)).expect("overlapping hits of a standard DFA").count();
        turns.iter().map(count).sum()
    }
}
