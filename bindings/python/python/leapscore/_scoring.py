"""Scoring: calls in, reports out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeAlias, Union

from . import _leapscore
from ._leapscore import Rulebook
from ._report import Report, ReportProperties

MetaInput: TypeAlias = Mapping[str, Union[str, bool, int, None]]


@dataclass(slots=True)
class Word:
    """A word with its times, in whole milliseconds from the start of the call."""

    text: str
    start_ms: int
    end_ms: int


WordInput: TypeAlias = Union[Word, Mapping[str, Any], tuple[Any, ...]]


@dataclass(slots=True)
class Turn:
    """A turn. Dicts with these keys, tuples `(role, text, start_ms, end_ms)` and any object with these attributes do as well."""

    role: str
    """`agent`, `customer` or `system`, without regard to case."""
    text: str
    start_ms: int | None = None
    """Whole milliseconds from the start of the call."""
    end_ms: int | None = None
    words: Sequence[WordInput] = ()
    agent_id: str | None = None
    """The agent of this turn after a transfer."""


TurnInput: TypeAlias = Union[Turn, Mapping[str, Any], tuple[Any, ...], object]


class Nudge(NamedTuple):
    """What to tell the agent now."""

    id: str
    """The rulebook's id of it: stable."""
    kind: str
    """What it watches for: `difficult`, `cue`, `pending_move`, `tension`, `interruption`, `monologue`."""
    turn: int
    """The turn that gave rise to it."""
    text: str


class PendingMove(NamedTuple):
    """A move that was begun and may still be completed."""

    move: str
    turn: int
    """The turn in which it began."""
    next: tuple[str, ...]
    """Any of these cues would be its next step."""


class LeapReport(ReportProperties):
    """What one call scored and why.

    Its parts are attributes (`report.pillars.empathize.score`), spans in code points. `to_json()` gives the bytes that every face of the
    library gives, spans in UTF-8 bytes.
    """

    __slots__ = ("_raw", "_read")

    _raw: _leapscore.RawReport
    _read: Report | None

    def __init__(self, raw: _leapscore.RawReport) -> None:
        self._raw = raw
        self._read = None

    def _parts(self) -> Report:
        if self._read is None:
            self._read = Report._of(self.to_dict())
        return self._read

    @property
    def score(self) -> int | None:
        """The overall score: `overall.score`, without reading the rest."""
        return self._raw.overall_score

    def to_json(self) -> str:
        """The report as JSON: the same bytes as in every other language. Spans are UTF-8 bytes."""
        return self._raw.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The report as plain dicts and lists. Spans are code points, and `span_unit` says so."""
        read: dict[str, Any] = json.loads(self._raw.code_points_json())
        return read

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LeapReport) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, tuple[str, str | None]]:
        return _unpickle, self._raw.state()

    def __repr__(self) -> str:
        names = ("listen", "empathize", "acknowledge", "personalize")
        scores = zip(names, self._raw.pillar_scores, strict=True)
        pillars = ", ".join(f"{name} {'-' if score is None else score}" for name, score in scores)
        call = "" if self.call_id is None else f"{self.call_id!r}, "
        return f"LeapReport({call}{'no score' if self.score is None else self.score}: {pillars}; {len(self.findings)} findings)"


def _unpickle(json_text: str, code_points: str | None) -> LeapReport:
    return LeapReport(_leapscore.RawReport.from_state(json_text, code_points))


@cache
def _builtin() -> Rulebook:
    return Rulebook.builtin()


class _Info(NamedTuple):
    id: str | None
    channel: str
    agent_id: str | None
    started_at: str | None
    language: str | None
    meta_json: str | None
    scripts: list[str]
    latency_allowance_ms: int


_VOICE = _Info(None, "voice", None, None, None, None, [], 0)


def _info(
    *,
    id: str | None = None,
    channel: str | None = "voice",
    agent_id: str | None = None,
    started_at: str | None = None,
    language: str | None = None,
    meta: MetaInput | None = None,
    scripts: Iterable[str] | None = None,
    latency_allowance_ms: int | None = 0,
    **unknown: object,
) -> _Info:
    meta_json = None if meta is None else json.dumps(dict(meta))
    return _Info(id, channel or "voice", agent_id, started_at, language, meta_json, list(scripts or ()), latency_allowance_ms or 0)


def score_call(
    turns: Iterable[TurnInput],
    *,
    id: str | None = None,
    channel: str = "voice",
    agent_id: str | None = None,
    started_at: str | None = None,
    language: str | None = None,
    meta: MetaInput | None = None,
    scripts: Iterable[str] | None = None,
    latency_allowance_ms: int = 0,
    rulebook: Rulebook | None = None,
) -> LeapReport:
    """Scores one call.

    `turns` are dicts, `Turn`s, other objects with these attributes, or tuples `(role, text, start_ms, end_ms)`, in dialogue order. What is
    known of the call beside them is echoed in the report, but for `scripts` (texts that the agent is given to read) and
    `latency_allowance_ms` (by how much the line delays speech, 0 to 400).

    Raises `CallError` with the place of what is wrong. Scores without the interpreter's lock.
    """
    info = _VOICE
    given = (id, agent_id, started_at, language, meta, scripts)
    if channel != "voice" or latency_allowance_ms != 0 or any(one is not None for one in given):
        info = _info(
            id=id,
            channel=channel,
            agent_id=agent_id,
            started_at=started_at,
            language=language,
            meta=meta,
            scripts=scripts,
            latency_allowance_ms=latency_allowance_ms,
        )
    return LeapReport(_leapscore.score_turns(rulebook or _builtin(), turns, info))


def score_json(call: str | bytes, *, rulebook: Rulebook | None = None) -> LeapReport:
    """Scores one call in native JSON. Errors have line, column and path."""
    return LeapReport(_leapscore.score_json(rulebook or _builtin(), call))


class Scorer:
    """Scores calls with one rulebook. May be shared between threads."""

    __slots__ = ("rulebook",)

    def __init__(self, rulebook: Rulebook | None = None) -> None:
        self.rulebook: Rulebook = rulebook or _builtin()

    def score(self, call: Mapping[str, Any] | Iterable[TurnInput]) -> LeapReport:
        """Scores a call: a dict in the form of native JSON, or its turns. Keys that are not known are ignored."""
        if isinstance(call, Mapping):
            if "turns" not in call:
                raise _leapscore_error("missing field `turns`")
            rest = {key: value for key, value in call.items() if key != "turns"}
            return LeapReport(_leapscore.score_turns(self.rulebook, call["turns"], _info(**rest)))
        return LeapReport(_leapscore.score_turns(self.rulebook, call, _VOICE))


def _leapscore_error(message: str) -> Exception:
    from ._errors import make

    return make(3, f"LS003: {message}", None, None, None)


class Session:
    """A call while it runs.

    `push` takes final turns, `update` what speech recognition has heard so far; both give what to tell the agent now. May be shared between
    threads: they take turns. With `window`, only between so many and twice as many of the last turns are kept.
    """

    __slots__ = ("_raw",)

    def __init__(
        self,
        rulebook: Rulebook | None = None,
        *,
        id: str | None = None,
        channel: str = "voice",
        agent_id: str | None = None,
        started_at: str | None = None,
        language: str | None = None,
        meta: MetaInput | None = None,
        scripts: Iterable[str] | None = None,
        latency_allowance_ms: int = 0,
        window: int | None = None,
    ) -> None:
        info = _info(
            id=id,
            channel=channel,
            agent_id=agent_id,
            started_at=started_at,
            language=language,
            meta=meta,
            scripts=scripts,
            latency_allowance_ms=latency_allowance_ms,
        )
        self._raw = _leapscore.RawSession(rulebook or _builtin(), info, window)

    def push(self, turn: TurnInput) -> list[Nudge]:
        """Takes a final turn; closes the open partial of its role."""
        return [Nudge(*told) for told in self._raw.push(turn)]

    def update(self, turn: TurnInput) -> list[Nudge]:
        """Sets or replaces the open partial of the turn's role. It moves no score."""
        return [Nudge(*told) for told in self._raw.update(turn)]

    def pending(self) -> list[PendingMove]:
        """The moves that were begun and may still be completed."""
        return [PendingMove(move, turn, tuple(following)) for move, turn, following in self._raw.pending()]

    def report(self) -> LeapReport:
        """How the call stands: `complete` is false."""
        return LeapReport(self._raw.report())

    def finish(self) -> LeapReport:
        """Closes the call. Equals `score_call` of the turns pushed."""
        return LeapReport(self._raw.finish())

    def memory_bytes(self) -> int:
        """Bytes that the session holds."""
        return self._raw.memory_bytes()
