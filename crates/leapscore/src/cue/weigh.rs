//! Weighted cues: phrases of one to three words add up inside a clause; at the threshold the cue fires, and the phrases that
//! spoke for it are its evidence.

use super::Hit;
use super::scan::is_clause_start;
use crate::rulebook::{CueRole, Model, ngram_key};
use crate::text::Token;
use std::collections::BTreeMap;

pub(super) fn weigh(model: &Model, role: CueRole, tokens: &[Token], hits: &mut Vec<Hit>) {
    if model.weights.is_empty() {
        return;
    }
    let mut sums: BTreeMap<u16, (i32, Vec<(u32, u32)>)> = BTreeMap::new();
    for at in 0..tokens.len() {
        if at > 0 && is_clause_start(tokens, &model.classes, at) {
            flush(model, role, &mut sums, hits);
        }
        let mut ids = [0; 3];
        for length in 1..=3.min(tokens.len() - at) {
            ids[length - 1] = tokens[at + length - 1].id;
            let key = ngram_key(&ids[..length]);
            if key == 0 {
                break;
            }
            for weight in model.weights.get(key) {
                let (sum, parts) = sums.entry(weight.cue).or_default();
                *sum += weight.weight;
                if weight.weight > 0 {
                    parts.push((at as u32, (at + length) as u32));
                }
            }
        }
    }
    flush(model, role, &mut sums, hits);
}

fn flush(model: &Model, role: CueRole, sums: &mut BTreeMap<u16, (i32, Vec<(u32, u32)>)>, hits: &mut Vec<Hit>) {
    for (cue, (sum, parts)) in std::mem::take(sums) {
        let entry = &model.cues[cue as usize];
        if sum < entry.threshold || entry.role != role {
            continue;
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
