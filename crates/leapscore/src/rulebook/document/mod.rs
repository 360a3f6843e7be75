//! The document form: what a rulebook's TOML may say. Unknown keys are errors.

mod settings;

pub(crate) use settings::{Checkpoint, Scorecard, Tension, Timing};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;

/// A string of a document that remembers where it stands.
pub(crate) type Text = Spanned<String>;

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Document {
    pub rulebook: Option<Header>,
    /// The rulebook that this document is laid over.
    pub extends: Option<Text>,
    pub normalise: BTreeMap<String, String>,
    pub ambiguous: Vec<Ambiguous>,
    pub lexicon: Vec<Lexicon>,
    pub cue: Vec<Cue>,
    pub judge: Vec<Judge>,
    #[serde(rename = "move")]
    pub moves: Vec<Move>,
    pub rule: Vec<Rule>,
    pub nudge: Vec<Nudge>,
    pub slot: Vec<Slot>,
    pub checkpoint: BTreeMap<String, Checkpoint>,
    pub scorecard: Option<Scorecard>,
    pub tension: Option<Tension>,
    pub timing: Option<Timing>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub id: String,
    pub version: String,
}

/// A word that, once its apostrophe is lost, reads like another.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ambiguous {
    pub surface: Text,
    pub expands: String,
    /// Lexicons of the next word.
    pub before: Vec<Text>,
    /// Lexicons of the word in front that speak against it.
    #[serde(default)]
    pub not_after: Vec<Text>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lexicon {
    pub id: Text,
    #[serde(default)]
    pub words: Vec<Text>,
    /// Lexicons whose words are in this one too.
    #[serde(default)]
    pub include: Vec<Text>,
    #[serde(default)]
    pub remove: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CueRole {
    Agent,
    Customer,
}

/// How a cue is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Detect {
    /// By its phrases and weights alone.
    #[default]
    Phrases,
    /// And by the question grammar: open questions about the customer's matter.
    OpenQuestion,
    /// And by the question grammar: all other questions.
    ClosedQuestion,
    /// And by the question grammar: questions about payment, balance, identity.
    BusinessQuestion,
    /// Every open or closed question that no business question overlaps.
    ClarifyingQuestion,
    /// And by echo of the customer's own content words.
    Echo,
    /// The floor is a backchannel or opens with one.
    Backchannel,
}

/// What a scope does to a cue inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scope {
    #[default]
    Block,
    Ignore,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cue {
    pub id: Text,
    pub role: Option<CueRole>,
    #[serde(default)]
    pub summary: Option<String>,
    #[serde(default)]
    pub detect: Option<Detect>,
    #[serde(default)]
    pub phrases: Vec<Text>,
    /// Phrases that are the cue whatever its judge says.
    #[serde(default)]
    pub always: Vec<Text>,
    /// Phrases that cancel the cue where they stand near a hit.
    #[serde(default)]
    pub unless: Vec<Text>,
    #[serde(default)]
    pub negation: Option<Scope>,
    #[serde(default)]
    pub quotation: Option<Scope>,
    /// Hits inside a question do not count.
    #[serde(default)]
    pub question: Option<Scope>,
    /// The hit starts within this many words of the floor's start.
    #[serde(default)]
    pub within_first: Option<u32>,
    /// How much a customer's cue raises tension, 0 to 100.
    #[serde(default)]
    pub tension: Option<i32>,
    #[serde(default)]
    pub remove: bool,
    #[serde(default, skip_serializing)]
    pub examples: Vec<Example>,
    #[serde(default, skip_serializing)]
    pub counterexamples: Vec<Example>,
}

/// Weights that decide whether a cue is there.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Judge {
    pub cue: Text,
    /// The cue is there where the sum of the weights reaches this.
    pub threshold: i32,
    /// A line a feature: `WEIGHT FEATURE`.
    pub table: Text,
    #[serde(default)]
    pub remove: bool,
}

/// One turn, or several that start with "C:" or "A:"; the last one is judged.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Example {
    Turn(String),
    Dialogue(Vec<String>),
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Move {
    pub id: Text,
    #[serde(default)]
    pub summary: Option<String>,
    /// Each step is met by one of its cues, in order.
    #[serde(default)]
    pub steps: Vec<Vec<Text>>,
    /// How many agent floors the whole move may take.
    #[serde(default)]
    pub floors: Option<u32>,
    #[serde(default)]
    pub remove: bool,
}

/// What a nudge waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NudgeKind {
    /// The customer's open floor is difficult.
    Difficult,
    /// The open floor has one of the nudge's cues, so many times in all.
    Cue,
    /// A move was begun in an agent floor and may still be completed.
    PendingMove,
    /// Tension stands at the nudge's level or above.
    Tension,
    /// The agent cut in.
    Interruption,
    /// The agent has spoken for long at a stretch.
    Monologue,
}

/// A place in a wording that the customer's own words fill.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub id: Text,
    /// The customer speaks of themselves: a word of the first person stands shortly before.
    #[serde(default)]
    pub of_self: Option<bool>,
    #[serde(default)]
    pub fills: Vec<Fill>,
    #[serde(default)]
    pub remove: bool,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fill {
    /// What the wording says.
    #[serde(rename = "as")]
    pub text: Text,
    /// What the customer said: runs of words.
    pub said: Vec<Text>,
}

/// What to tell the agent while the call runs.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nudge {
    pub id: Text,
    #[serde(default)]
    pub watch: Option<NudgeKind>,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub source: Option<String>,
    /// Only where the open floor has one of these.
    #[serde(default)]
    pub cues: Vec<Text>,
    /// Floors in all that had one.
    #[serde(default)]
    pub times: Option<u32>,
    #[serde(rename = "move", default)]
    pub on_move: Option<Text>,
    #[serde(default)]
    pub level: Option<i32>,
    /// Tension must have fallen to this before it is said again.
    #[serde(default)]
    pub rearm_level: Option<i32>,
    /// Not said again within so many floors.
    #[serde(default)]
    pub quiet_floors: Option<u32>,
    #[serde(default)]
    pub remove: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Do,
    Dont,
    Advice,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Trigger {
    /// Its cues in an agent floor.
    #[default]
    Cue,
    /// The agent takes the floor while the customer holds it.
    Interruption,
    /// The reply to the disclosure of an episode has its cues and none of `unless_cues`.
    FirstReply,
    /// The floor recites: a stack in one floor, or from the third floor on.
    Recital,
    /// The move was begun and not completed.
    MoveBroken,
    /// The last agent floors of the call have its cues.
    Close,
    /// The pause before the reply to a difficult floor.
    Pause,
    /// No interruption while the customer tells it.
    LetFinish,
    /// The move was completed.
    MoveCompleted,
    /// Silence that the agent leaves unannounced.
    DeadAir,
    /// A turn far above the agent's own pace.
    Rushed,
    /// The agent speaks too long at a stretch.
    Monologue,
    /// Much of what the agent says is read out.
    ReadOut,
    /// The same ask, returned to.
    AskedAgain,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub id: Text,
    pub kind: Option<Kind>,
    #[serde(default)]
    pub trigger: Option<Trigger>,
    #[serde(default)]
    pub summary: Option<String>,
    #[serde(default)]
    pub why: Option<String>,
    #[serde(default)]
    pub instead: Option<String>,
    /// Forms of `instead` with `{slots}`; the first whose slots the customer's words fill is offered.
    #[serde(default)]
    pub wordings: Vec<Text>,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub cues: Vec<Text>,
    /// Cues that excuse a don't: near it in the same floor, or anywhere in it.
    #[serde(default)]
    pub unless_cues: Vec<Text>,
    /// The floor must also hold one of these.
    #[serde(default)]
    pub needs_cues: Vec<Text>,
    /// Only what stands behind the offending words excuses.
    #[serde(default)]
    pub unless_after: Option<bool>,
    /// A finding of one of these rules that touches the same clause takes precedence.
    #[serde(default)]
    pub yields_to: Vec<Text>,
    #[serde(rename = "move", default)]
    pub on_move: Option<Text>,
    /// Points a don't costs.
    #[serde(default)]
    pub charge: Option<i32>,
    /// The pillar's score is at most this after the don't.
    #[serde(default)]
    pub cap: Option<i32>,
    /// What a do is worth.
    #[serde(default)]
    pub worth: Option<i32>,
    #[serde(default)]
    pub credit: Vec<Credit>,
    #[serde(default)]
    pub remove: bool,
    #[serde(default, skip_serializing)]
    pub examples: Vec<Vec<String>>,
    #[serde(default, skip_serializing)]
    pub counterexamples: Vec<Vec<String>>,
}

/// One way to earn credit for a do; the best one counts.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credit {
    pub points: i32,
    #[serde(default)]
    pub cues: Vec<Text>,
    /// Distinct hits needed.
    #[serde(default)]
    pub hits: Option<u32>,
    /// The reply must also have been preceded (in the episode) by one of these cues, or hold it.
    #[serde(default)]
    pub after_cues: Vec<Text>,
    /// Only in the first so many agent floors behind a difficult floor.
    #[serde(default)]
    pub within: Option<u32>,
    /// Hits count over this many agent floors, up to the reply.
    #[serde(default)]
    pub span: Option<u32>,
    /// Nothing for it in a reply that has one of these findings.
    #[serde(default)]
    pub unless_rules: Vec<Text>,
    /// Credit only if this do-rule earned at least `rule_points` in the episode.
    #[serde(default)]
    pub needs_rule: Option<Text>,
    #[serde(default)]
    pub needs_points: Option<i32>,
}
