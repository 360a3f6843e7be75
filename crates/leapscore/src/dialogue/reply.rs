//! Changes of floor by the clock, and the pause before a reply.

use super::floor::{Floor, TurnFacts};
use crate::rulebook::Timing;
use crate::timing::Grade;
use crate::unit::Millis;

/// The floor changed hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Transfer {
    /// The floor that begins.
    pub floor: usize,
    /// Its first turn.
    pub turn: u32,
    /// When the floor before it ended.
    pub from: Millis,
    /// From there to the new floor's start; negative is overlap.
    pub offset: i64,
}

/// Every change of floor whose times are known.
pub(crate) fn transfers(grade: Grade, floors: &[Floor], turns: &[TurnFacts]) -> Vec<Transfer> {
    if grade < Grade::Segments {
        return Vec::new();
    }
    let transfer = |floor: usize| {
        let from = floors[floor - 1].turns.iter().filter_map(|turn| turns[*turn as usize].clock.end()).max()?;
        let turn = floors[floor].first_turn();
        let start = turns[turn as usize].clock.start()?;
        Some(Transfer { floor, turn, from, offset: i64::try_from(i128::from(start) - i128::from(from)).unwrap_or(i64::MAX) })
    };
    (1..floors.len()).filter_map(transfer).collect()
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
