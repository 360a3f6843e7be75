//! The report: one form for every language, integers only, keys in a fixed order, absent values `null`.

use crate::call::Meta;
use crate::evidence::Evidence;
pub use crate::timing::Grade;
use crate::unit::{ByteSpan, Millis, Pillar};
use serde::{Deserialize, Serialize};

/// Declares public report types with their derives.
macro_rules! report_types {
    ($($(#[$meta:meta])* $kind:ident $name:ident $body:tt)*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[non_exhaustive]
            pub $kind $name $body
        )*
    };
}

report_types! {
    /// What one call scored and why.
    struct LeapReport {
        /// Version of this form; grows when a key changes its meaning.
        pub schema_version: u32,
        /// Unit of every span: `utf8`, bytes.
        pub span_unit: String,
        /// The caller's id of the call.
        pub call_id: Option<String>,
        /// The agent.
        pub agent_id: Option<String>,
        /// Start of the call as given.
        pub started_at: Option<String>,
        /// Language of the call as given.
        pub language: Option<String>,
        /// The caller's own keys.
        pub meta: Meta,
        /// False while the call still runs.
        pub complete: bool,
        /// Turns were dropped to bound memory.
        pub truncated: bool,
        /// The rulebook that scored.
        pub rulebook: RulebookRef,
        /// The call's score.
        pub overall: Overall,
        /// The four pillars.
        pub pillars: Pillars,
        /// The four QA lines.
        pub checkpoints: Checkpoints,
        /// Cues found, in order of place.
        pub cues: Vec<CueHit>,
        /// Moves begun, in order of place.
        pub moves: Vec<MoveReport>,
        /// Don'ts and advice, in order of turn.
        pub findings: Vec<FindingReport>,
        /// Clock facts.
        pub pacing: Pacing,
        /// The customer's tension.
        pub tension: TensionReport,
        /// What the customer did in the end; never scored.
        pub outcome: Outcome,
        /// At most three next steps, the most rewarding first.
        pub coaching: Vec<Coaching>,
        /// What the reader should know about this report.
        pub warnings: Vec<String>,
    }

    /// Identity of a rulebook.
    struct RulebookRef {
        /// Its id.
        pub id: String,
        /// Its version.
        pub version: String,
        /// SHA-256 of its canonical form.
        pub fingerprint: String,
    }

    /// The call's score, 0 to 100.
    struct Overall {
        /// Weighted mean of the pillars that apply.
        pub score: Option<i32>,
        /// Why there is none.
        pub reason: Option<NoScore>,
        /// Weights of the pillars.
        pub weights: Weights,
    }

    /// Weights of the pillars in the overall score.
    struct Weights {
        /// Listen.
        pub listen: u32,
        /// Empathize.
        pub empathize: u32,
        /// Acknowledge.
        pub acknowledge: u32,
        /// Personalize.
        pub personalize: u32,
    }

    /// The four pillars.
    struct Pillars {
        /// Listen first, then talk.
        pub listen: PillarReport,
        /// Empathize, then clarify.
        pub empathize: PillarReport,
        /// Acknowledge and reframe.
        pub acknowledge: PillarReport,
        /// Personalize the path forward.
        pub personalize: PillarReport,
    }

    /// One pillar's score; the ledger's points sum to it.
    struct PillarReport {
        /// 0 to 100, or none.
        pub score: Option<i32>,
        /// Why there is none.
        pub reason: Option<NoScore>,
        /// Chances that the call gave.
        pub opportunities: u32,
        /// What made the score, line by line.
        pub ledger: Vec<LedgerLine>,
    }

    /// Points with their evidence.
    struct LedgerLine {
        /// A rule's id, `cap.*` or `limit.*`.
        pub reason: String,
        /// Points given or taken.
        pub points: i32,
        /// The words it stands on.
        pub evidence: Vec<Evidence>,
    }

    /// The four QA lines.
    struct Checkpoints {
        /// The reply left room for what was said.
        pub paused_to_listen: Checkpoint,
        /// Named or mirrored the customer's emotion or hardship.
        pub acknowledged_emotions: Checkpoint,
        /// Pivoted to a shared goal or hopeful framing.
        pub reframed: Checkpoint,
        /// Offered options and handed over the choice.
        pub offered_choice: Checkpoint,
    }

    /// One QA line.
    struct Checkpoint {
        /// The verdict.
        pub state: State,
        /// What it stands on; none where nothing was judged.
        pub basis: Option<Basis>,
        /// The words that met it, or those that were searched.
        pub evidence: Vec<Evidence>,
    }

    /// A cue found.
    struct CueHit {
        /// The cue's id.
        pub cue: String,
        /// Input turn of its heaviest part.
        pub turn: u32,
        /// Hull of the evidence in that turn.
        pub span: ByteSpan,
        /// The words of the span.
        pub quote: String,
        /// The exact parts.
        pub evidence: Vec<Evidence>,
    }

    /// A move begun.
    struct MoveReport {
        /// The move's id.
        #[serde(rename = "move")]
        pub id: String,
        /// How it went.
        pub outcome: MoveOutcome,
        /// The steps that were met.
        pub steps: Vec<MoveStep>,
    }

    /// A step of a move.
    struct MoveStep {
        /// The cue that met it.
        pub cue: String,
        /// Its words.
        pub evidence: Vec<Evidence>,
    }

    /// A don't or a piece of advice, once per rule and agent floor.
    struct FindingReport {
        /// The rule's id.
        pub rule: String,
        /// Don't or advice.
        pub kind: FindingKind,
        /// Input turn in which the agent's words start.
        pub turn: u32,
        /// The words.
        pub evidence: Vec<Evidence>,
        /// What is wrong.
        pub message: String,
        /// What to do or say instead.
        pub instead: String,
    }

    /// Clock facts, milliseconds unless the name says otherwise; none where the grade does not allow them.
    struct Pacing {
        /// How fine the times are.
        pub grade: Grade,
        /// From the end of each customer floor to the agent's first turn; negative is overlap.
        pub response_latency_ms: Vec<Latency>,
        /// The agent's share of talk time, per mille.
        pub talk_ratio_permille: Option<u32>,
        /// The agent's pace.
        pub words_per_minute: Option<u32>,
        /// Longest agent turn.
        pub longest_monologue_ms: Option<Millis>,
        /// Time in which nobody speaks, holds included.
        pub non_talk_time_ms: Option<Millis>,
        /// Interruptions by the agent.
        pub interruptions: Option<u32>,
        /// Agent asks returned to, with their turns.
        pub repeats: Vec<Repeat>,
    }

    /// One response latency.
    struct Latency {
        /// The agent's turn.
        pub turn: u32,
        /// Milliseconds; negative is overlap.
        pub ms: i64,
    }

    /// The same demand or ask, returned to.
    struct Repeat {
        /// The input turns in which it stands.
        pub turns: Vec<u32>,
        /// Its words, folded.
        pub text: String,
    }

    /// Tension over the call.
    struct TensionReport {
        /// One entry per customer turn that holds words and is no backchannel.
        pub turns: Vec<TensionTurn>,
        /// Sharp rises.
        pub spikes: Vec<Spike>,
    }

    /// Tension at one customer turn, 0 to 100.
    struct TensionTurn {
        /// Input turn.
        pub turn: u32,
        /// Level.
        pub level: i32,
        /// What moved it.
        pub terms: Vec<TensionTerm>,
    }

    /// What moved the level.
    struct TensionTerm {
        /// The cue's id.
        pub cue: String,
        /// Points added or taken.
        pub points: i32,
        /// The words.
        pub evidence: Vec<Evidence>,
    }

    /// A sharp rise of tension.
    struct Spike {
        /// First turn of the customer floor.
        pub turn: u32,
        /// Peak of the floor.
        pub level: i32,
        /// Rise since the floor before.
        pub jump: i32,
        /// The agent's last turn before it.
        pub before_agent_turn: Option<u32>,
        /// The first customer turn at which it had calmed.
        pub calmed_at_turn: Option<u32>,
    }

    /// What the customer did in the end.
    struct Outcome {
        /// The state.
        pub state: OutcomeState,
        /// The words it stands on.
        pub evidence: Vec<Evidence>,
    }

    /// A next step for the agent.
    struct Coaching {
        /// The pillar it lifts.
        pub pillar: Pillar,
        /// The rule it is about.
        pub rule: String,
        /// The agent's turn it is about.
        pub turn: u32,
        /// The words it is about.
        pub evidence: Vec<Evidence>,
        /// Why it matters.
        pub why: String,
        /// A wording or way to try.
        #[serde(rename = "try")]
        pub to_try: String,
        /// The pillar's score had this one thing been done: recomputed, no promise about the customer.
        pub pillar_score_if: i32,
        /// The overall score then.
        pub overall_if: i32,
    }
}

/// Declares public report enums, copied and written in snake case.
macro_rules! report_enums {
    ($($(#[$meta:meta])* enum $name:ident $body:tt)*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[serde(rename_all = "snake_case")]
            #[non_exhaustive]
            pub enum $name $body
        )*
    };
}

report_enums! {
    /// Why there is no score.
    enum NoScore {
        /// The call gave no chance to show it.
        NoOpportunity,
        /// No agent turn, no customer turn, or text outside the rulebook's language.
        InsufficientEvidence,
    }

    /// Verdict of a checkpoint.
    enum State {
        /// Done.
        Met,
        /// Not done.
        Missed,
        /// There was no occasion.
        NotApplicable,
        /// There was an occasion, and what is needed to judge it is missing.
        Abstained,
    }

    /// What a verdict stands on.
    enum Basis {
        /// The clock.
        Timing,
        /// The words.
        Words,
    }

    /// How a move went.
    enum MoveOutcome {
        /// All steps met.
        Completed,
        /// Its window closed before that.
        Broken,
        /// It may still be completed.
        Pending,
    }

    /// Kind of a finding.
    enum FindingKind {
        /// Charged.
        Dont,
        /// Never charged.
        Advice,
    }

    /// What the customer did in the end.
    enum OutcomeState {
        /// Picked a way forward.
        ChoiceMade,
        /// Promised to pay.
        PromiseToPay,
        /// Thanked.
        Thanked,
        /// Calmed down.
        Calmer,
        /// Left angry.
        LeftAngry,
        /// None of these.
        Unknown,
    }
}

impl LeapReport {
    /// The pillar's report.
    pub fn pillar(&self, pillar: Pillar) -> &PillarReport {
        match pillar {
            Pillar::Listen => &self.pillars.listen,
            Pillar::Empathize => &self.pillars.empathize,
            Pillar::Acknowledge => &self.pillars.acknowledge,
            Pillar::Personalize => &self.pillars.personalize,
        }
    }
}

#[cfg(feature = "serde")]
impl LeapReport {
    /// The report in its one JSON form: the same bytes for the same call and rulebook, in every language.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a report has string keys and no floating point")
    }

    /// Reads a report back.
    ///
    /// # Errors
    /// [`crate::ErrorCode::InvalidJson`] if it is none.
    pub fn from_json(json: &str) -> Result<LeapReport, crate::Error> {
        serde_json::from_str(json).map_err(|error| {
            crate::Error::new(crate::ErrorCode::InvalidJson, error.to_string()).at(error.line().max(1), error.column().max(1))
        })
    }
}

/// The JSON Schema of a report.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    let schema = schemars::schema_for!(LeapReport);
    serde_json::to_string_pretty(&schema).expect("a schema is JSON")
}
