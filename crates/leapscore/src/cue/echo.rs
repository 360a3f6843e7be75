//! Echo: the agent says back the customer's own content words. Compares hashes; no phrase is needed.

use super::Hit;
use crate::rulebook::{Classes, CueId};
use crate::text::{Flags, Token};

/// Echoed words this close, in words, belong to one reflection.
const ECHO_WINDOW: u32 = 8;
/// Distinct content words that make a reflection.
const ECHO_WORDS: usize = 2;

/// The content words of a customer's floor, sorted.
#[derive(Debug, Clone, Default)]
pub(crate) struct EchoSet(Vec<u64>);

fn is_content(classes: &Classes, token: &Token) -> bool {
    token.mask & (classes.function | classes.business | classes.number | classes.backchannel | classes.connector) == 0
        && !token.flags.has(Flags::DIGITS)
        && token.end - token.start > 2
}

impl EchoSet {
    pub fn add(&mut self, classes: &Classes, tokens: &[Token]) {
        self.0.extend(tokens.iter().filter(|token| is_content(classes, token)).map(|token| token.hash));
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// Runs of the agent's words that hold two or more distinct content words of the customer's.
    pub fn find(&self, classes: &Classes, cue: CueId, tokens: &[Token], hits: &mut Vec<Hit>) {
        if self.0.is_empty() {
            return;
        }
        let echoed: Vec<usize> = (0..tokens.len())
            .filter(|at| is_content(classes, &tokens[*at]) && self.0.binary_search(&tokens[*at].hash).is_ok())
            .collect();
        let mut group: Vec<usize> = Vec::new();
        for at in echoed {
            if group.last().is_some_and(|last| at as u32 - *last as u32 > ECHO_WINDOW) {
                close(cue, tokens, &mut group, hits);
            }
            group.push(at);
        }
        close(cue, tokens, &mut group, hits);
    }
}

fn close(cue: CueId, tokens: &[Token], group: &mut Vec<usize>, hits: &mut Vec<Hit>) {
    let mut words: Vec<u64> = group.iter().map(|at| tokens[*at].hash).collect();
    words.sort_unstable();
    words.dedup();
    if words.len() >= ECHO_WORDS {
        let mut parts: Vec<(u32, u32)> = Vec::new();
        for at in group.iter().map(|at| *at as u32) {
            match parts.last_mut() {
                Some(last) if last.1 == at => last.1 = at + 1,
                _ => parts.push((at, at + 1)),
            }
        }
        let (start, end) = (parts[0].0, parts[parts.len() - 1].1);
        hits.push(Hit { cue, start, end, parts });
    }
    group.clear();
}
