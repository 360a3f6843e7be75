//! What to tell the agent while the call runs.

use crate::call::{Channel, Role};
use crate::dialogue::{Archive, Floor, Machine, OverlapKind, Talk, bytes, runs};
use crate::rulebook::{Model, Nudge as Rule, NudgeKind};
use crate::tension::Gauge;
use crate::timing::Speech;

/// Most nudges at one turn, the rulebook's first ones first: more are not read.
const AT_ONCE: usize = 2;
/// Turns in which an overlap with the newest one is looked for.
const OVERLAP_TURNS: u32 = 6;

/// Something to tell the agent now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Nudge {
    /// The rulebook's id of it: stable.
    pub id: String,
    /// What it watched for.
    pub kind: NudgeKind,
    /// The turn that gave rise to it, counted over all turns pushed; a partial counts as the next one.
    pub turn: u32,
    /// What to tell.
    pub text: String,
}

/// Where the call stands.
pub(super) struct Scene<'a> {
    pub model: &'a Model,
    /// With its open floor scanned and awake.
    pub machine: &'a Machine,
    pub archive: &'a Archive,
    pub channel: Channel,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    /// Closed floors with its cues.
    count: u32,
    /// Closed floors when it was last told; one more than now if on a partial that would open a floor.
    told: Option<u32>,
    /// What it watches for holds since it was told.
    holds: bool,
}

/// What the nudges remember. They are told once, and again only after what they watch for was gone and some floors have passed.
#[derive(Debug, Clone, Default)]
pub(super) struct Desk {
    gauge: Gauge,
    floors: u32,
    states: Vec<State>,
}

impl Desk {
    /// Takes a floor that was closed, still awake.
    pub fn close(&mut self, model: &Model, machine: &Machine, index: usize) {
        let floor = &machine.floors[index];
        self.size(model);
        self.floors += 1;
        if floor.role == Role::Customer {
            self.gauge.read(model, index, floor, &machine.turns, &[]);
        }
        for (nudge, state) in model.nudges.iter().zip(&mut self.states) {
            state.count += u32::from(nudge.kind == NudgeKind::Cue && has(floor, &nudge.cues));
        }
    }

    fn size(&mut self, model: &Model) {
        if self.states.len() < model.nudges.len() {
            self.states = vec![State::default(); model.nudges.len()];
        }
    }

    /// What to tell at the newest turn.
    pub fn look(&mut self, scene: &Scene<'_>) -> Vec<Nudge> {
        self.size(scene.model);
        let mut told = Vec::new();
        let Some(open) = scene.machine.open() else { return told };
        let turn = scene.machine.turns.len() as u32 - 1;
        let mut gauge = self.gauge;
        let customer = open.role == Role::Customer;
        let jumped = customer && gauge.read(scene.model, 0, open, &scene.machine.turns, &[]).jumped;
        let view = View { open, jumped, level: gauge.level, turn, pending: pending(scene, open) };
        for (nudge, state) in scene.model.nudges.iter().zip(&mut self.states) {
            let holds = view.holds(scene, nudge, state);
            let quiet = state.told.is_some_and(|floor| self.floors.saturating_sub(floor) < nudge.quiet_floors);
            if holds && !state.holds && !quiet {
                if told.len() == AT_ONCE {
                    continue;
                }
                state.told = Some(self.floors);
                told.push(Nudge { id: nudge.id.clone(), kind: nudge.kind, turn, text: nudge.text.clone() });
            }
            state.holds = holds;
        }
        told
    }

    /// What was told on a partial is not told again on the final turn.
    pub fn remember(&mut self, probe: &Desk) {
        self.states.resize(probe.states.len(), State::default());
        for (state, probe) in self.states.iter_mut().zip(&probe.states) {
            (state.told, state.holds) = (probe.told, probe.holds);
        }
    }

    pub fn heap_bytes(&self) -> usize {
        bytes(&self.states)
    }
}

struct View<'a> {
    open: &'a Floor,
    jumped: bool,
    level: i32,
    turn: u32,
    /// By move: it was begun in the floor that is open and may still be completed.
    pending: Vec<bool>,
}

impl View<'_> {
    fn holds(&self, scene: &Scene<'_>, nudge: &Rule, state: &State) -> bool {
        let cued = nudge.cues.is_empty() || has(self.open, &nudge.cues);
        match nudge.kind {
            // Once told it holds until the level has fallen to where it is armed again.
            NudgeKind::Tension => (cued && self.level >= nudge.level) || (state.holds && self.level > nudge.rearm_level),
            _ if !cued => false,
            NudgeKind::Difficult => self.difficult(scene.model),
            NudgeKind::Cue => state.count + 1 >= nudge.times,
            NudgeKind::PendingMove => nudge.on_move.is_some_and(|entry| self.pending.get(entry) == Some(&true)),
            NudgeKind::Interruption => self.open.role == Role::Agent && scene.channel == Channel::Voice && self.cut_in(scene),
            NudgeKind::Monologue => self.open.role == Role::Agent && self.length(scene) > scene.model.timing.monologue_ms,
        }
    }

    fn difficult(&self, model: &Model) -> bool {
        let card = &model.scorecard;
        let settled = has(self.open, &card.calm) && !has(self.open, &card.lasting);
        self.open.role == Role::Customer && !settled && (self.jumped || has(self.open, &card.difficult))
    }

    fn length(&self, scene: &Scene<'_>) -> u64 {
        let clock = |turn: &u32| scene.machine.turns[*turn as usize].clock;
        let start = self.open.turns.first().and_then(|turn| clock(turn).start());
        let end = self.open.turns.last().and_then(|turn| clock(turn).end());
        end.zip(start).map_or(0, |(end, start)| end.saturating_sub(start))
    }

    fn cut_in(&self, scene: &Scene<'_>) -> bool {
        let model = scene.model;
        let spurts = &scene.machine.spurts(self.turn.saturating_sub(OVERLAP_TURNS));
        let Some(start) = spurts.iter().find(|spurt| spurt.turn == self.turn).map(|spurt| spurt.start) else { return false };
        if !spurts.iter().any(|spurt| spurt.role == Role::Customer && spurt.start < start && start < spurt.end) {
            return false;
        }
        let cuts = model.timing.cuts();
        let talk = Talk {
            timing: &model.timing,
            allowance: 0,
            agent: &Speech::of(Role::Agent, spurts, cuts),
            customer: &Speech::of(Role::Customer, spurts, cuts),
            restarts: &scene.machine.restarts,
            floors: &[],
            turns: &scene.machine.turns,
        };
        talk.overlaps()
            .iter()
            .any(|overlap| overlap.turn == self.turn && overlap.role == Role::Agent && overlap.kind == OverlapKind::Interruption)
    }
}

fn has(floor: &Floor, cues: &[u16]) -> bool {
    floor.hits.iter().any(|hit| cues.contains(&hit.cue))
}

/// The moves that the open agent floor has begun, or gone on with, and not completed.
fn pending(scene: &Scene<'_>, open: &Floor) -> Vec<bool> {
    let model = scene.model;
    let mut pending = vec![false; model.moves.len()];
    if open.role != Role::Agent || model.nudges.iter().all(|nudge| nudge.kind != NudgeKind::PendingMove) {
        return pending;
    }
    let most = 2 * model.moves.iter().map(|one| one.floors as usize).max().unwrap_or(0);
    let mut floors = scene.archive.last(most);
    floors.extend(scene.machine.floors.iter().chain([open]).cloned());
    let last = floors.len() - 1;
    for run in runs(model, &floors) {
        pending[run.entry] |= run.open && !run.completed && run.steps.last().is_some_and(|(floor, _)| *floor == last);
    }
    pending
}
