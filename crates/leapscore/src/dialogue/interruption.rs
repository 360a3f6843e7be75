//! Interruption against backchannel, and the pause before a reply.

use super::floor::{Floor, TurnFacts};
use crate::call::Role;
use crate::rulebook::Timing;
use crate::timing::Grade;
use crate::unit::Millis;

/// The agent took the floor while the customer held it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interruption {
    pub agent_floor: usize,
    pub agent_turn: u32,
    pub customer_turn: u32,
}

/// Judged by the clock alone, from segment times on. A backchannel opens no floor and so never is one.
pub(crate) fn interruptions(timing: &Timing, grade: Grade, floors: &[Floor], turns: &[TurnFacts]) -> Vec<Interruption> {
    if grade < Grade::Segments {
        return Vec::new();
    }
    pairs(floors)
        .filter_map(|(agent_floor, customer, agent)| {
            let (customer_turn, agent_turn) = (*customer.turns.last()?, agent.first_turn());
            let overlap = turns[customer_turn as usize].clock.end?.checked_sub(turns[agent_turn as usize].clock.start?)?;
            (overlap > timing.interruption_overlap_ms).then_some(Interruption { agent_floor, agent_turn, customer_turn })
        })
        .collect()
}

/// From the end of each customer floor to the agent's first turn that is no backchannel: floor, first turn, milliseconds.
pub(crate) fn latencies(grade: Grade, floors: &[Floor], turns: &[TurnFacts]) -> Vec<(usize, u32, i64)> {
    if grade < Grade::Segments {
        return Vec::new();
    }
    pairs(floors)
        .filter_map(|(agent_floor, customer, agent)| {
            let end = customer.turns.iter().filter_map(|turn| turns[*turn as usize].clock.end).max()?;
            let turn = agent.first_turn();
            Some((agent_floor, turn, turns[turn as usize].clock.start? as i64 - end as i64))
        })
        .collect()
}

fn pairs(floors: &[Floor]) -> impl Iterator<Item = (usize, &Floor, &Floor)> {
    floors
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0].role == Role::Customer && pair[1].role == Role::Agent)
        .map(|(index, pair)| (index + 1, &pair[0], &pair[1]))
}

/// How much of the pause credit a latency earns, per mille.
pub(crate) fn pause_permille(timing: &Timing, latency_ms: i64) -> u64 {
    let ms: Millis = latency_ms.max(0) as Millis;
    let share = |part: Millis, whole: Millis| part * 1000 / whole.max(1);
    if ms <= timing.pause_none_ms || ms >= timing.pause_dead_ms {
        0
    } else if ms < timing.pause_full_ms {
        share(ms - timing.pause_none_ms, timing.pause_full_ms - timing.pause_none_ms)
    } else if ms <= timing.pause_late_ms {
        1000
    } else {
        share(timing.pause_dead_ms - ms, timing.pause_dead_ms - timing.pause_late_ms)
    }
}
