//! The numbers: checkpoints, scorecard, tension, timing.

use super::Text;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Checkpoint {
    /// The do-rule that meets it.
    pub rule: Text,
    /// Credit that rule must have earned.
    pub points: i32,
    /// The do-rule that decides when the first cannot be judged.
    #[serde(default)]
    pub fallback: Option<Text>,
    #[serde(default)]
    pub fallback_points: Option<i32>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scorecard {
    pub listen: PillarCard,
    pub empathize: PillarCard,
    pub acknowledge: PillarCard,
    pub personalize: PillarCard,
    /// Agent cues that open Personalize.
    pub personalize_opened_by: Vec<Text>,
    /// Customer cues that make a floor difficult.
    pub difficult: Vec<Text>,
    /// Those of them that tell the customer's own hardship or emotion.
    pub disclosure: Vec<Text>,
    /// Those of the difficult ones that stay so where the customer thanks or calms in the same floor.
    pub lasting: Vec<Text>,
    /// What an episode with such a floor weighs; one of complaint alone weighs 1.
    pub disclosure_weight: u32,
    /// A jump in tension of this many points makes a floor difficult.
    pub difficult_jump: i32,
    /// From this many recital floors on, a recital is filler.
    pub recitals: u32,
    /// The recital cue.
    pub recital: Text,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PillarCard {
    pub weight: u32,
    /// The do-rules, in ledger order.
    pub dos: Vec<Text>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tension {
    /// Share of the level that is left after each customer turn, per mille.
    pub keep_permille: i32,
    /// What a calm cue takes off.
    pub calm_cues: Vec<Text>,
    pub calm_points: i32,
    /// A spike is a level of at least this ...
    pub spike_level: i32,
    /// ... that rose by at least this over what was left of the level before.
    pub spike_jump: i32,
    /// Capitals or "!!" raise the level by this.
    pub typography_points: i32,
    /// Cues of a demand; one made again ...
    pub demands: Vec<Text>,
    /// ... raises the level by this.
    pub repeat_points: i32,
    /// Cutting in on the agent raises the level by this.
    pub cut_in_points: i32,
    /// A spike has calmed at the first customer turn at or below this level.
    pub calm_level: i32,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Timing {
    /// A gap of one party's speech below this is none.
    pub bridge_ms: u64,
    /// A gap inside a turn above this parts it.
    pub split_ms: u64,
    /// A listening token ("mm-hm") has at most so many words ...
    pub backchannel_words: usize,
    /// ... or, in an overlap, lasts at most so long.
    pub backchannel_ms: u64,
    /// An overlap up to this long is no interruption.
    pub interruption_overlap_ms: u64,
    /// Who starts over up to this long after the other's words was interrupted though the floor was kept.
    pub restart_ms: u64,
    /// Who goes on speaking at most this long before the other ends has kept the floor.
    pub floor_kept_ms: u64,
    /// Two who begin within this of each other talk across each other.
    pub cross_talk_ms: u64,
    /// No pause credit at or below this.
    pub pause_none_ms: u64,
    /// Full credit from here ...
    pub pause_full_ms: u64,
    /// ... to here,
    pub pause_late_ms: u64,
    /// and none from here on (dead air).
    pub pause_dead_ms: u64,
    /// Silence above this is non-talk time.
    pub non_talk_ms: u64,
    /// Silence above this that the agent leaves without a word about it is a finding.
    pub dead_air_ms: u64,
    /// Cues that announce a hold, and those that end it.
    pub hold_cues: Vec<Text>,
    pub resumed_cues: Vec<Text>,
    /// A hold that nobody ends in words is the silence that begins within this of its announcement.
    pub hold_reach_ms: u64,
    /// The agent speaks longer than this at a stretch.
    pub monologue_ms: u64,
    /// A turn of at least so many words is rushed ...
    pub pace_words: u32,
    /// ... above so many words a minute ...
    pub rushed_wpm: u32,
    /// ... if that is this share of the agent's own median pace, in per cent.
    pub rushed_percent: u32,
    /// Words in a row that were read out if they come again, in the call or in a script.
    pub verbatim_words: usize,
    /// A share of the agent's words above this, read out, is a finding.
    pub verbatim_permille: u32,
    /// Floors in which the agent makes the same ask before it is a finding.
    pub repeats: usize,
}
