//! Tension: how high the customer's feeling stands, turn by turn, from what was said and how it was answered to.

use crate::call::Role;
use crate::dialogue::{Floor, TurnFacts};
use crate::rulebook::Model;

/// The level at one customer turn, with the hits that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Level {
    pub turn: u32,
    pub floor: usize,
    pub level: i32,
    /// (index of the hit in its floor, points)
    pub terms: Vec<(usize, i32)>,
}

/// A customer floor in which the level rose sharply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spike {
    pub turn: u32,
    pub level: i32,
    pub jump: i32,
    pub before_agent_turn: Option<u32>,
    pub calmed_at_turn: Option<u32>,
}

pub(crate) struct Curve {
    pub levels: Vec<Level>,
    pub spikes: Vec<Spike>,
    /// By floor: the level jumped, typography left out.
    pub jumped: Vec<bool>,
}

pub(crate) fn curve(model: &Model, floors: &[Floor], turns: &[TurnFacts]) -> Curve {
    let settings = &model.tension;
    let mut curve = Curve { levels: Vec::new(), spikes: Vec::new(), jumped: vec![false; floors.len()] };
    // `plain` is the level without typography, which alone may make a floor difficult.
    let (mut level, mut plain) = (0, 0);
    for (index, floor) in floors.iter().enumerate().filter(|(_, floor)| floor.role == Role::Customer) {
        let (before, plain_before) = (level, plain);
        let mut peak = 0;
        // Once a floor, so that it does not matter how a transcript cuts the floor into turns.
        level = level * settings.keep_permille / 1000;
        plain = plain * settings.keep_permille / 1000;
        let mut all = terms(model, floor).into_iter().peekable();
        for turn in &floor.turns {
            // Hits are in order of place, and so are turns.
            let mut terms: Vec<(usize, i32)> = Vec::new();
            while let Some(term) = all.next_if(|(hit, _)| floor.tokens[floor.hits[*hit].start as usize].turn <= *turn) {
                terms.push(term);
            }
            let raise: i32 = terms.iter().map(|(_, points)| points).sum();
            let shout = if turns[*turn as usize].capitals && raise > 0 { settings.typography_points } else { 0 };
            level = (level + raise + shout).clamp(0, 100);
            plain = (plain + raise).clamp(0, 100);
            peak = peak.max(level);
            curve.levels.push(Level { turn: *turn, floor: index, level, terms });
        }
        curve.jumped[index] = plain - plain_before >= model.scorecard.difficult_jump;
        if peak >= settings.spike_level && peak - before >= settings.spike_jump {
            let before_agent_turn = floors[..index].iter().rev().find(|other| other.role == Role::Agent);
            curve.spikes.push(Spike {
                turn: floor.first_turn(),
                level: peak,
                jump: peak - before,
                before_agent_turn: before_agent_turn.and_then(|other| other.turns.last().copied()),
                calmed_at_turn: None,
            });
        }
    }
    // From the end backwards: the next turn at which it had calmed.
    let mut calm = None;
    let mut levels = curve.levels.iter().rev().peekable();
    for spike in curve.spikes.iter_mut().rev() {
        while let Some(level) = levels.next_if(|level| level.turn > spike.turn) {
            if level.level <= settings.calm_level {
                calm = Some(level.turn);
            }
        }
        spike.calmed_at_turn = calm;
    }
    curve
}

/// The hits of a floor that move the level, and by how much. Of one cue the first counts whole, further ones half.
fn terms(model: &Model, floor: &Floor) -> Vec<(usize, i32)> {
    let mut terms: Vec<(usize, i32)> = Vec::new();
    let mut seen: Vec<u16> = Vec::new();
    for (index, hit) in floor.hits.iter().enumerate() {
        let calm = model.scorecard.calm.contains(&hit.cue);
        let points = if calm { -model.tension.calm_points } else { model.cues[hit.cue as usize].tension };
        let points = if seen.contains(&hit.cue) { points / 2 } else { points };
        if points != 0 {
            seen.push(hit.cue);
            terms.push((index, points));
        }
    }
    terms
}
