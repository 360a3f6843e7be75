//! Tension: how high the customer's feeling stands, turn by turn, from what was said and how it was answered to.

use crate::call::Role;
use crate::dialogue::{Floor, Overlap, OverlapKind, Repeat, TurnFacts};
use crate::rulebook::Model;

/// What moved the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A cue: its place among the hits of the floor.
    Hit(usize),
    /// A demand made again: its words.
    Demand(u32, u32),
    /// Capitals, "!!".
    Typography,
    /// The customer cut in on the agent.
    CutIn,
}

/// The level at one customer turn, with what made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Level {
    pub turn: u32,
    pub floor: usize,
    pub level: i32,
    /// What was left of the level before.
    pub carried: i32,
    pub terms: Vec<(Source, i32)>,
}

/// A customer floor in which the level rose sharply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spike {
    pub turn: u32,
    pub floor: usize,
    pub level: i32,
    pub jump: i32,
    /// The agent's floor before it, and the one that answers it.
    pub agent_before: Option<usize>,
    pub agent_after: Option<usize>,
    pub calmed_at_turn: Option<u32>,
}

pub(crate) struct Curve {
    pub levels: Vec<Level>,
    pub spikes: Vec<Spike>,
    /// By floor: the level jumped by what was said.
    pub jumped: Vec<bool>,
}

/// The level as it stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Gauge {
    pub level: i32,
    /// The level by cues alone, which may make a floor difficult.
    plain: i32,
}

/// How a floor moved the level.
pub(crate) struct Moved {
    pub levels: Vec<Level>,
    /// What was left of the level before.
    pub carried: i32,
    pub peak: i32,
    pub jumped: bool,
}

impl Moved {
    pub fn is_spike(&self, model: &Model) -> bool {
        self.peak >= model.tension.spike_level && self.peak - self.carried >= model.tension.spike_jump
    }
}

impl Gauge {
    /// Reads a customer floor. `more`: turns with what else moves the level there, in order of turn.
    pub fn read(&mut self, model: &Model, index: usize, floor: &Floor, turns: &[TurnFacts], more: &[(u32, Source, i32)]) -> Moved {
        let settings = &model.tension;
        let plain_before = self.plain;
        // Once a floor, so that it does not matter how a transcript cuts the floor into turns.
        self.level = self.level * settings.keep_permille / 1000;
        self.plain = self.plain * settings.keep_permille / 1000;
        let mut moved = Moved { levels: Vec::new(), carried: self.level, peak: 0, jumped: false };
        let mut cues = cue_terms(model, floor).into_iter().peekable();
        for turn in &floor.turns {
            // Hits are in order of place, and so are turns.
            let mut terms: Vec<(Source, i32)> = Vec::new();
            while let Some((hit, points)) = cues.next_if(|(hit, _)| floor.tokens[floor.hits[*hit].start as usize].turn <= *turn) {
                terms.push((Source::Hit(hit), points));
            }
            let raise: i32 = terms.iter().map(|(_, points)| points).sum();
            self.plain = (self.plain + raise).clamp(0, 100);
            terms.extend(more.iter().filter(|(other, _, _)| other == turn).map(|(_, source, points)| (*source, *points)));
            if turns[*turn as usize].capitals && raise > 0 {
                terms.push((Source::Typography, settings.typography_points));
            }
            let carried = self.level;
            self.level = (carried + terms.iter().map(|(_, points)| points).sum::<i32>()).clamp(0, 100);
            moved.peak = moved.peak.max(self.level);
            moved.levels.push(Level { turn: *turn, floor: index, level: self.level, carried, terms });
        }
        moved.jumped = self.plain - plain_before >= model.scorecard.difficult_jump;
        moved
    }
}

pub(crate) fn curve(model: &Model, floors: &[Floor], turns: &[TurnFacts], repeats: &[Repeat], overlaps: &[Overlap]) -> Curve {
    let more = more(model, floors, turns, repeats, overlaps);
    let mut curve = Curve { levels: Vec::new(), spikes: Vec::new(), jumped: vec![false; floors.len()] };
    let mut gauge = Gauge::default();
    let agent = |floor: &usize| floors[*floor].role == Role::Agent;
    for (index, floor) in floors.iter().enumerate().filter(|(_, floor)| floor.role == Role::Customer) {
        let from = more.partition_point(|(turn, _, _)| *turn < floor.first_turn());
        let end = more.partition_point(|(turn, _, _)| floor.turns.last().is_some_and(|last| turn <= last));
        let moved = gauge.read(model, index, floor, turns, &more[from..end.max(from)]);
        curve.jumped[index] = moved.jumped;
        if moved.is_spike(model) {
            curve.spikes.push(Spike {
                turn: floor.first_turn(),
                floor: index,
                level: moved.peak,
                jump: moved.peak - moved.carried,
                agent_before: (0..index).rev().find(agent),
                agent_after: (index + 1..floors.len()).find(agent),
                calmed_at_turn: None,
            });
        }
        curve.levels.extend(moved.levels);
    }
    // From the end backwards: the next turn at which it had calmed.
    let mut calm = None;
    let mut levels = curve.levels.iter().rev().peekable();
    for spike in curve.spikes.iter_mut().rev() {
        while let Some(level) = levels.next_if(|level| level.turn > spike.turn) {
            if level.level <= model.tension.calm_level {
                calm = Some(level.turn);
            }
        }
        spike.calmed_at_turn = calm;
    }
    curve
}

/// Demands returned to and cut-ins, in order of turn.
fn more(model: &Model, floors: &[Floor], turns: &[TurnFacts], repeats: &[Repeat], overlaps: &[Overlap]) -> Vec<(u32, Source, i32)> {
    let mut more: Vec<(u32, Source, i32)> = Vec::new();
    for repeat in repeats.iter().filter(|repeat| repeat.role == Role::Customer) {
        for (floor, start, end) in &repeat.places[1..] {
            let turn = floors[*floor].tokens[*start as usize].turn;
            more.push((turn, Source::Demand(*start, *end), model.tension.repeat_points));
        }
    }
    for overlap in overlaps {
        if overlap.role == Role::Customer
            && overlap.kind == OverlapKind::Interruption
            && turns[overlap.turn as usize].floor().is_some()
        {
            more.push((overlap.turn, Source::CutIn, model.tension.cut_in_points));
        }
    }
    more.sort_by_key(|(turn, ..)| *turn);
    more.dedup_by_key(|(turn, source, _)| (*turn, std::mem::discriminant(source)));
    more
}

/// The hits of a floor that move the level, and by how much. Of one cue the first counts whole, further ones half.
fn cue_terms(model: &Model, floor: &Floor) -> Vec<(usize, i32)> {
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
