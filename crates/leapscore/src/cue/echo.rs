//! Echo: the agent says back the customer's own content words. Compares hashes; no phrase is needed.

use super::Hit;
use crate::rulebook::{Classes, CueId};
use crate::text::{Flags, LexMask, Token};

/// Echoed words this close, in words, belong to one reflection.
const ECHO_WINDOW: u32 = 8;
/// Distinct content words that make a reflection.
const ECHO_WORDS: usize = 2;

/// How many of the customer's floors an echo may answer.
const ECHO_FLOORS: usize = 4;

/// The content words of the customer's last floors, sorted, the latest floor last.
#[derive(Debug, Clone, Default)]
pub(crate) struct EchoSet(Vec<Vec<u64>>);

/// Words that tell something of this customer: no function words, nothing about business or the mere matter of the call.
fn is_content(classes: &Classes, token: &Token) -> bool {
    let plain = classes.function | classes.business | classes.matter | classes.backchannel | classes.connector;
    token.mask & plain == 0 && (token.end - token.start > 2 || token.flags.has(Flags::DIGITS))
}

impl EchoSet {
    pub fn add(&mut self, classes: &Classes, tokens: &[Token]) {
        let mut words: Vec<u64> = tokens.iter().filter(|token| is_content(classes, token)).map(|token| token.stem).collect();
        words.sort_unstable();
        words.dedup();
        if self.0.len() == ECHO_FLOORS {
            self.0.remove(0);
        }
        words.shrink_to_fit();
        self.0.push(words);
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.0.capacity() * size_of::<Vec<u64>>() + self.0.iter().map(|words| words.capacity() * 8).sum::<usize>()
    }

    /// Distinct content words that are said again.
    pub fn count(&self, classes: &Classes, tokens: &[Token]) -> usize {
        let echoed = |token: &&Token| is_content(classes, token) && self.holds(token.stem);
        let mut words: Vec<u64> = tokens.iter().filter(echoed).map(|token| token.stem).collect();
        words.sort_unstable();
        words.dedup();
        words.len()
    }

    fn holds(&self, stem: u64) -> bool {
        self.0.iter().any(|words| words.binary_search(&stem).is_ok())
    }

    /// Runs of the agent's words that hold two or more distinct content words of the customer's. Numbers count beside other
    /// words and where no business is spoken of: "eleven forty overdue" says nothing back. A word for somebody close is enough alone.
    pub fn find(&self, classes: &Classes, cue: CueId, tokens: &[Token], hits: &mut Vec<Hit>) {
        let mut group: Vec<usize> = Vec::new();
        for at in 0..tokens.len() {
            if !is_content(classes, &tokens[at]) || !self.holds(tokens[at].stem) {
                continue;
            }
            if group.last().is_some_and(|last| (at - last) as u32 > ECHO_WINDOW) {
                close(classes, cue, tokens, &mut group, hits);
            }
            group.push(at);
        }
        close(classes, cue, tokens, &mut group, hits);
    }
}

fn close(classes: &Classes, cue: CueId, tokens: &[Token], group: &mut Vec<usize>, hits: &mut Vec<Hit>) {
    let has = |mask: LexMask| group.iter().filter(|at| tokens[**at].mask & mask != 0).count();
    // Somebody close is enough by themselves; numbers alone are not.
    let (close_one, only_numbers) = (has(classes.family) > 0, has(classes.number) == group.len());
    let business_near = match (group.first(), group.last()) {
        (Some(first), Some(last)) => {
            let near = first.saturating_sub(ECHO_WINDOW as usize)..tokens.len().min(last + ECHO_WINDOW as usize);
            tokens[near].iter().any(|token| token.mask & classes.business != 0)
        }
        _ => false,
    };
    if business_near && only_numbers {
        group.clear();
    }
    let mut words: Vec<u64> = group.iter().map(|at| tokens[*at].stem).collect();
    words.sort_unstable();
    words.dedup();
    if words.len() >= ECHO_WORDS || (close_one && !business_near) {
        let mut parts: Vec<(u32, u32)> = Vec::new();
        for at in group.iter().map(|at| *at as u32) {
            match parts.last_mut() {
                Some(last) if last.1 == at => last.1 = at + 1,
                _ => parts.push((at, at + 1)),
            }
        }
        let (start, end) = (parts[0].0, parts[parts.len() - 1].1);
        hits.push(Hit { cue, start, end, parts, always: false });
    }
    group.clear();
}
