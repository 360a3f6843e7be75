//! Level 2: floors, episodes, moves, interruptions.

mod episode;
mod floor;
mod interruption;
mod moves;

pub(crate) use episode::{Episode, episodes};
pub(crate) use floor::{Floor, Machine, TurnFacts};
pub(crate) use interruption::{Interruption, interruptions, latencies, pause_permille};
pub(crate) use moves::{MoveRun, runs};
