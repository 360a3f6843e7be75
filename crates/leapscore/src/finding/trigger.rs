//! The ways in which a rule can be triggered, one function each.

use super::{Finding, Scene, on_hits};
use crate::call::Role;
use crate::dialogue::{Floor, MoveRun};
use crate::evidence::{Part, join};
use crate::rulebook::{CueId, Rule, RuleId, Trigger};

/// Agent floors at the end of a call that are its close.
const CLOSING_FLOORS: usize = 3;

pub(super) fn find(scene: &Scene<'_>, id: RuleId, rule: &Rule, found: &mut Vec<Finding>) {
    match rule.trigger {
        Trigger::Cue => cue(scene, id, rule, 0, found),
        // While the call runs nothing is its close.
        Trigger::Close if !scene.complete => {}
        Trigger::Close => {
            let agent: Vec<usize> = scene.agent_floors(0..scene.floors.len()).collect();
            let first = agent.len().checked_sub(CLOSING_FLOORS).map_or(0, |at| agent[at]);
            cue(scene, id, rule, first, found);
        }
        Trigger::Interruption => interruption(scene, id, found),
        Trigger::FirstReply => first_reply(scene, id, rule, found),
        Trigger::Recital => recital(scene, id, rule, found),
        Trigger::MoveBroken => move_broken(scene, id, rule, found),
        Trigger::DeadAir => dead_air(scene, id, found),
        Trigger::Rushed => rushed(scene, id, found),
        Trigger::Monologue => monologue(scene, id, found),
        Trigger::ReadOut => read_out(scene, id, found),
        Trigger::AskedAgain => asked_again(scene, id, found),
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
        let last = !scene.complete && scene.agent_floors(floor + 1..scene.floors.len()).next().is_none();
        let mendable = rule.on_move.is_some_and(|entry| last || scene.pending(entry, floor));
        if mendable || scene.runs.iter().any(completed) {
            continue;
        }
        let hits: Vec<usize> = hits_of(place, &rule.cues).into_iter().filter(|hit| !excused(*hit)).collect();
        found.extend(on_hits(scene, id, floor, &hits, Vec::new()));
    }
}

/// The words of a turn, as part of the floor it belongs to.
fn turn_words(floor: &Floor, turn: u32, absence: bool) -> Option<Part> {
    let first = floor.tokens.partition_point(|token| token.turn < turn);
    let tokens = floor.tokens[first..].iter().take_while(|token| token.turn == turn);
    let (start, end) = (tokens.clone().map(|token| token.start).min()?, tokens.map(|token| token.end).max()?);
    Some(Part { turn, start, end, absence })
}

/// A finding that stands on the clock.
fn by_clock(id: RuleId, floor: usize, turn: u32, parts: Vec<Part>) -> Finding {
    Finding { rule: id, floor, turn, parts: join(parts), run: (0, 0) }
}

fn interruption(scene: &Scene<'_>, id: RuleId, found: &mut Vec<Finding>) {
    for cases in scene.tempo.interruptions.chunk_by(|a, b| a.agent_floor == b.agent_floor) {
        let words = |turn: u32| {
            let floor = scene.turns[turn as usize].floor()?;
            turn_words(&scene.floors[floor], turn, true)
        };
        let parts = cases.iter().flat_map(|case| [words(case.customer_turn), words(case.agent_turn)]).flatten().collect();
        found.push(by_clock(id, cases[0].agent_floor, cases[0].agent_turn, parts));
    }
}

/// Silence between the customer's words and the agent's that no hold announced.
fn dead_air(scene: &Scene<'_>, id: RuleId, found: &mut Vec<Finding>) {
    for silence in scene.tempo.dead_air().filter(|silence| silence.ms() > scene.model.timing.dead_air_ms) {
        let Some(floor) = scene.turns[silence.before_turn as usize].floor() else { continue };
        if scene.floors[floor].role == Role::Agent && found.last().is_none_or(|last| (last.rule, last.floor) != (id, floor)) {
            let part = turn_words(&scene.floors[floor], silence.before_turn, true);
            found.extend(part.map(|part| by_clock(id, floor, silence.before_turn, vec![part])));
        }
    }
}

fn rushed(scene: &Scene<'_>, id: RuleId, found: &mut Vec<Finding>) {
    let timing = &scene.model.timing;
    let Some(median) = scene.tempo.median_pace else { return };
    let fast = |pace: u32| pace > timing.rushed_wpm && u64::from(pace) * 100 > u64::from(median) * u64::from(timing.rushed_percent);
    for pace in scene.tempo.paces.iter().filter(|pace| fast(pace.words_per_minute)) {
        if found.last().is_none_or(|last| (last.rule, last.floor) != (id, pace.floor)) {
            let part = turn_words(&scene.floors[pace.floor], pace.turn, true);
            found.extend(part.map(|part| by_clock(id, pace.floor, pace.turn, vec![part])));
        }
    }
}

fn monologue(scene: &Scene<'_>, id: RuleId, found: &mut Vec<Finding>) {
    for monologue in scene.tempo.monologues.iter().filter(|monologue| monologue.ms > scene.model.timing.monologue_ms) {
        let floor = &scene.floors[monologue.floor];
        let turns = floor.turns.iter().filter(|turn| **turn >= monologue.turn);
        let parts = turns.filter_map(|turn| turn_words(floor, *turn, true)).collect();
        found.push(by_clock(id, monologue.floor, monologue.turn, parts));
    }
}

/// One finding, on the longest run that was read.
fn read_out(scene: &Scene<'_>, id: RuleId, found: &mut Vec<Finding>) {
    if scene.verbatim.permille.is_none_or(|permille| permille <= scene.model.timing.verbatim_permille) {
        return;
    }
    let longest = scene.verbatim.runs.iter().max_by_key(|(floor, start, end)| (end - start, std::cmp::Reverse((floor, start))));
    if let Some((floor, start, end)) = longest {
        let parts = scene.floors[*floor].parts(*start, *end);
        found.extend(parts.first().map(|part| by_clock(id, *floor, part.turn, parts.clone())));
    }
}

fn asked_again(scene: &Scene<'_>, id: RuleId, found: &mut Vec<Finding>) {
    let often = |repeat: &&crate::dialogue::Repeat| repeat.role == Role::Agent && repeat.places.len() >= scene.model.timing.repeats;
    for repeat in scene.repeats.iter().filter(often) {
        let words = |place: &(usize, u32, u32)| scene.floors[place.0].parts(place.1, place.2);
        let last = &repeat.places[repeat.places.len() - 1];
        let turn = words(last).first().map_or(0, |part| part.turn);
        if found.iter().all(|other| (other.rule, other.floor) != (id, last.0)) {
            found.push(by_clock(id, last.0, turn, repeat.places.iter().flat_map(words).collect()));
        }
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
    for run in scene.runs.iter().filter(|run| Some(run.entry) == rule.on_move && !run.completed && (scene.complete || !run.open)) {
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
