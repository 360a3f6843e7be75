//! The pacing part of a report.

use super::Draft;
use crate::call::Role;
use crate::dialogue::{Repeat as Returned, Tempo};
use crate::finding::Scene;
use crate::report::{
    AbstainReason, Abstention, DeadAir, Grade, HoldReport, Latency, OverlapReport, Pacing, Repeat, ResponseLatency, TurnPause,
    VerbatimRun,
};
use crate::rulebook::Trigger;
use crate::scorecard::PillarCase;

impl Draft<'_> {
    pub(super) fn pacing(&self, scene: &Scene<'_>, cases: &[PillarCase; 4]) -> Pacing {
        let tempo = scene.tempo;
        let judged = tempo.judged();
        let floors = scene.floors;
        let to_agent = tempo.transfers.iter().filter(|transfer| floors[transfer.floor].role == Role::Agent);
        Pacing {
            grade: tempo.grade.unwrap_or(Grade::None),
            floor_transfer_offset_ms: tempo.transfers.iter().map(|one| Latency { turn: one.turn, ms: one.offset }).collect(),
            response_latency_ms: to_agent.map(|one| self.latency(scene, one.floor, one.turn, one.offset)).collect(),
            overlaps: tempo
                .overlaps
                .iter()
                .map(|one| OverlapReport {
                    turn: one.turn,
                    over_turn: one.over_turn,
                    start_ms: one.start,
                    ms: one.ms,
                    kind: one.kind,
                })
                .collect(),
            pauses: tempo.pauses.iter().map(|one| TurnPause { turn: one.turn, start_ms: one.start, ms: one.ms }).collect(),
            talk_ratio_permille: tempo.shares.talk_ratio_permille,
            words_per_minute: tempo.shares.words_per_minute,
            customer_words_per_minute: tempo.shares.customer_words_per_minute,
            longest_monologue_ms: judged.then(|| tempo.monologues.iter().map(|one| one.ms).max().unwrap_or(0)),
            non_talk_time_ms: judged.then_some(tempo.shares.non_talk_time_ms),
            holds: tempo
                .holds
                .iter()
                .map(|one| HoldReport {
                    announced_turn: one.announced_turn,
                    resumed_turn: one.resumed_turn,
                    start_ms: one.start,
                    ms: one.ms(),
                })
                .collect(),
            dead_air: tempo
                .dead_air()
                .map(|one| DeadAir { after_turn: one.after_turn, start_ms: one.start, ms: one.ms() })
                .collect(),
            interruptions: judged.then_some(tempo.interruptions.len() as u32),
            verbatim_permille: scene.verbatim.permille,
            verbatim: scene
                .verbatim
                .runs
                .iter()
                .map(|(floor, start, end)| VerbatimRun {
                    words: end - start,
                    evidence: self.quote(&floors[*floor].parts(*start, *end)),
                })
                .collect(),
            repeats: scene.repeats.iter().map(|one| self.repeat(scene, one)).collect(),
            abstained: self.abstained(scene, cases, tempo),
        }
    }

    fn latency(&self, scene: &Scene<'_>, floor: usize, turn: u32, ms: i64) -> ResponseLatency {
        let before = floor - 1;
        let difficult = scene.episodes.iter().any(|episode| episode.difficult.binary_search(&before).is_ok());
        let credit = scene.tempo.pause_permille(self.model, scene.floors, floor).filter(|_| difficult);
        ResponseLatency { turn, ms, difficult, credit_permille: credit.map(|permille| permille as u32) }
    }

    fn repeat(&self, scene: &Scene<'_>, repeat: &Returned) -> Repeat {
        let parts =
            repeat.places.iter().flat_map(|(floor, start, end)| scene.floors[*floor].parts(*start, *end)).collect::<Vec<_>>();
        let mut turns: Vec<u32> = parts.iter().map(|part| part.turn).collect();
        turns.dedup();
        Repeat { role: repeat.role, turns, evidence: self.quote(&parts) }
    }

    /// Rules that read the clock and could not.
    fn abstained(&self, scene: &Scene<'_>, cases: &[PillarCase; 4], tempo: &Tempo) -> Vec<Abstention> {
        use AbstainReason::{Chat, NoTimes, NothingToJudge, StartsOnly};
        let clock =
            [Trigger::Pause, Trigger::LetFinish, Trigger::Interruption, Trigger::DeadAir, Trigger::Rushed, Trigger::Monologue];
        let reason = match tempo.grade {
            _ if tempo.judged() => NothingToJudge,
            _ if tempo.chat => Chat,
            Some(Grade::StartsOnly) => StartsOnly,
            _ => NoTimes,
        };
        let abstains = |id: u16, trigger: Trigger| {
            if !tempo.judged() {
                return clock.contains(&trigger);
            }
            let dones =
                cases.iter().flat_map(|case| &case.opportunities).flat_map(|chance| &chance.dos).filter(|done| done.rule == id);
            let mut credits = dones.map(|done| done.credit).peekable();
            trigger == Trigger::Pause && credits.peek().is_some() && credits.all(|credit| credit.is_none())
        };
        let rules = scene.model.rules.iter().enumerate().filter(|(id, rule)| abstains(*id as u16, rule.trigger));
        rules.map(|(_, rule)| Abstention { rule: rule.id.clone(), reason }).collect()
    }
}
