//! All that the clock tells of a call, and what a listener would make of it.

use super::floor::Floor;
use super::machine::Machine;
use super::overlap::{Overlap, OverlapKind, Talk};
use super::reply::{Transfer, pause_permille, transfers};
use crate::call::{CallInfo, Channel, Role};
use crate::rulebook::Model;
use crate::timing::{self, Announced, Grade, Hold, Shares, Silence, Speech, Spurt};
use crate::unit::Millis;

/// The agent took the floor while the customer held it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interruption {
    pub agent_floor: usize,
    pub agent_turn: u32,
    pub customer_turn: u32,
}

/// A pause inside a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pause {
    pub turn: u32,
    pub start: Millis,
    pub ms: Millis,
}

/// How long the agent speaks at a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Monologue {
    pub floor: usize,
    pub turn: u32,
    pub ms: Millis,
}

/// A turn's pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    pub floor: usize,
    pub turn: u32,
    pub words_per_minute: u32,
}

/// Empty, but for the grade, where the times do not allow to judge.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tempo {
    pub grade: Option<Grade>,
    pub chat: bool,
    allowance: Millis,
    pub transfers: Vec<Transfer>,
    pub overlaps: Vec<Overlap>,
    pub interruptions: Vec<Interruption>,
    pub pauses: Vec<Pause>,
    pub silences: Vec<Silence>,
    pub holds: Vec<Hold>,
    pub shares: Shares,
    /// Of every agent floor.
    pub monologues: Vec<Monologue>,
    /// Of agent turns that are long enough.
    pub paces: Vec<Pace>,
    pub median_pace: Option<u32>,
}

impl Tempo {
    /// `floors` and turns of a finished machine.
    pub fn of(model: &Model, info: &CallInfo, machine: &Machine) -> Tempo {
        let grade = timing::grade(info.channel, machine.turns.iter().map(|turn| (turn.role, turn.clock.grade(turn.worded))));
        let mut tempo = Tempo {
            grade: Some(grade),
            chat: info.channel == Channel::Chat,
            allowance: info.latency_allowance_ms(),
            ..Tempo::default()
        };
        if grade < Grade::Segments {
            return tempo;
        }
        let (settings, cuts) = (&model.timing, model.timing.cuts());
        let (floors, turns, spurts) = (&machine.floors, &machine.turns, &machine.spurts(0));
        let agent = Speech::of(Role::Agent, spurts, cuts);
        let customer = Speech::of(Role::Customer, spurts, cuts);
        tempo.transfers = transfers(grade, floors, turns);
        let talk = Talk {
            timing: settings,
            allowance: tempo.allowance,
            agent: &agent,
            customer: &customer,
            restarts: &machine.restarts,
            floors,
            turns,
        };
        tempo.overlaps = talk.overlaps();
        let by_agent = |overlap: &&Overlap| overlap.role == Role::Agent && overlap.kind == OverlapKind::Interruption;
        let interruption = |overlap: &Overlap| {
            let agent_floor = turns[overlap.turn as usize].floor()?;
            turns[overlap.over_turn as usize].floor()?;
            Some(Interruption { agent_floor, agent_turn: overlap.turn, customer_turn: overlap.over_turn })
        };
        tempo.interruptions = tempo.overlaps.iter().filter(by_agent).filter_map(interruption).collect();
        tempo.interruptions.sort_by_key(|case| (case.agent_floor, case.agent_turn));
        tempo.silences = timing::silences(spurts, settings.non_talk_ms);
        tempo.holds = timing::holds(&announced(model, floors, machine), &tempo.silences, settings.hold_reach_ms);
        let words = [Role::Agent, Role::Customer]
            .map(|role| turns.iter().filter(|turn| turn.role == role).map(|turn| u64::from(turn.words)).sum());
        tempo.shares = timing::shares(&agent, &customer, words, &tempo.silences);
        for spoken in spurts.chunk_by(|a, b| a.turn == b.turn) {
            let pause = |pair: &[Spurt]| {
                let ms = pair[1].start.saturating_sub(pair[0].end);
                (ms > cuts.split).then_some(Pause { turn: pair[0].turn, start: pair[0].end, ms })
            };
            tempo.pauses.extend(spoken.windows(2).filter_map(pause));
            let turn = spoken[0].turn;
            let facts = &turns[turn as usize];
            if let (Role::Agent, Some(floor)) = (facts.role, facts.floor())
                && facts.words >= settings.pace_words
                && let Some(words_per_minute) = timing::turn_pace(spoken, facts.words, cuts)
            {
                tempo.paces.push(Pace { floor, turn, words_per_minute });
            }
        }
        let mut paces: Vec<u32> = tempo.paces.iter().map(|pace| pace.words_per_minute).collect();
        paces.sort_unstable();
        tempo.median_pace = paces.get(paces.len() / 2).copied();
        tempo.monologues = monologues(settings.non_talk_ms, floors, spurts);
        tempo
    }

    /// Pauses and interruptions can be judged.
    pub fn judged(&self) -> bool {
        self.grade >= Some(Grade::Segments)
    }

    /// How much of the pause credit the reply in this floor earns, per mille. None where the customer asked or confirmed something,
    /// where a hold was announced, and where the times are missing.
    pub fn pause_permille(&self, model: &Model, floors: &[Floor], reply: usize) -> Option<u64> {
        let at = self.transfers.binary_search_by_key(&reply, |transfer| transfer.floor).ok()?;
        let transfer = &self.transfers[at];
        if floors[reply - 1].asks || self.held(transfer) {
            return None;
        }
        let latency = if transfer.offset > 0 { (transfer.offset - self.allowance as i64).max(0) } else { transfer.offset };
        Some(pause_permille(&model.timing, latency))
    }

    fn held(&self, transfer: &Transfer) -> bool {
        let until = transfer.from.saturating_add(transfer.offset.max(0) as Millis);
        self.holds.iter().any(|hold| hold.covers(transfer.from, until))
    }

    /// Silences that no hold announces.
    pub fn dead_air(&self) -> impl Iterator<Item = &Silence> {
        self.silences.iter().filter(|silence| !self.holds.iter().any(|hold| hold.covers(silence.start, silence.end)))
    }
}

/// Turns that announce a hold, with what ends it, if the agent says so in that floor or the next.
fn announced(model: &Model, floors: &[Floor], machine: &Machine) -> Vec<Announced> {
    let card = &model.scorecard;
    let agent: Vec<&Floor> = floors.iter().filter(|floor| floor.role == Role::Agent).collect();
    let mut found: Vec<Announced> = Vec::new();
    for (at, floor) in agent.iter().enumerate() {
        for hit in floor.hits.iter().filter(|hit| card.holds.contains(&hit.cue)) {
            let turn = floor.tokens[hit.end as usize - 1].turn;
            let Some(end) = machine.turns[turn as usize].clock.end() else { continue };
            let resumed = agent[at..agent.len().min(at + 2)].iter().find_map(|later| {
                let back =
                    |other: &&crate::cue::Hit| card.resumes.contains(&other.cue) && later.tokens[other.start as usize].turn > turn;
                let turn = later.tokens[later.hits.iter().find(back)?.start as usize].turn;
                Some((turn, machine.turns[turn as usize].clock.start()?))
            });
            if found.last().is_none_or(|last| last.turn != turn) {
                found.push(Announced { turn, end, resumed });
            }
        }
    }
    found
}

fn monologues(hold_on: Millis, floors: &[Floor], all: &[Spurt]) -> Vec<Monologue> {
    let agent = floors.iter().enumerate().filter(|(_, floor)| floor.role == Role::Agent);
    let monologue = |(index, floor): (usize, &Floor)| {
        // Spurts are in order of turn.
        let of = |turn: &u32| {
            let first = all.partition_point(|spurt| spurt.turn < *turn);
            let end = all.partition_point(|spurt| spurt.turn <= *turn);
            all[first..end].iter().copied()
        };
        let spurts: Vec<Spurt> = floor.turns.iter().flat_map(of).collect();
        let (ms, turn) = timing::longest_stretch(&spurts, hold_on)?;
        Some(Monologue { floor: index, turn, ms })
    };
    agent.filter_map(monologue).collect()
}
