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

/// An agent's turn that announces a hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Announced {
    pub turn: u32,
    pub end: Millis,
    /// The turn that comes back from it in words, and when it starts.
    pub resumed: Option<(u32, Millis)>,
}

/// Where nobody comes back in words, the hold is the first silence that begins within `reach` of its announcement.
pub(crate) fn holds(announced: &[Announced], silences: &[Silence], reach: Millis) -> Vec<Hold> {
    let mut holds: Vec<Hold> = Vec::new();
    for Announced { turn, end, resumed } in announced.iter().copied() {
        if holds.last().is_some_and(|last| last.end > end) {
            continue;
        }
        let hold = match resumed {
            Some((resumed, start)) if start > end => {
                Some(Hold { start: end, end: start, announced_turn: turn, resumed_turn: Some(resumed) })
            }
            _ => {
                let near = |silence: &&Silence| silence.start >= end && silence.start - end <= reach;
                let hold =
                    |silence: &Silence| Hold { start: silence.start, end: silence.end, announced_turn: turn, resumed_turn: None };
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
        let said = |turn, end, resumed| Announced { turn, end, resumed };
        let announced = [said(3, 10_000, Some((5, 70_000))), said(9, 89_000, None), said(12, 100_000, None)];
        let found = holds(&announced, &silences, 15_000);
        let hold = |start, end, announced_turn, resumed_turn| Hold { start, end, announced_turn, resumed_turn };
        assert_eq!(found, [hold(10_000, 70_000, 3, Some(5)), hold(90_000, 99_000, 9, None)]);
    }
}
