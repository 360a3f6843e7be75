//! Episodes: difficult floors that belong together, and the replies that they ask for.

use super::floor::Floor;
use crate::call::Role;
use crate::rulebook::Scorecard;
use std::ops::Range;

/// Difficult customer floors with at most one other customer floor between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Episode {
    /// Its difficult floors.
    pub difficult: Vec<usize>,
    /// The first of them that tells the customer's own hardship or emotion.
    pub disclosure: Option<usize>,
    /// Floors from its first to the next episode's first.
    pub floors: Range<usize>,
}

/// `jumped`: customer floors whose tension jumped, typography left out.
pub(crate) fn episodes(scorecard: &Scorecard, floors: &[Floor], jumped: &[bool]) -> Vec<Episode> {
    let mut episodes: Vec<Episode> = Vec::new();
    let mut others = 0;
    for (index, floor) in floors.iter().enumerate() {
        if floor.role != Role::Customer {
            continue;
        }
        let holds = |cues: &[u16]| floor.hits.iter().any(|hit| cues.contains(&hit.cue));
        // Who thanks or breathes out while telling of fear ("I was dreading this") asks for nothing more.
        let settled = holds(&scorecard.calm) && !holds(&scorecard.lasting);
        if settled || (!holds(&scorecard.difficult) && !jumped[index]) {
            others += 1;
            continue;
        }
        match episodes.last_mut() {
            Some(last) if others <= 1 => last.difficult.push(index),
            last => {
                if let Some(last) = last {
                    last.floors.end = index;
                }
                episodes.push(Episode { difficult: vec![index], disclosure: None, floors: index..floors.len() });
            }
        }
        others = 0;
        if let Some(last) = episodes.last_mut().filter(|last| last.disclosure.is_none() && holds(&scorecard.disclosure)) {
            last.disclosure = Some(index);
        }
    }
    episodes
}
