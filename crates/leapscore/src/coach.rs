//! Coaching: what one thing done otherwise would have lifted the score most. Recomputes; rewrites no text.

use crate::dialogue::Floor;
use crate::evidence::Part;
use crate::rulebook::{Kind, Model, RuleId, Trigger};
use crate::scorecard::{self, PillarCase};
use crate::unit::Pillar;

/// Most next steps in a report.
const MAX_STEPS: usize = 3;

/// One next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub pillar: Pillar,
    pub rule: RuleId,
    pub turn: u32,
    pub parts: Vec<Part>,
    pub pillar_score_if: i32,
    pub overall_if: i32,
}

/// The steps that lift the call's score most, at most one a rule; ties go to the earlier turn.
pub(crate) fn steps(model: &Model, floors: &[Floor], cases: &[PillarCase; 4], scores: [Option<i32>; 4]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for pillar in Pillar::ALL {
        let case = &cases[pillar.index()];
        let mut consider = |changed: &PillarCase, rule: RuleId, turn: u32, parts: Vec<Part>| {
            let Some((pillar_score_if, _)) = scorecard::score(&model.rules, changed) else { return };
            let mut then = scores;
            then[pillar.index()] = Some(pillar_score_if);
            let Some(overall_if) = scorecard::overall(model.scorecard.weights, then) else { return };
            if scores[pillar.index()].is_some_and(|score| pillar_score_if > score) {
                steps.push(Step { pillar, rule, turn, parts, pillar_score_if, overall_if });
            }
        };
        // Of one rule every don't costs the same: the first stands for all. The opportunities stay what they were: a pillar
        // that only its don'ts opened stays open, and at 0.
        let mut seen: Vec<RuleId> = Vec::new();
        for (index, dont) in case.donts.iter().enumerate() {
            if seen.contains(&dont.rule) || case.opportunities.is_empty() {
                continue;
            }
            seen.push(dont.rule);
            let mut changed = case.clone();
            changed.donts.remove(index);
            consider(&changed, dont.rule, dont.turn, dont.parts.clone());
        }
        for (rule, at, index) in undone(model, case) {
            let mut changed = case.clone();
            changed.opportunities[at].dos[index].credit = Some(model.rules[rule as usize].worth);
            let (turn, parts) = moment(floors, case.opportunities[at].floor);
            consider(&changed, advice_for(model, rule), turn, parts);
        }
    }
    steps.sort_by_key(|step| (-step.overall_if, -step.pillar_score_if, step.turn, step.rule));
    let mut kept: Vec<Step> = Vec::new();
    for step in steps {
        if kept.len() < MAX_STEPS && kept.iter().all(|other| other.rule != step.rule) {
            kept.push(step);
        }
    }
    kept
}

/// Of each do-rule the first opportunity at which most of its credit is missing: rule, opportunity, place in it.
fn undone(model: &Model, case: &PillarCase) -> Vec<(RuleId, usize, usize)> {
    let mut most: Vec<(RuleId, i32, usize, usize)> = Vec::new();
    for (at, opportunity) in case.opportunities.iter().enumerate() {
        for (index, done) in opportunity.dos.iter().enumerate() {
            let Some(missing) = done.credit.map(|credit| model.rules[done.rule as usize].worth - credit) else { continue };
            let weighed = missing * opportunity.weight as i32;
            match most.iter_mut().find(|(rule, ..)| *rule == done.rule) {
                Some(entry) if entry.1 < weighed => *entry = (done.rule, weighed, at, index),
                Some(_) => {}
                None if missing > 0 => most.push((done.rule, weighed, at, index)),
                None => {}
            }
        }
    }
    most.into_iter().map(|(rule, _, at, index)| (rule, at, index)).collect()
}

/// The advice rule that speaks for a do left undone, or the do itself.
fn advice_for(model: &Model, rule: RuleId) -> RuleId {
    let done = &model.rules[rule as usize];
    let speaks = |other: &crate::rulebook::Rule| {
        other.kind == Kind::Advice
            && other.trigger == Trigger::MoveBroken
            && done.trigger == Trigger::MoveCompleted
            && other.on_move == done.on_move
    };
    model.rules.iter().position(speaks).map_or(rule, |at| at as RuleId)
}

/// What the customer said, and the turn in which the agent answered it.
fn moment(floors: &[Floor], floor: usize) -> (u32, Vec<Part>) {
    use crate::call::Role;
    let place = &floors[floor];
    let reply = floors[floor..].iter().find(|other| other.role == Role::Agent);
    let turn = reply.unwrap_or(place).first_turn();
    let mut parts = place.parts(0, place.tokens.len() as u32);
    parts.iter_mut().for_each(|part| part.absence = true);
    (turn, parts)
}
