"""The classes of a report. Made from docs/report.schema.json by `cargo xtask generate`; do not edit.

Spans count code points of the turn's text, so that `text[span.start:span.end]` is the quote. Times are whole milliseconds from the
start of the call, turns are 0-based indices into the call's turns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, Union

AbstainReason: TypeAlias = Literal["chat", "no_times", "starts_only", "nothing_to_judge"]
"""Why a rule abstains.

`chat`: Chat: times judge nothing.

`no_times`: Turns have no times, or not all of them.

`starts_only`: Turns have starts only.

`nothing_to_judge`: Every difficult floor ends with a question, is followed by an announced hold, or is not answered."""

Basis: TypeAlias = Literal["timing", "words"]
"""What a verdict stands on.

`timing`: The clock.

`words`: The words."""

FindingKind: TypeAlias = Literal["dont", "advice"]
"""Kind of a finding.

`dont`: Charged.

`advice`: Never charged."""

Grade: TypeAlias = Literal["none", "starts_only", "segments", "words"]
"""How fine the times of a call are; a call's grade is the weakest of its scored turns.

`none`: No times.

`starts_only`: Turns have a start and no end.

`segments`: Turns have a start and an end.

`words`: Words have times."""

MetaValue: TypeAlias = Union[str, bool, int, None]
"""A flat value of `meta`, echoed in the report. Floating point is refused: reports hold none."""

MoveOutcome: TypeAlias = Literal["completed", "broken", "pending"]
"""How a move went.

`completed`: All steps met.

`broken`: Its window closed before that.

`pending`: It may still be completed."""

NoScore: TypeAlias = Literal["no_opportunity", "insufficient_evidence"]
"""Why there is no score.

`no_opportunity`: The call gave no chance to show it.

`insufficient_evidence`: No agent turn, no customer turn, or text outside the rulebook's language."""

OutcomeState: TypeAlias = Literal["choice_made", "promise_to_pay", "thanked", "calmer", "left_angry", "unknown"]
"""What the customer did in the end.

`choice_made`: Picked a way forward.

`promise_to_pay`: Promised to pay.

`thanked`: Thanked.

`calmer`: Calmed down.

`left_angry`: Left angry.

`unknown`: None of these."""

OverlapKind: TypeAlias = Literal["backchannel", "turn_change", "cooperative", "cross_talk", "interruption"]
"""What an overlap is, told by its length, its words, and who keeps the floor.

`backchannel`: Listening tokens ("mm-hm") while the other goes on.

`turn_change`: The last words of one turn and the first of the next.

`cooperative`: Who spoke keeps the floor and goes on.

`cross_talk`: Both began at about the same moment.

`interruption`: Who spoke loses the floor, or has to start over."""

Pillar: TypeAlias = Literal["listen", "empathize", "acknowledge", "personalize"]
"""A pillar of LEAP.

`listen`: Listen first, then talk.

`empathize`: Empathize, then clarify.

`acknowledge`: Acknowledge and reframe.

`personalize`: Personalize the path forward."""

Role: TypeAlias = Literal["agent", "customer", "system"]
"""Who speaks.

`agent`: The person whose conduct is scored.

`customer`: The person who called or was called.

`system`: IVR, bot notices: never scored, never breaks a floor."""

State: TypeAlias = Literal["met", "missed", "not_applicable", "abstained"]
"""Verdict of a checkpoint.

`met`: Done.

`missed`: Not done.

`not_applicable`: There was no occasion.

`abstained`: There was an occasion, and what is needed to judge it is missing."""


@dataclass(frozen=True, slots=True)
class Abstention:
    """A rule that abstains."""

    reason: AbstainReason
    """Why."""
    rule: str
    """The rule's id."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Abstention:
        return Abstention(
            reason=d["reason"],
            rule=d["rule"],
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points, `start..end`, in the text of one input turn."""

    end: int
    """One past the last byte."""
    start: int
    """First byte."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Span:
        return Span(
            end=d["end"],
            start=d["start"],
        )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One QA line."""

    basis: Basis | None
    """What it stands on; none where nothing was judged."""
    evidence: tuple[Evidence, ...]
    """The words that met it, or those that were searched."""
    state: State
    """The verdict."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Checkpoint:
        return Checkpoint(
            basis=d["basis"],
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
            state=d["state"],
        )


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """The four QA lines."""

    acknowledged_emotions: Checkpoint
    """Named or mirrored the customer's emotion or hardship."""
    offered_choice: Checkpoint
    """Offered options and handed over the choice."""
    paused_to_listen: Checkpoint
    """The reply left room for what was said."""
    reframed: Checkpoint
    """Pivoted to a shared goal or hopeful framing."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Checkpoints:
        return Checkpoints(
            acknowledged_emotions=Checkpoint._of(d["acknowledged_emotions"]),
            offered_choice=Checkpoint._of(d["offered_choice"]),
            paused_to_listen=Checkpoint._of(d["paused_to_listen"]),
            reframed=Checkpoint._of(d["reframed"]),
        )


@dataclass(frozen=True, slots=True)
class Coaching:
    """A next step for the agent."""

    evidence: tuple[Evidence, ...]
    """The words it is about."""
    overall_if: int
    """The overall score then."""
    pillar: Pillar
    """The pillar it lifts."""
    pillar_score_if: int
    """The pillar's score had this one thing been done: recomputed, no promise about the customer."""
    rule: str
    """The rule it is about."""
    source: str
    """Where the rule comes from."""
    try_: str
    """A wording or way to try."""
    turn: int
    """The agent's turn it is about."""
    why: str
    """Why it matters."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Coaching:
        return Coaching(
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
            overall_if=d["overall_if"],
            pillar=d["pillar"],
            pillar_score_if=d["pillar_score_if"],
            rule=d["rule"],
            source=d["source"],
            try_=d["try"],
            turn=d["turn"],
            why=d["why"],
        )


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found."""

    cue: str
    """The cue's id."""
    evidence: tuple[Evidence, ...]
    """The exact parts."""
    quote: str
    """The words of the span."""
    span: Span
    """Hull of the evidence in that turn."""
    turn: int
    """Input turn of its heaviest part."""

    @staticmethod
    def _of(d: dict[str, Any]) -> CueHit:
        return CueHit(
            cue=d["cue"],
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
            quote=d["quote"],
            span=Span._of(d["span"]),
            turn=d["turn"],
        )


@dataclass(frozen=True, slots=True)
class DeadAir:
    """A silence that nobody announced."""

    after_turn: int
    """The turn before it."""
    ms: int
    """How long it is."""
    start_ms: int
    """When it starts."""

    @staticmethod
    def _of(d: dict[str, Any]) -> DeadAir:
        return DeadAir(
            after_turn=d["after_turn"],
            ms=d["ms"],
            start_ms=d["start_ms"],
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """One part of the evidence: a span of one input turn, with its words."""

    quote: str
    """The words there; for an absence the first 80 bytes of the turn, cut at a character."""
    span: Span
    """The code points of that turn's text."""
    turn: int
    """0-based index into the caller's `turns`."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Evidence:
        return Evidence(
            quote=d["quote"],
            span=Span._of(d["span"]),
            turn=d["turn"],
        )


@dataclass(frozen=True, slots=True)
class FindingReport:
    """A don't or a piece of advice, once per rule and agent floor."""

    evidence: tuple[Evidence, ...]
    """The words."""
    instead: str
    """What to do or say instead."""
    kind: FindingKind
    """Don't or advice."""
    message: str
    """What is wrong."""
    rule: str
    """The rule's id."""
    turn: int
    """Input turn in which the agent's words start."""

    @staticmethod
    def _of(d: dict[str, Any]) -> FindingReport:
        return FindingReport(
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
            instead=d["instead"],
            kind=d["kind"],
            message=d["message"],
            rule=d["rule"],
            turn=d["turn"],
        )


@dataclass(frozen=True, slots=True)
class HoldReport:
    """An announced silence."""

    announced_turn: int
    """The agent's turn that announces it."""
    ms: int
    """How long it is."""
    resumed_turn: int | None
    """The agent's turn that comes back from it in words, if one does."""
    start_ms: int
    """When it starts."""

    @staticmethod
    def _of(d: dict[str, Any]) -> HoldReport:
        return HoldReport(
            announced_turn=d["announced_turn"],
            ms=d["ms"],
            resumed_turn=d["resumed_turn"],
            start_ms=d["start_ms"],
        )


@dataclass(frozen=True, slots=True)
class Latency:
    """One time at a turn."""

    ms: int
    """Milliseconds; negative is overlap."""
    turn: int
    """The turn that begins."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Latency:
        return Latency(
            ms=d["ms"],
            turn=d["turn"],
        )


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """Points with their evidence."""

    evidence: tuple[Evidence, ...]
    """The words it stands on."""
    points: int
    """Points given or taken."""
    reason: str
    """A rule's id, `cap.*` or `limit.*`."""

    @staticmethod
    def _of(d: dict[str, Any]) -> LedgerLine:
        return LedgerLine(
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
            points=d["points"],
            reason=d["reason"],
        )


@dataclass(frozen=True, slots=True)
class MoveReport:
    """A move begun."""

    move: str
    """The move's id."""
    outcome: MoveOutcome
    """How it went."""
    steps: tuple[MoveStep, ...]
    """The steps that were met."""

    @staticmethod
    def _of(d: dict[str, Any]) -> MoveReport:
        return MoveReport(
            move=d["move"],
            outcome=d["outcome"],
            steps=tuple([MoveStep._of(x) for x in d["steps"]]),
        )


@dataclass(frozen=True, slots=True)
class MoveStep:
    """A step of a move."""

    cue: str
    """The cue that met it."""
    evidence: tuple[Evidence, ...]
    """Its words."""

    @staticmethod
    def _of(d: dict[str, Any]) -> MoveStep:
        return MoveStep(
            cue=d["cue"],
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the customer did in the end."""

    evidence: tuple[Evidence, ...]
    """The words it stands on."""
    state: OutcomeState
    """The state."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Outcome:
        return Outcome(
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
            state=d["state"],
        )


@dataclass(frozen=True, slots=True)
class Overall:
    """The call's score, 0 to 100."""

    reason: NoScore | None
    """Why there is none."""
    score: int | None
    """Weighted mean of the pillars that apply."""
    weights: Weights
    """Weights of the pillars."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Overall:
        return Overall(
            reason=d["reason"],
            score=d["score"],
            weights=Weights._of(d["weights"]),
        )


@dataclass(frozen=True, slots=True)
class OverlapReport:
    """Both spoke."""

    kind: OverlapKind
    """What a listener would call it."""
    ms: int
    """How long both spoke."""
    over_turn: int
    """The turn that was being spoken."""
    start_ms: int
    """When the one came in."""
    turn: int
    """The turn that came in."""

    @staticmethod
    def _of(d: dict[str, Any]) -> OverlapReport:
        return OverlapReport(
            kind=d["kind"],
            ms=d["ms"],
            over_turn=d["over_turn"],
            start_ms=d["start_ms"],
            turn=d["turn"],
        )


@dataclass(frozen=True, slots=True)
class Pacing:
    """Clock facts, milliseconds unless the name says otherwise, and what was judged by them. None, or empty, where the grade does not
allow them."""

    abstained: tuple[Abstention, ...]
    """Rules that the times do not allow to judge, and why."""
    customer_words_per_minute: int | None
    """The customer's."""
    dead_air: tuple[DeadAir, ...]
    """Silences above three seconds that nobody announced."""
    floor_transfer_offset_ms: tuple[Latency, ...]
    """At each change of speaker, from the end of one floor to the start of the next; negative is overlap."""
    grade: Grade
    """How fine the times are."""
    holds: tuple[HoldReport, ...]
    """Announced silences."""
    interruptions: int | None
    """Interruptions by the agent."""
    longest_monologue_ms: int | None
    """Longest stretch of the agent's speech, silences up to three seconds counted in."""
    non_talk_time_ms: int | None
    """Silences above three seconds, holds included."""
    overlaps: tuple[OverlapReport, ...]
    """Times at which both spoke, in order of time."""
    pauses: tuple[TurnPause, ...]
    """Pauses inside a turn, above one second; needs word times."""
    repeats: tuple[Repeat, ...]
    """The same demand or ask, returned to."""
    response_latency_ms: tuple[ResponseLatency, ...]
    """From the end of each customer floor to the agent's first turn; negative is overlap."""
    talk_ratio_permille: int | None
    """The agent's share of talk time, per mille."""
    verbatim: tuple[VerbatimRun, ...]
    """Those runs."""
    verbatim_permille: int | None
    """Share of the agent's words in runs of eight or more that come again word for word in the call or in a script, per mille."""
    words_per_minute: int | None
    """The agent's pace over the time in which the agent talks."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Pacing:
        return Pacing(
            abstained=tuple([Abstention._of(x) for x in d["abstained"]]),
            customer_words_per_minute=d["customer_words_per_minute"],
            dead_air=tuple([DeadAir._of(x) for x in d["dead_air"]]),
            floor_transfer_offset_ms=tuple([Latency._of(x) for x in d["floor_transfer_offset_ms"]]),
            grade=d["grade"],
            holds=tuple([HoldReport._of(x) for x in d["holds"]]),
            interruptions=d["interruptions"],
            longest_monologue_ms=d["longest_monologue_ms"],
            non_talk_time_ms=d["non_talk_time_ms"],
            overlaps=tuple([OverlapReport._of(x) for x in d["overlaps"]]),
            pauses=tuple([TurnPause._of(x) for x in d["pauses"]]),
            repeats=tuple([Repeat._of(x) for x in d["repeats"]]),
            response_latency_ms=tuple([ResponseLatency._of(x) for x in d["response_latency_ms"]]),
            talk_ratio_permille=d["talk_ratio_permille"],
            verbatim=tuple([VerbatimRun._of(x) for x in d["verbatim"]]),
            verbatim_permille=d["verbatim_permille"],
            words_per_minute=d["words_per_minute"],
        )


@dataclass(frozen=True, slots=True)
class PillarReport:
    """One pillar's score; the ledger's points sum to it."""

    ledger: tuple[LedgerLine, ...]
    """What made the score, line by line."""
    opportunities: int
    """Chances that the call gave."""
    reason: NoScore | None
    """Why there is none."""
    score: int | None
    """0 to 100, or none."""

    @staticmethod
    def _of(d: dict[str, Any]) -> PillarReport:
        return PillarReport(
            ledger=tuple([LedgerLine._of(x) for x in d["ledger"]]),
            opportunities=d["opportunities"],
            reason=d["reason"],
            score=d["score"],
        )


@dataclass(frozen=True, slots=True)
class Pillars:
    """The four pillars."""

    acknowledge: PillarReport
    """Acknowledge and reframe."""
    empathize: PillarReport
    """Empathize, then clarify."""
    listen: PillarReport
    """Listen first, then talk."""
    personalize: PillarReport
    """Personalize the path forward."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Pillars:
        return Pillars(
            acknowledge=PillarReport._of(d["acknowledge"]),
            empathize=PillarReport._of(d["empathize"]),
            listen=PillarReport._of(d["listen"]),
            personalize=PillarReport._of(d["personalize"]),
        )


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same demand or ask, returned to."""

    evidence: tuple[Evidence, ...]
    """Its words each time."""
    role: Role
    """Who returns to it: `agent` or `customer`."""
    turns: tuple[int, ...]
    """The input turns in which it stands."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Repeat:
        return Repeat(
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
            role=d["role"],
            turns=tuple(d["turns"]),
        )


@dataclass(frozen=True, slots=True)
class ResponseLatency:
    """One response latency."""

    credit_permille: int | None
    """Pause credit it earned, per mille; none where the pause is not judged: no difficult floor, or one that ends with a question,
or a hold was announced."""
    difficult: bool
    """The customer's floor was a difficult one."""
    ms: int
    """Milliseconds; negative is overlap."""
    turn: int
    """The agent's turn."""

    @staticmethod
    def _of(d: dict[str, Any]) -> ResponseLatency:
        return ResponseLatency(
            credit_permille=d["credit_permille"],
            difficult=d["difficult"],
            ms=d["ms"],
            turn=d["turn"],
        )


@dataclass(frozen=True, slots=True)
class RulebookRef:
    """Identity of a rulebook."""

    fingerprint: str
    """SHA-256 of its canonical form."""
    id: str
    """Its id."""
    version: str
    """Its version."""

    @staticmethod
    def _of(d: dict[str, Any]) -> RulebookRef:
        return RulebookRef(
            fingerprint=d["fingerprint"],
            id=d["id"],
            version=d["version"],
        )


@dataclass(frozen=True, slots=True)
class Spike:
    """A sharp rise of tension."""

    before_agent_did: tuple[str, ...]
    """What the agent did there: don'ts and advice first, then cues; ids."""
    before_agent_turn: int | None
    """The agent's last turn before it."""
    calmed_at_turn: int | None
    """The first customer turn at which it had calmed; none if it never did."""
    jump: int
    """Rise over what was left of the level before."""
    level: int
    """Peak of the floor."""
    snippet: tuple[Evidence, ...]
    """The agent's words before it, the customer's, and the agent's answer: whole turns."""
    turn: int
    """First turn of the customer floor."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Spike:
        return Spike(
            before_agent_did=tuple(d["before_agent_did"]),
            before_agent_turn=d["before_agent_turn"],
            calmed_at_turn=d["calmed_at_turn"],
            jump=d["jump"],
            level=d["level"],
            snippet=tuple([Evidence._of(x) for x in d["snippet"]]),
            turn=d["turn"],
        )


@dataclass(frozen=True, slots=True)
class TensionReport:
    """Tension over the call."""

    spikes: tuple[Spike, ...]
    """Sharp rises."""
    turns: tuple[TensionTurn, ...]
    """One entry per customer turn that holds words and is no backchannel."""

    @staticmethod
    def _of(d: dict[str, Any]) -> TensionReport:
        return TensionReport(
            spikes=tuple([Spike._of(x) for x in d["spikes"]]),
            turns=tuple([TensionTurn._of(x) for x in d["turns"]]),
        )


@dataclass(frozen=True, slots=True)
class TensionTerm:
    """What moved the level."""

    cue: str
    """A cue's id, or `tension.repeated_demand`, `tension.cut_in`, `tension.typography`."""
    evidence: tuple[Evidence, ...]
    """The words."""
    points: int
    """Points added or taken."""

    @staticmethod
    def _of(d: dict[str, Any]) -> TensionTerm:
        return TensionTerm(
            cue=d["cue"],
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
            points=d["points"],
        )


@dataclass(frozen=True, slots=True)
class TensionTurn:
    """Tension at one customer turn, 0 to 100."""

    carried: int
    """What was left of the level before."""
    level: int
    """Level."""
    terms: tuple[TensionTerm, ...]
    """What moved it: `carried` and the terms' points add up to `level`, kept within 0 and 100."""
    turn: int
    """Input turn."""

    @staticmethod
    def _of(d: dict[str, Any]) -> TensionTurn:
        return TensionTurn(
            carried=d["carried"],
            level=d["level"],
            terms=tuple([TensionTerm._of(x) for x in d["terms"]]),
            turn=d["turn"],
        )


@dataclass(frozen=True, slots=True)
class TurnPause:
    """A pause inside a turn."""

    ms: int
    """How long it is."""
    start_ms: int
    """When it starts."""
    turn: int
    """The turn."""

    @staticmethod
    def _of(d: dict[str, Any]) -> TurnPause:
        return TurnPause(
            ms=d["ms"],
            start_ms=d["start_ms"],
            turn=d["turn"],
        )


@dataclass(frozen=True, slots=True)
class VerbatimRun:
    """Words that were read out."""

    evidence: tuple[Evidence, ...]
    """The words."""
    words: int
    """How many."""

    @staticmethod
    def _of(d: dict[str, Any]) -> VerbatimRun:
        return VerbatimRun(
            evidence=tuple([Evidence._of(x) for x in d["evidence"]]),
            words=d["words"],
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the pillars in the overall score."""

    acknowledge: int
    """Acknowledge."""
    empathize: int
    """Empathize."""
    listen: int
    """Listen."""
    personalize: int
    """Personalize."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Weights:
        return Weights(
            acknowledge=d["acknowledge"],
            empathize=d["empathize"],
            listen=d["listen"],
            personalize=d["personalize"],
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What one call scored and why."""

    agent_id: str | None
    """The agent."""
    call_id: str | None
    """The caller's id of the call."""
    checkpoints: Checkpoints
    """The four QA lines."""
    coaching: tuple[Coaching, ...]
    """At most three next steps, the most rewarding first."""
    complete: bool
    """False while the call still runs."""
    cues: tuple[CueHit, ...]
    """Cues found, in order of place."""
    findings: tuple[FindingReport, ...]
    """Don'ts and advice, in order of turn."""
    language: str | None
    """Language of the call as given."""
    meta: dict[str, MetaValue]
    """The caller's own keys."""
    moves: tuple[MoveReport, ...]
    """Moves begun, in order of place."""
    outcome: Outcome
    """What the customer did in the end; never scored."""
    overall: Overall
    """The call's score."""
    pacing: Pacing
    """Clock facts."""
    pillars: Pillars
    """The four pillars."""
    rulebook: RulebookRef
    """The rulebook that scored."""
    schema_version: int
    """Version of this form; grows when a key changes its meaning."""
    span_unit: str
    """Unit of every span: `codepoint`."""
    started_at: str | None
    """Start of the call as given."""
    tension: TensionReport
    """The customer's tension."""
    truncated: bool
    """Turns were dropped to bound memory."""
    warnings: tuple[str, ...]
    """What the reader should know about this report."""

    @staticmethod
    def _of(d: dict[str, Any]) -> Report:
        return Report(
            agent_id=d["agent_id"],
            call_id=d["call_id"],
            checkpoints=Checkpoints._of(d["checkpoints"]),
            coaching=tuple([Coaching._of(x) for x in d["coaching"]]),
            complete=d["complete"],
            cues=tuple([CueHit._of(x) for x in d["cues"]]),
            findings=tuple([FindingReport._of(x) for x in d["findings"]]),
            language=d["language"],
            meta=d["meta"],
            moves=tuple([MoveReport._of(x) for x in d["moves"]]),
            outcome=Outcome._of(d["outcome"]),
            overall=Overall._of(d["overall"]),
            pacing=Pacing._of(d["pacing"]),
            pillars=Pillars._of(d["pillars"]),
            rulebook=RulebookRef._of(d["rulebook"]),
            schema_version=d["schema_version"],
            span_unit=d["span_unit"],
            started_at=d["started_at"],
            tension=TensionReport._of(d["tension"]),
            truncated=d["truncated"],
            warnings=tuple(d["warnings"]),
        )


class ReportProperties:
    """A report's parts as attributes."""

    __slots__ = ()

    def _parts(self) -> Report:
        raise NotImplementedError

    @property
    def agent_id(self) -> str | None:
        """The agent."""
        return self._parts().agent_id

    @property
    def call_id(self) -> str | None:
        """The caller's id of the call."""
        return self._parts().call_id

    @property
    def checkpoints(self) -> Checkpoints:
        """The four QA lines."""
        return self._parts().checkpoints

    @property
    def coaching(self) -> tuple[Coaching, ...]:
        """At most three next steps, the most rewarding first."""
        return self._parts().coaching

    @property
    def complete(self) -> bool:
        """False while the call still runs."""
        return self._parts().complete

    @property
    def cues(self) -> tuple[CueHit, ...]:
        """Cues found, in order of place."""
        return self._parts().cues

    @property
    def findings(self) -> tuple[FindingReport, ...]:
        """Don'ts and advice, in order of turn."""
        return self._parts().findings

    @property
    def language(self) -> str | None:
        """Language of the call as given."""
        return self._parts().language

    @property
    def meta(self) -> dict[str, MetaValue]:
        """The caller's own keys."""
        return self._parts().meta

    @property
    def moves(self) -> tuple[MoveReport, ...]:
        """Moves begun, in order of place."""
        return self._parts().moves

    @property
    def outcome(self) -> Outcome:
        """What the customer did in the end; never scored."""
        return self._parts().outcome

    @property
    def overall(self) -> Overall:
        """The call's score."""
        return self._parts().overall

    @property
    def pacing(self) -> Pacing:
        """Clock facts."""
        return self._parts().pacing

    @property
    def pillars(self) -> Pillars:
        """The four pillars."""
        return self._parts().pillars

    @property
    def rulebook(self) -> RulebookRef:
        """The rulebook that scored."""
        return self._parts().rulebook

    @property
    def schema_version(self) -> int:
        """Version of this form; grows when a key changes its meaning."""
        return self._parts().schema_version

    @property
    def span_unit(self) -> str:
        """Unit of every span: `codepoint`."""
        return self._parts().span_unit

    @property
    def started_at(self) -> str | None:
        """Start of the call as given."""
        return self._parts().started_at

    @property
    def tension(self) -> TensionReport:
        """The customer's tension."""
        return self._parts().tension

    @property
    def truncated(self) -> bool:
        """Turns were dropped to bound memory."""
        return self._parts().truncated

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know about this report."""
        return self._parts().warnings


__all__ = [
    "AbstainReason",
    "Abstention",
    "Basis",
    "Checkpoint",
    "Checkpoints",
    "Coaching",
    "CueHit",
    "DeadAir",
    "Evidence",
    "FindingKind",
    "FindingReport",
    "Grade",
    "HoldReport",
    "Latency",
    "LedgerLine",
    "MetaValue",
    "MoveOutcome",
    "MoveReport",
    "MoveStep",
    "NoScore",
    "Outcome",
    "OutcomeState",
    "Overall",
    "OverlapKind",
    "OverlapReport",
    "Pacing",
    "Pillar",
    "PillarReport",
    "Pillars",
    "Repeat",
    "ResponseLatency",
    "Role",
    "RulebookRef",
    "Span",
    "Spike",
    "State",
    "TensionReport",
    "TensionTerm",
    "TensionTurn",
    "TurnPause",
    "VerbatimRun",
    "Weights",
]
