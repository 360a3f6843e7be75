//! Scoring whole calls, and calls while they run.

mod live;
mod nudge;
mod scorer;
mod transcript;

pub use live::{PendingMove, Session};
pub use nudge::Nudge;
#[doc(hidden)]
pub use scorer::{FloorFeatures, FoldBuffer, ScanStats};
pub use scorer::{Scorer, score_call};
