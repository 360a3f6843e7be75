//! Coaching: what one thing done otherwise would have lifted the score most. Recomputes; rewrites no text.

use crate::call::Role;
use crate::dialogue::Floor;
use crate::evidence::Part;
use crate::rulebook::{Kind, Model, Piece, RuleId, Slot, Trigger, Wording};
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
    /// The customer floors whose words a wording may take up, the nearest first.
    pub heard: Vec<usize>,
}

/// The steps that lift the call's score most, at most one a rule; ties go to the earlier turn.
pub(crate) fn steps(model: &Model, floors: &[Floor], cases: &[PillarCase; 4], scores: [Option<i32>; 4]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for pillar in Pillar::ALL {
        let case = &cases[pillar.index()];
        let mut consider = |changed: &PillarCase, rule: RuleId, (turn, parts, floor): (u32, Vec<Part>, usize)| {
            let Some((pillar_score_if, _)) = scorecard::score(&model.rules, changed) else { return };
            let mut then = scores;
            then[pillar.index()] = Some(pillar_score_if);
            let Some(overall_if) = scorecard::overall(model.scorecard.weights, then) else { return };
            if scores[pillar.index()].is_some_and(|score| pillar_score_if > score) {
                let heard = heard(model, floors, floor);
                steps.push(Step { pillar, rule, turn, parts, pillar_score_if, overall_if, heard });
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
            consider(&changed, dont.rule, (dont.turn, dont.parts.clone(), dont.floor));
        }
        for (rule, at, index) in undone(model, case) {
            let mut changed = case.clone();
            changed.opportunities[at].dos[index].credit = Some(model.rules[rule as usize].worth);
            let floor = case.opportunities[at].floor;
            let (turn, parts) = moment(floors, floor);
            consider(&changed, advice_for(model, rule), (turn, parts, floor));
        }
    }
    // Pacing before words, where both lift the score alike.
    let words = |rule: RuleId| {
        let clock = [Trigger::Pause, Trigger::LetFinish, Trigger::Interruption];
        !clock.contains(&model.rules[rule as usize].trigger)
    };
    steps.sort_by_key(|step| (-step.overall_if, words(step.rule), -step.pillar_score_if, step.turn, step.rule));
    let mut kept: Vec<Step> = Vec::new();
    for step in steps {
        if kept.len() < MAX_STEPS && kept.iter().all(|other| other.rule != step.rule) {
            kept.push(step);
        }
    }
    kept
}

/// Customer floors up to a moment that tell of something hard, the nearest first.
fn heard(model: &Model, floors: &[Floor], floor: usize) -> Vec<usize> {
    let hard = |index: &usize| {
        let place = &floors[*index];
        place.role == Role::Customer && place.hits.iter().any(|hit| model.scorecard.difficult.contains(&hit.cue))
    };
    (0..=floor).rev().filter(hard).collect()
}

/// The wording of a rule that the customer's own words fill, or the rule's plain one.
pub(crate) fn wording(model: &Model, floors: &[Floor], step: &Step) -> String {
    let rule = &model.rules[step.rule as usize];
    let filled = |wording: &Wording| {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Slot(slot, capital) => {
                let fill = step.heard.iter().find_map(|floor| fill(model, &model.slots[*slot], &floors[*floor]))?;
                let (first, rest) = fill.split_at(fill.chars().next().map_or(0, char::len_utf8));
                Some(if *capital { first.to_uppercase() + rest } else { fill.to_string() })
            }
        };
        wording.pieces.iter().map(piece).collect::<Option<String>>()
    };
    rule.wordings.iter().find_map(filled).unwrap_or_else(|| rule.instead.clone())
}

/// Words before the customer's in which they must speak of themselves.
const OF_SELF: usize = 5;

fn fill<'a>(model: &Model, slot: &'a Slot, floor: &Floor) -> Option<&'a str> {
    let tokens = &floor.tokens;
    let at = |run: &Vec<u64>| {
        (0..(tokens.len() + 1).saturating_sub(run.len())).find(|at| {
            let before = &tokens[at.saturating_sub(OF_SELF)..*at];
            let of_self = !slot.of_self || before.iter().any(|token| token.mask & model.classes.first_person != 0);
            let negated = before.iter().rev().take(3).any(|token| token.mask & model.classes.negator != 0);
            let said = tokens[*at..].iter().map(|token| token.hash).take(run.len()).eq(run.iter().copied());
            said && of_self && !negated
        })
    };
    slot.fills.iter().find(|(runs, _)| runs.iter().any(|run| at(run).is_some())).map(|(_, text)| text.as_str())
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
    let place = &floors[floor];
    let reply = floors[floor..].iter().find(|other| other.role == Role::Agent);
    let turn = reply.unwrap_or(place).first_turn();
    let mut parts = place.parts(0, place.tokens.len() as u32);
    parts.iter_mut().for_each(|part| part.absence = true);
    (turn, parts)
}
