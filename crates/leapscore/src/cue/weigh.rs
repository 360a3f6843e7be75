//! Weighted cues: phrases of one to three words add up inside a clause; at the threshold the cue fires, and the phrases that
//! spoke for it are its evidence.

use super::Hit;
use super::scan::is_clause_start;
use crate::rulebook::{CueId, CueRole, Model, Weight, ngram_key};
use crate::text::Token;

/// Sums of the clause at hand, reused from clause to clause.
#[derive(Default)]
pub(super) struct Sums {
    by_cue: Vec<i32>,
    touched: Vec<CueId>,
}

pub(super) fn weigh(model: &Model, role: CueRole, tokens: &[Token], sums: &mut Sums, hits: &mut Vec<Hit>) {
    if model.weights.is_empty() {
        return;
    }
    sums.by_cue.resize(model.cues.len(), 0);
    let mut clause = 0;
    for at in 0..tokens.len() {
        if at > 0 && is_clause_start(tokens, &model.classes, at) {
            close(model, role, tokens, clause..at, sums, hits);
            clause = at;
        }
        phrases_at(model, tokens, at, |_, weight| {
            let sum = &mut sums.by_cue[weight.cue as usize];
            if *sum == 0 {
                sums.touched.push(weight.cue);
            }
            *sum += weight.weight;
        });
    }
    close(model, role, tokens, clause..tokens.len(), sums, hits);
}

/// The weighted phrases that start at `at`, with their length in words.
#[inline]
fn phrases_at(model: &Model, tokens: &[Token], at: usize, mut give: impl FnMut(usize, &Weight)) {
    let mut ids = [0; 3];
    for length in 1..=3.min(tokens.len() - at) {
        ids[length - 1] = tokens[at + length - 1].id;
        let key = ngram_key(&ids[..length]);
        if key == 0 {
            return;
        }
        model.weights.get(key).iter().for_each(|weight| give(length, weight));
    }
}

/// Ends a clause: cues at their threshold fire, and only then is it looked up which phrases carried them.
fn close(model: &Model, role: CueRole, tokens: &[Token], clause: std::ops::Range<usize>, sums: &mut Sums, hits: &mut Vec<Hit>) {
    for cue in std::mem::take(&mut sums.touched) {
        let sum = std::mem::take(&mut sums.by_cue[cue as usize]);
        let entry = &model.cues[cue as usize];
        if sum < entry.threshold || sum <= 0 || entry.role != role {
            continue;
        }
        let mut parts: Vec<(u32, u32)> = Vec::new();
        for at in clause.clone() {
            phrases_at(model, tokens, at, |length, weight| {
                if weight.cue == cue && weight.weight > 0 {
                    parts.push((at as u32, (at + length) as u32));
                }
            });
        }
        let joined = join(parts);
        if let (Some(first), Some(last)) = (joined.first().copied(), joined.last().copied()) {
            hits.push(Hit { cue, start: first.0, end: last.1, parts: joined });
        }
    }
}

/// Runs that touch or overlap become one.
fn join(mut parts: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    parts.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (start, end) in parts {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}
