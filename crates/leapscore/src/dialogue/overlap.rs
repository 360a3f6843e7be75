//! Overlapping speech: who came in over whom, and what a listener would call it.

use super::floor::{Floor, TurnFacts};
use crate::call::Role;
use crate::rulebook::Timing;
use crate::text::Token;
use crate::timing::{Speech, Spurt, Stretch};
use crate::unit::Millis;

/// What an overlap is, told by its length, its words, and who keeps the floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OverlapKind {
    /// Listening tokens ("mm-hm") while the other goes on.
    Backchannel,
    /// The last words of one turn and the first of the next.
    TurnChange,
    /// Who spoke keeps the floor and goes on.
    Cooperative,
    /// Both began at about the same moment.
    CrossTalk,
    /// Who spoke loses the floor, or has to start over.
    Interruption,
}

/// One party came in while the other spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overlap {
    pub kind: OverlapKind,
    pub role: Role,
    /// The turn that came in.
    pub turn: u32,
    /// The turn that was being spoken.
    pub over_turn: u32,
    pub start: Millis,
    /// How long both spoke.
    pub ms: Millis,
}

/// What overlaps are judged by.
pub(crate) struct Talk<'a> {
    pub timing: &'a Timing,
    /// Milliseconds by which the line delays speech.
    pub allowance: Millis,
    pub agent: &'a Speech,
    pub customer: &'a Speech,
    /// Turns in which words were said over again, and when.
    pub restarts: &'a [(u32, Millis)],
    pub floors: &'a [Floor],
    pub turns: &'a [TurnFacts],
}

/// Words at the end of a turn that was cut off, among which the first words of a new start are sought.
const RESTART_REACH: usize = 8;

impl Talk<'_> {
    /// All overlaps of both parties, in order of time.
    pub fn overlaps(&self) -> Vec<Overlap> {
        let mut found = Vec::new();
        for (role, own, other) in [(Role::Agent, self.agent, self.customer), (Role::Customer, self.customer, self.agent)] {
            for (index, stretch) in own.stretches.iter().enumerate() {
                // The last stretch of the other party that began before this one.
                let before = other.stretches.partition_point(|held| held.start < stretch.start);
                let Some(held) = before.checked_sub(1).filter(|held| other.stretches[*held].end > stretch.start) else { continue };
                found.extend(self.overlap(role, (own, index), (other, held)));
            }
        }
        found.sort_by_key(|overlap| (overlap.start, overlap.turn, overlap.over_turn));
        found
    }

    fn overlap(&self, role: Role, (own, index): (&Speech, usize), (other, held_index): (&Speech, usize)) -> Option<Overlap> {
        let (stretch, held) = (&own.stretches[index], &other.stretches[held_index]);
        let (came, holding) = (&own.spurts[stretch.spurts.clone()], &other.spurts[held.spurts.clone()]);
        let shared = |spurt: &Spurt| holding.iter().fold(0, |sum: Millis, other| sum.saturating_add(common(spurt, other)));
        let over: Vec<&Spurt> = came.iter().filter(|spurt| shared(spurt) > 0).collect();
        let first = over.first()?;
        let ms = over.iter().fold(0, |sum: Millis, spurt| sum.saturating_add(shared(spurt)));
        // The turn that was being spoken when the other came in.
        let over_turn = holding.iter().rev().find(|spurt| spurt.start <= first.start).unwrap_or(&holding[0]).turn;
        let case = Case { ms, first: first.start, over_turn, stretch, held };
        let kind = if over.iter().all(|spurt| spurt.backchannel) {
            OverlapKind::Backchannel
        } else if stretch.start - held.start <= self.timing.cross_talk_ms {
            OverlapKind::CrossTalk
        } else {
            self.who_keeps(&case, own, index, other)
        };
        Some(Overlap { kind, role, turn: first.turn, over_turn, start: first.start, ms })
    }

    fn who_keeps(&self, case: &Case<'_>, own: &Speech, index: usize, other: &Speech) -> OverlapKind {
        let timing = self.timing;
        let (end, held_end) = (case.stretch.end, case.held.end);
        let long = case.ms > timing.interruption_overlap_ms.saturating_add(self.allowance);
        // The other party speaks again before this one does.
        let next = other.stretches.iter().find(|stretch| stretch.start >= held_end).map(|stretch| stretch.start);
        let own_next = own.stretches.get(index + 1).map(|stretch| stretch.start);
        let goes_on = next.is_some_and(|next| own_next.is_none_or(|own_next| next <= own_next));
        let keeps = held_end >= end || (goes_on && end - held_end <= timing.floor_kept_ms);
        if long && self.starts_over(case) {
            OverlapKind::Interruption
        } else if keeps {
            OverlapKind::Cooperative
        } else if !long {
            OverlapKind::TurnChange
        } else {
            OverlapKind::Interruption
        }
    }

    /// Who was spoken over says the same words again: inside the turn, or at the start of the next one.
    fn starts_over(&self, case: &Case<'_>) -> bool {
        let until = case.stretch.end.saturating_add(self.timing.restart_ms);
        let within = |(turn, at): &(u32, Millis)| *turn == case.over_turn && (case.first..=until).contains(at);
        if self.restarts.iter().any(within) {
            return true;
        }
        let role = self.turns[case.over_turn as usize].role;
        let next = (case.over_turn + 1..self.turns.len() as u32)
            .find(|turn| self.turns[*turn as usize].role == role && self.turns[*turn as usize].words > 1);
        let Some(next) = next else { return false };
        let soon = self.turns[next as usize].clock.start().is_some_and(|start| start <= until);
        let (cut, begun) = (self.words(case.over_turn), self.words(next));
        let tail = &cut[cut.len().saturating_sub(RESTART_REACH)..];
        soon && begun.len() > 1 && tail.windows(2).any(|pair| pair[0].hash == begun[0].hash && pair[1].hash == begun[1].hash)
    }

    fn words(&self, turn: u32) -> &[Token] {
        let floor = self.turns[turn as usize].floor().and_then(|floor| self.floors.get(floor));
        let Some(tokens) = floor.map(|floor| &floor.tokens) else { return &[] };
        let first = tokens.partition_point(|token| token.turn < turn);
        let end = tokens.partition_point(|token| token.turn <= turn);
        &tokens[first..end]
    }
}

struct Case<'a> {
    ms: Millis,
    /// When the one came in over the other.
    first: Millis,
    over_turn: u32,
    stretch: &'a Stretch,
    held: &'a Stretch,
}

fn common(one: &Spurt, other: &Spurt) -> Millis {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}
