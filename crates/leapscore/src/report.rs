//! The report: one form for every language, integers only, keys in a fixed order, absent values `null`.

use crate::call::{Meta, Role};
pub use crate::dialogue::OverlapKind;
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

    /// Clock facts, milliseconds unless the name says otherwise, and what was judged by them. None, or empty, where the grade does not
    /// allow them.
    struct Pacing {
        /// How fine the times are.
        pub grade: Grade,
        /// At each change of speaker, from the end of one floor to the start of the next; negative is overlap.
        pub floor_transfer_offset_ms: Vec<Latency>,
        /// From the end of each customer floor to the agent's first turn; negative is overlap.
        pub response_latency_ms: Vec<ResponseLatency>,
        /// Times at which both spoke, in order of time.
        pub overlaps: Vec<OverlapReport>,
        /// Pauses inside a turn, above one second; needs word times.
        pub pauses: Vec<TurnPause>,
        /// The agent's share of talk time, per mille.
        pub talk_ratio_permille: Option<u32>,
        /// The agent's pace over the time in which the agent talks.
        pub words_per_minute: Option<u32>,
        /// The customer's.
        pub customer_words_per_minute: Option<u32>,
        /// Longest stretch of the agent's speech, silences up to three seconds counted in.
        pub longest_monologue_ms: Option<Millis>,
        /// Silences above three seconds, holds included.
        pub non_talk_time_ms: Option<Millis>,
        /// Announced silences.
        pub holds: Vec<HoldReport>,
        /// Silences above three seconds that nobody announced.
        pub dead_air: Vec<DeadAir>,
        /// Interruptions by the agent.
        pub interruptions: Option<u32>,
        /// Share of the agent's words in runs of eight or more that come again word for word in the call or in a script, per mille.
        pub verbatim_permille: Option<u32>,
        /// Those runs.
        pub verbatim: Vec<VerbatimRun>,
        /// The same demand or ask, returned to.
        pub repeats: Vec<Repeat>,
        /// Rules that the times do not allow to judge, and why.
        pub abstained: Vec<Abstention>,
    }

    /// One time at a turn.
    struct Latency {
        /// The turn that begins.
        pub turn: u32,
        /// Milliseconds; negative is overlap.
        pub ms: i64,
    }

    /// One response latency.
    struct ResponseLatency {
        /// The agent's turn.
        pub turn: u32,
        /// Milliseconds; negative is overlap.
        pub ms: i64,
        /// The customer's floor was a difficult one.
        pub difficult: bool,
        /// Pause credit it earned, per mille; none where the pause is not judged: no difficult floor, or one that ends with a question,
        /// or a hold was announced.
        pub credit_permille: Option<u32>,
    }

    /// Both spoke.
    struct OverlapReport {
        /// The turn that came in.
        pub turn: u32,
        /// The turn that was being spoken.
        pub over_turn: u32,
        /// When the one came in.
        pub start_ms: Millis,
        /// How long both spoke.
        pub ms: Millis,
        /// What a listener would call it.
        pub kind: OverlapKind,
    }

    /// A pause inside a turn.
    struct TurnPause {
        /// The turn.
        pub turn: u32,
        /// When it starts.
        pub start_ms: Millis,
        /// How long it is.
        pub ms: Millis,
    }

    /// An announced silence.
    struct HoldReport {
        /// The agent's turn that announces it.
        pub announced_turn: u32,
        /// The agent's turn that comes back from it in words, if one does.
        pub resumed_turn: Option<u32>,
        /// When it starts.
        pub start_ms: Millis,
        /// How long it is.
        pub ms: Millis,
    }

    /// A silence that nobody announced.
    struct DeadAir {
        /// The turn before it.
        pub after_turn: u32,
        /// When it starts.
        pub start_ms: Millis,
        /// How long it is.
        pub ms: Millis,
    }

    /// Words that were read out.
    struct VerbatimRun {
        /// How many.
        pub words: u32,
        /// The words.
        pub evidence: Vec<Evidence>,
    }

    /// The same demand or ask, returned to.
    struct Repeat {
        /// Who returns to it: `agent` or `customer`.
        pub role: Role,
        /// The input turns in which it stands.
        pub turns: Vec<u32>,
        /// Its words each time.
        pub evidence: Vec<Evidence>,
    }

    /// A rule that abstains.
    struct Abstention {
        /// The rule's id.
        pub rule: String,
        /// Why.
        pub reason: AbstainReason,
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
        /// What was left of the level before.
        pub carried: i32,
        /// What moved it: `carried` and the terms' points add up to `level`, kept within 0 and 100.
        pub terms: Vec<TensionTerm>,
    }

    /// What moved the level.
    struct TensionTerm {
        /// A cue's id, or `tension.repeated_demand`, `tension.cut_in`, `tension.typography`.
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
        /// Rise over what was left of the level before.
        pub jump: i32,
        /// The agent's last turn before it.
        pub before_agent_turn: Option<u32>,
        /// What the agent did there: don'ts and advice first, then cues; ids.
        pub before_agent_did: Vec<String>,
        /// The first customer turn at which it had calmed; none if it never did.
        pub calmed_at_turn: Option<u32>,
        /// The agent's words before it, the customer's, and the agent's answer: whole turns.
        pub snippet: Vec<Evidence>,
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
        /// Where the rule comes from.
        pub source: String,
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

    /// Why a rule abstains.
    enum AbstainReason {
        /// Chat: times judge nothing.
        Chat,
        /// Turns have no times, or not all of them.
        NoTimes,
        /// Turns have starts only.
        StartsOnly,
        /// Every difficult floor ends with a question, is followed by an announced hold, or is not answered.
        NothingToJudge,
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

    /// Visits every place of the report that names a turn, with its span if it has one.
    fn places(&mut self, visit: &mut dyn FnMut(&mut u32, Option<&mut ByteSpan>)) {
        let Pillars { listen, empathize, acknowledge, personalize } = &mut self.pillars;
        for line in [listen, empathize, acknowledge, personalize].into_iter().flat_map(|pillar| &mut pillar.ledger) {
            parts(&mut line.evidence, visit);
        }
        let Checkpoints { paused_to_listen, acknowledged_emotions, reframed, offered_choice } = &mut self.checkpoints;
        for checkpoint in [paused_to_listen, acknowledged_emotions, reframed, offered_choice] {
            parts(&mut checkpoint.evidence, visit);
        }
        for cue in &mut self.cues {
            visit(&mut cue.turn, Some(&mut cue.span));
            parts(&mut cue.evidence, visit);
        }
        self.moves.iter_mut().flat_map(|one| &mut one.steps).for_each(|step| parts(&mut step.evidence, visit));
        for finding in &mut self.findings {
            visit(&mut finding.turn, None);
            parts(&mut finding.evidence, visit);
        }
        self.pacing.places(visit);
        for turn in &mut self.tension.turns {
            visit(&mut turn.turn, None);
            turn.terms.iter_mut().for_each(|term| parts(&mut term.evidence, visit));
        }
        for spike in &mut self.tension.spikes {
            visit(&mut spike.turn, None);
            spike.before_agent_turn.iter_mut().chain(&mut spike.calmed_at_turn).for_each(|turn| visit(turn, None));
            parts(&mut spike.snippet, visit);
        }
        parts(&mut self.outcome.evidence, visit);
        for step in &mut self.coaching {
            visit(&mut step.turn, None);
            parts(&mut step.evidence, visit);
        }
    }

    /// Adds to every turn number: a windowed session's turns do not start at 0.
    pub(crate) fn count_turns_from(&mut self, first: u32) {
        self.places(&mut |turn, _| *turn += first);
    }

    /// The same report with spans in code points instead of bytes, for languages that count so: `span_unit` is `codepoint`. `text` gives
    /// a turn's text.
    ///
    /// ```
    /// use leapscore::{Turn, score_call};
    /// let turns = [Turn::customer("\u{1f62d} I lost my job"), Turn::agent("What happened?")];
    /// let report = score_call(&turns);
    /// assert_eq!((report.cues[0].span.start, report.cues[0].span.end), (5, 18));
    /// let report = report.in_code_points(|turn| turns[turn as usize].text());
    /// assert_eq!((report.cues[0].span.start, report.cues[0].span.end), (2, 15));
    /// ```
    pub fn in_code_points<'a>(&self, text: impl Fn(u32) -> &'a str) -> LeapReport {
        let mut report = self.clone();
        report.span_unit = "codepoint".into();
        report.places(&mut |turn, span| {
            let Some(span) = span else { return };
            let text = text(*turn);
            let points = |byte: u32| text.get(..byte as usize).map_or(byte, |before| before.chars().count() as u32);
            *span = ByteSpan { start: points(span.start), end: points(span.end) };
        });
        report
    }
}

fn parts(evidence: &mut [Evidence], visit: &mut dyn FnMut(&mut u32, Option<&mut ByteSpan>)) {
    evidence.iter_mut().for_each(|part| visit(&mut part.turn, Some(&mut part.span)));
}

impl Pacing {
    fn places(&mut self, visit: &mut dyn FnMut(&mut u32, Option<&mut ByteSpan>)) {
        self.floor_transfer_offset_ms.iter_mut().for_each(|one| visit(&mut one.turn, None));
        self.response_latency_ms.iter_mut().for_each(|one| visit(&mut one.turn, None));
        self.pauses.iter_mut().for_each(|one| visit(&mut one.turn, None));
        self.dead_air.iter_mut().for_each(|one| visit(&mut one.after_turn, None));
        for overlap in &mut self.overlaps {
            visit(&mut overlap.turn, None);
            visit(&mut overlap.over_turn, None);
        }
        for hold in &mut self.holds {
            visit(&mut hold.announced_turn, None);
            hold.resumed_turn.iter_mut().for_each(|turn| visit(turn, None));
        }
        self.verbatim.iter_mut().for_each(|run| parts(&mut run.evidence, visit));
        for repeat in &mut self.repeats {
            repeat.turns.iter_mut().for_each(|turn| visit(turn, None));
            parts(&mut repeat.evidence, visit);
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
