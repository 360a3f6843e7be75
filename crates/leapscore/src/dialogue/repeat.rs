//! The same demand or ask, returned to ("circling the drain").

use super::floor::Floor;
use crate::call::Role;
use crate::rulebook::{CueId, Detect, Model};
use crate::text::Token;

/// Asks among which a new one is looked for: memory and work stay bounded on a call of any length.
const RECENT: usize = 48;
/// Words behind a demand's cue that tell what it is about.
const REACH: u32 = 10;

/// One matter, with the places where it was raised: floor, first word, one past the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repeat {
    pub role: Role,
    pub places: Vec<(usize, u32, u32)>,
}

struct Ask {
    role: Role,
    text: Vec<u64>,
    /// What it is about, sorted.
    matter: Vec<u64>,
    places: Vec<(usize, u32, u32)>,
}

/// Asks made in more than one floor, in order of the first.
pub(crate) fn repeats(model: &Model, floors: &[Floor]) -> Vec<Repeat> {
    let demands = |cue: CueId| model.scorecard.demands.contains(&cue);
    let business = |cue: CueId| model.cues[cue as usize].detect == Detect::BusinessQuestion;
    let mut asks: Vec<Ask> = Vec::new();
    for (index, floor) in floors.iter().enumerate() {
        for hit in &floor.hits {
            let end = match floor.role {
                Role::Agent if business(hit.cue) => hit.end,
                Role::Customer if demands(hit.cue) => reach(floor, hit.end),
                _ => continue,
            };
            let words = &floor.tokens[hit.start as usize..end as usize];
            let matter = matter(model, words);
            let text: Vec<u64> = words.iter().map(|token| token.hash).collect();
            let place = (index, hit.start, end);
            let from = asks.len().saturating_sub(RECENT);
            let same = |ask: &&mut Ask| ask.role == floor.role && (ask.text == text || alike(&ask.matter, &matter));
            match asks[from..].iter_mut().find(same) {
                Some(ask) if ask.places.last().is_some_and(|last| last.0 == index) => {}
                Some(ask) => ask.places.push(place),
                None => asks.push(Ask { role: floor.role, text, matter, places: vec![place] }),
            }
        }
    }
    asks.into_iter().filter(|ask| ask.places.len() > 1).map(|ask| Repeat { role: ask.role, places: ask.places }).collect()
}

fn reach(floor: &Floor, end: u32) -> u32 {
    use crate::text::Flags;
    let rest = &floor.tokens[end as usize - 1..floor.tokens.len().min((end + REACH) as usize)];
    end + rest.iter().take_while(|token| !token.flags.has(Flags::EDGE)).count().min(rest.len() - 1) as u32
}

fn matter(model: &Model, words: &[Token]) -> Vec<u64> {
    let plain = model.classes.function | model.classes.connector | model.classes.backchannel;
    let mut stems: Vec<u64> = words.iter().filter(|token| token.mask & plain == 0).map(|token| token.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Two matters share most of their words, and two at least.
fn alike(one: &[u64], other: &[u64]) -> bool {
    let shared = one.iter().filter(|stem| other.binary_search(stem).is_ok()).count();
    shared >= 2 && 3 * shared >= one.len() + other.len()
}
