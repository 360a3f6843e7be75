//! The ways in which a rule can be triggered, one function each.

use super::{Finding, Scene, on_hits};
use crate::dialogue::{Floor, MoveRun};
use crate::evidence::{Part, join};
use crate::rulebook::{CueId, Rule, RuleId, Trigger};

/// Agent floors at the end of a call that are its close.
const CLOSING_FLOORS: usize = 3;

pub(super) fn find(scene: &Scene<'_>, id: RuleId, rule: &Rule, found: &mut Vec<Finding>) {
    match rule.trigger {
        Trigger::Cue => cue(scene, id, rule, 0, found),
        Trigger::Close => {
            let agent: Vec<usize> = scene.agent_floors(0..scene.floors.len()).collect();
            let first = agent.len().checked_sub(CLOSING_FLOORS).map_or(0, |at| agent[at]);
            cue(scene, id, rule, first, found);
        }
        Trigger::Interruption => interruption(scene, id, found),
        Trigger::FirstReply => first_reply(scene, id, rule, found),
        Trigger::Recital => recital(scene, id, rule, found),
        Trigger::MoveBroken => move_broken(scene, id, rule, found),
        // Triggers of dos: they make credit, not findings.
        Trigger::Pause | Trigger::LetFinish | Trigger::MoveCompleted => {}
    }
}

/// Hits of a floor that belong to `cues`.
fn hits_of(floor: &Floor, cues: &[CueId]) -> Vec<usize> {
    (0..floor.hits.len()).filter(|hit| cues.contains(&floor.hits[*hit].cue)).collect()
}

fn cue(scene: &Scene<'_>, id: RuleId, rule: &Rule, first: usize, found: &mut Vec<Finding>) {
    for floor in scene.agent_floors(first..scene.floors.len()) {
        let place = &scene.floors[floor];
        if !rule.needs_cues.is_empty() && hits_of(place, &rule.needs_cues).is_empty() {
            continue;
        }
        let excuses = hits_of(place, &rule.unless_cues);
        let excused = |hit: usize| {
            let start = place.hits[hit].start;
            excuses.iter().any(|excuse| {
                let excuse = &place.hits[*excuse];
                (!rule.unless_after || excuse.start >= start) && excuse.cue != place.hits[hit].cue
            })
        };
        // A rule on a move holds where the move that starts here is not completed later.
        let completed = |run: &MoveRun| {
            run.completed && Some(run.entry) == rule.on_move && run.steps.first().is_some_and(|step| step.0 == floor)
        };
        if scene.runs.iter().any(completed) {
            continue;
        }
        let hits: Vec<usize> = hits_of(place, &rule.cues).into_iter().filter(|hit| !excused(*hit)).collect();
        found.extend(on_hits(scene, id, floor, &hits, Vec::new()));
    }
}

fn interruption(scene: &Scene<'_>, id: RuleId, found: &mut Vec<Finding>) {
    for case in scene.interruptions {
        let whole = |floor: &Floor, turn: u32| {
            let tokens = || floor.tokens.iter().filter(|token| token.turn == turn);
            let (start, end) = (tokens().map(|token| token.start).min()?, tokens().map(|token| token.end).max()?);
            Some(Part { turn, start, end, absence: true })
        };
        let parts: Vec<Part> = whole(&scene.floors[case.agent_floor - 1], case.customer_turn)
            .into_iter()
            .chain(whole(&scene.floors[case.agent_floor], case.agent_turn))
            .collect();
        found.push(Finding { rule: id, floor: case.agent_floor, turn: case.agent_turn, parts: join(parts), run: (0, 0) });
    }
}

/// The reply to an episode's disclosure has the rule's cues and receives nothing.
fn first_reply(scene: &Scene<'_>, id: RuleId, rule: &Rule, found: &mut Vec<Finding>) {
    for episode in scene.episodes {
        let Some(disclosure) = episode.disclosure else { continue };
        let Some(reply) = scene.agent_floors(disclosure..episode.floors.end).next() else { continue };
        let place = &scene.floors[reply];
        if !hits_of(place, &rule.unless_cues).is_empty() {
            continue;
        }
        let told = &scene.floors[disclosure];
        let evidence =
            hits_of(told, &scene.model.scorecard.disclosure).into_iter().flat_map(|hit| told.hit_parts(&told.hits[hit])).collect();
        found.extend(on_hits(scene, id, reply, &hits_of(place, &rule.cues), evidence));
    }
}

/// Stock phrases stacked in one floor, or recited again and again.
fn recital(scene: &Scene<'_>, id: RuleId, rule: &Rule, found: &mut Vec<Finding>) {
    let card = &scene.model.scorecard;
    let mut recitals = 0;
    for floor in scene.agent_floors(0..scene.floors.len()) {
        let hits = hits_of(&scene.floors[floor], &[card.recital]);
        recitals += u32::from(!hits.is_empty());
        let again = !hits.is_empty() && recitals >= card.recitals;
        let stacked = hits_of(&scene.floors[floor], &rule.cues);
        if again || !stacked.is_empty() {
            let hits = if stacked.is_empty() { hits } else { stacked };
            found.extend(on_hits(scene, id, floor, &hits, Vec::new()));
        }
    }
}

/// The move was begun in reply to a difficult floor and not completed.
fn move_broken(scene: &Scene<'_>, id: RuleId, rule: &Rule, found: &mut Vec<Finding>) {
    for run in scene.runs.iter().filter(|run| Some(run.entry) == rule.on_move && !run.completed) {
        let Some((floor, hit)) = run.steps.first().copied() else { continue };
        // Floors of agent and customer alternate: what a floor answers is the one before it.
        let answers = floor.checked_sub(1).is_some_and(|before| {
            let episode = scene.episodes.partition_point(|episode| episode.floors.end <= before);
            scene.episodes.get(episode).is_some_and(|episode| episode.difficult.binary_search(&before).is_ok())
        });
        if answers {
            found.extend(on_hits(scene, id, floor, &[hit], Vec::new()));
        }
    }
}
