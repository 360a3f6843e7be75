//! What is read out: runs of words that come again word for word, in the call or in a script.

use super::floor::Floor;
use crate::call::Role;
use crate::text::Token;

/// The agent's words that were read out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Verbatim {
    /// Share of the agent's words, per mille; none without an agent's word.
    pub permille: Option<u32>,
    /// Runs: floor, first word, one past the last.
    pub runs: Vec<(usize, u32, u32)>,
}

/// `least`: words in a row from which on a run counts. `scripts`: the folded words of each script.
pub(crate) fn verbatim(floors: &[Floor], scripts: &[Vec<Token>], least: usize) -> Verbatim {
    let agent = || floors.iter().enumerate().filter(|(_, floor)| floor.role == Role::Agent);
    let total: usize = agent().map(|(_, floor)| floor.tokens.len()).sum();
    if total == 0 || least == 0 {
        return Verbatim::default();
    }
    let mut windows: Vec<(u64, Option<(usize, u32)>)> = Vec::with_capacity(total);
    for (index, floor) in agent() {
        windows.extend(keys(&floor.tokens, least).enumerate().map(|(at, key)| (key, Some((index, at as u32)))));
    }
    windows.extend(scripts.iter().flat_map(|script| keys(script, least)).map(|key| (key, None)));
    windows.sort_unstable();
    let again = windows.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1).flatten();
    let mut places: Vec<(usize, u32)> = again.filter_map(|(_, place)| *place).collect();
    places.sort_unstable();
    let mut runs: Vec<(usize, u32, u32)> = Vec::new();
    for (floor, at) in places {
        let end = at + least as u32;
        match runs.last_mut() {
            Some(last) if last.0 == floor && at <= last.2 => last.2 = end,
            _ => runs.push((floor, at, end)),
        }
    }
    let read: u64 = runs.iter().map(|(_, start, end)| u64::from(end - start)).sum();
    Verbatim { permille: Some((read * 1000 / total as u64) as u32), runs }
}

fn keys(tokens: &[Token], length: usize) -> impl Iterator<Item = u64> + '_ {
    let mix = |key: u64, token: &Token| (key.rotate_left(5) ^ token.hash).wrapping_mul(0x517c_c1b7_2722_0a95);
    tokens.windows(length).map(move |window| window.iter().fold(0, mix))
}
