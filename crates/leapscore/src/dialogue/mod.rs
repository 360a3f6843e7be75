//! Level 2: floors, episodes, moves, overlaps, replies.

mod archive;
mod backchannel;
mod episode;
mod floor;
mod machine;
mod moves;
mod overlap;
mod repeat;
mod reply;
mod tempo;
mod verbatim;

pub(crate) use archive::{Archive, bytes, push};
pub(crate) use episode::{Episode, episodes};
pub(crate) use floor::{Floor, TurnFacts};
pub(crate) use machine::Machine;
pub(crate) use moves::{MoveRun, runs};
pub use overlap::OverlapKind;
pub(crate) use overlap::{Overlap, Talk};
pub(crate) use repeat::{Repeat, repeats};
pub(crate) use tempo::{Interruption, Tempo};
pub(crate) use verbatim::{Verbatim, verbatim};
