//! Moves: steps in order across the agent's floors.

use super::floor::Floor;
use crate::call::Role;
use crate::rulebook::Model;

/// One run of a move: the hits (floor, hit) that met its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MoveRun {
    pub entry: usize,
    pub steps: Vec<(usize, usize)>,
    pub completed: bool,
    /// Its window reaches to the last agent floor: while the call runs, it may still be completed.
    pub open: bool,
}

/// All runs of all moves, in order of where they begin. A run ends completed, or broken when its window closes.
pub(crate) fn runs(model: &Model, floors: &[Floor]) -> Vec<MoveRun> {
    let agent: Vec<usize> = (0..floors.len()).filter(|floor| floors[*floor].role == Role::Agent).collect();
    let mut runs = Vec::new();
    for (entry, definition) in model.moves.iter().enumerate() {
        let mut at = 0;
        while at < agent.len() {
            let window = &agent[at..agent.len().min(at + definition.floors as usize)];
            let open = at + definition.floors as usize >= agent.len();
            let run = follow(&definition.steps, floors, window);
            match run.last() {
                Some((last, _)) if run.len() == definition.steps.len() => {
                    at += window.iter().position(|floor| floor == last).unwrap_or(0) + 1;
                    runs.push(MoveRun { entry, steps: run, completed: true, open: false });
                }
                Some(_) => {
                    runs.push(MoveRun { entry, steps: run, completed: false, open });
                    at += 1;
                }
                None => at += 1,
            }
        }
    }
    runs.sort_by_key(|run| (run.steps.first().copied(), run.entry));
    runs
}

/// The steps that are met, in order, if the first is met in the window's first floor.
fn follow(steps: &[Vec<u16>], floors: &[Floor], window: &[usize]) -> Vec<(usize, usize)> {
    let mut met: Vec<(usize, usize)> = Vec::new();
    for floor in window {
        let mut behind = 0;
        for (index, hit) in floors[*floor].hits.iter().enumerate() {
            let Some(cues) = steps.get(met.len()) else { return met };
            if cues.contains(&hit.cue) && hit.start >= behind {
                behind = hit.end.saturating_sub(1).max(hit.start + 1);
                met.push((*floor, index));
            }
        }
        if met.is_empty() {
            return met;
        }
    }
    met
}
