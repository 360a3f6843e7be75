//! Rules read cues, moves and timing and make findings: don'ts and advice.

mod trigger;

use crate::call::Role;
use crate::dialogue::{Episode, Floor, MoveRun, Repeat, Tempo, TurnFacts, Verbatim};
use crate::evidence::{Part, join};
use crate::rulebook::{Kind, Model, RuleId};

/// What the rules of a call may look at.
pub(crate) struct Scene<'a> {
    pub model: &'a Model,
    pub floors: &'a [Floor],
    pub turns: &'a [TurnFacts],
    pub episodes: &'a [Episode],
    pub runs: &'a [MoveRun],
    pub tempo: &'a Tempo,
    pub verbatim: &'a Verbatim,
    pub repeats: &'a [Repeat],
    /// The call has ended: what was not done will not be.
    pub complete: bool,
}

/// One don't or piece of advice in one agent floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub rule: RuleId,
    pub floor: usize,
    /// The input turn in which the agent's offending words start.
    pub turn: u32,
    pub parts: Vec<Part>,
    /// Tokens of the agent's floor that it stands on; empty if it stands on the clock.
    run: (u32, u32),
}

/// Words between two findings of one floor within which they are about the same thing.
const SAME_MATTER: u32 = 20;

impl Scene<'_> {
    /// All findings, in order of turn, then of the rulebook.
    pub fn findings(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> = Vec::new();
        for (index, rule) in self.model.rules.iter().enumerate() {
            if rule.kind != Kind::Do {
                trigger::find(self, index as RuleId, rule, &mut found);
            }
        }
        found.sort_by_key(|finding| (finding.floor, finding.rule));
        let yields = |finding: &Finding| {
            let rule = &self.model.rules[finding.rule as usize];
            let first = found.partition_point(|other| other.floor < finding.floor);
            found[first..].iter().take_while(|other| other.floor == finding.floor).any(|other| {
                rule.yields_to.contains(&other.rule)
                    && other.run.0 < finding.run.1 + SAME_MATTER
                    && finding.run.0 < other.run.1 + SAME_MATTER
            })
        };
        let mut kept: Vec<Finding> = found.iter().filter(|finding| !yields(finding)).cloned().collect();
        kept.sort_by_key(|finding| (finding.turn, finding.rule));
        kept
    }

    /// A run of this move began in this floor and may still be completed.
    pub fn pending(&self, entry: usize, floor: usize) -> bool {
        let here = |run: &&MoveRun| run.entry == entry && run.steps.first().is_some_and(|step| step.0 == floor);
        !self.complete && self.runs.iter().filter(here).any(|run| run.open && !run.completed)
    }

    /// The agent floors among `range`.
    pub fn agent_floors(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = usize> + '_ {
        range.filter(|floor| self.floors[*floor].role == Role::Agent)
    }
}

/// A finding on hits of one floor, with further evidence from other floors.
fn on_hits(scene: &Scene<'_>, rule: RuleId, floor: usize, hits: &[usize], more: Vec<Part>) -> Option<Finding> {
    let place = &scene.floors[floor];
    let mut parts: Vec<Part> = hits.iter().flat_map(|hit| place.hit_parts(&place.hits[*hit])).collect();
    let turn = parts.iter().map(|part| part.turn).min()?;
    parts.extend(more);
    let start = hits.iter().map(|hit| place.hits[*hit].start).min()?;
    let end = hits.iter().map(|hit| place.hits[*hit].end).max()?;
    Some(Finding { rule, floor, turn, parts: join(parts), run: (start, end) })
}
