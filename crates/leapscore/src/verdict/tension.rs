//! The tension part of a report.

use super::Draft;
use crate::evidence::{Part, join};
use crate::finding::Finding;
use crate::report::{Spike, TensionReport, TensionTerm, TensionTurn};
use crate::tension::{self, Curve, Source};

impl Draft<'_> {
    pub(super) fn tension(&self, curve: &Curve, findings: &[Finding]) -> TensionReport {
        let turn = |level: &tension::Level| TensionTurn {
            turn: level.turn,
            level: level.level,
            carried: level.carried,
            terms: level.terms.iter().map(|(source, points)| self.term(level, *source, *points)).collect(),
        };
        TensionReport {
            turns: curve.levels.iter().map(turn).collect(),
            spikes: curve.spikes.iter().map(|spike| self.spike(spike, findings)).collect(),
        }
    }

    fn term(&self, level: &tension::Level, source: Source, points: i32) -> TensionTerm {
        let floor = &self.machine.floors[level.floor];
        let (cue, parts) = match source {
            Source::Hit(hit) => {
                let hit = &floor.hits[hit];
                (self.model.cues[hit.cue as usize].id.as_str(), floor.hit_parts(hit))
            }
            Source::Demand(start, end) => ("tension.repeated_demand", floor.parts(start, end)),
            Source::Typography => ("tension.typography", vec![self.whole(level.turn)]),
            Source::CutIn => ("tension.cut_in", vec![self.whole(level.turn)]),
        };
        TensionTerm { cue: cue.to_string(), points, evidence: self.quote(&join(parts)) }
    }

    fn whole(&self, turn: u32) -> Part {
        Part { turn, start: 0, end: self.texts.text(turn).len() as u32, absence: false }
    }

    fn spike(&self, spike: &tension::Spike, findings: &[Finding]) -> Spike {
        let floor = |index: usize| &self.machine.floors[index];
        let last = |index: usize| floor(index).turns.last().copied();
        let snippet =
            [spike.agent_before.and_then(last), Some(spike.turn), spike.agent_after.map(|index| floor(index).first_turn())];
        let parts: Vec<Part> = snippet.into_iter().flatten().map(|turn| self.whole(turn)).collect();
        Spike {
            turn: spike.turn,
            level: spike.level,
            jump: spike.jump,
            before_agent_turn: spike.agent_before.and_then(last),
            before_agent_did: spike.agent_before.map(|index| self.did(index, findings)).unwrap_or_default(),
            calmed_at_turn: spike.calmed_at_turn,
            snippet: self.quote(&parts),
        }
    }

    /// Findings and cues of an agent floor.
    fn did(&self, floor: usize, findings: &[Finding]) -> Vec<String> {
        let found = findings.iter().filter(|finding| finding.floor == floor);
        let mut ids: Vec<String> = found.map(|finding| self.model.rules[finding.rule as usize].id.clone()).collect();
        for hit in &self.machine.floors[floor].hits {
            let id = &self.model.cues[hit.cue as usize].id;
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        ids
    }
}
