//! What the benches share: a corpus of spoken calls, and the bare scan that everything is measured against.

use aho_corasick::automaton::Automaton;
use aho_corasick::{Input, dfa};
use leapscore::Call;
use std::io::Read;

/// Calls to measure on: those of the file that `LEAPSCORE_BENCH_CALLS` names (JSONL, may be gzipped; native calls), or the
/// labelled and the example calls of this project.
pub fn corpus() -> Vec<Call> {
    let Ok(path) = std::env::var("LEAPSCORE_BENCH_CALLS") else {
        let mut calls = leapscore_suite::calls("tests/calls/calls.jsonl");
        calls.extend(leapscore_suite::example_calls().into_iter().map(|(_, call)| call));
        return calls;
    };
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("gzip of UTF-8");
    } else {
        text = String::from_utf8(bytes).expect("UTF-8");
    }
    text.lines().map(|line| Call::from_json(line).unwrap_or_else(|error| panic!("{path}: {error}"))).collect()
}

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
