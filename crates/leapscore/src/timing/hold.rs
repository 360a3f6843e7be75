//! Holds: silence that was announced, kept apart from dead air.

use super::speech::Silence;
use crate::unit::Millis;

/// An announced silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hold {
    pub start: Millis,
    pub end: Millis,
    pub announced_turn: u32,
    /// The agent's turn that says so ("thanks for holding"), if one does.
    pub resumed_turn: Option<u32>,
}

/// `announced`: agent turns that announce a hold with their ends, and the turn with its start that ends it, if one says so.
/// Without one, the hold is the first silence that begins within `reach` of the announcement.
pub(crate) fn holds(announced: &[(u32, Millis, Option<(u32, Millis)>)], silences: &[Silence], reach: Millis) -> Vec<Hold> {
    let mut holds: Vec<Hold> = Vec::new();
    for (turn, end, resumed) in announced {
        if holds.last().is_some_and(|last| last.end > *end) {
            continue;
        }
        let hold = match resumed {
            Some((resumed, start)) if start > end => {
                Some(Hold { start: *end, end: *start, announced_turn: *turn, resumed_turn: Some(*resumed) })
            }
            _ => {
                let near = |silence: &&Silence| silence.start >= *end && silence.start - *end <= reach;
                let hold =
                    |silence: &Silence| Hold { start: silence.start, end: silence.end, announced_turn: *turn, resumed_turn: None };
                silences.iter().find(near).map(hold)
            }
        };
        holds.extend(hold.filter(|hold| holds.last().is_none_or(|last| last.end <= hold.start)));
    }
    holds
}

impl Hold {
    pub fn ms(&self) -> Millis {
        self.end - self.start
    }

    /// It covers any of this time.
    pub fn covers(&self, start: Millis, end: Millis) -> bool {
        self.start < end && start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_runs_until_someone_thanks_for_holding_or_until_its_silence_ends() {
        let silence = |start, end| Silence { start, end, after_turn: 0, before_turn: 1 };
        let silences = [silence(12_000, 40_000), silence(90_000, 99_000), silence(130_000, 140_000)];
        let found = holds(&[(3, 10_000, Some((5, 70_000))), (9, 89_000, None), (12, 100_000, None)], &silences, 15_000);
        let hold = |start, end, announced_turn, resumed_turn| Hold { start, end, announced_turn, resumed_turn };
        assert_eq!(found, [hold(10_000, 70_000, 3, Some(5)), hold(90_000, 99_000, 9, None)]);
    }
}
