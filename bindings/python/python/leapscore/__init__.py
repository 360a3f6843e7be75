"""Scores how a contact-center agent treated a person in trouble, against LEAP: Listen, Empathize, Acknowledge, Personalize.

>>> import leapscore
>>> report = leapscore.score_call([
...     {"role": "customer", "text": "I lost my job in March and I can't pay this."},
...     {"role": "agent", "text": "That sounds frightening. What happened in March?"},
... ])
>>> report.pillars.empathize.score > 50
True
"""

from . import _report as report
from ._errors import (
    CallError,
    InvalidCallError,
    InvalidJsonError,
    InvalidTextError,
    InvalidTimeError,
    InvalidUtf8Error,
    LeapError,
    RulebookDuplicateError,
    RulebookError,
    RulebookPhraseError,
    RulebookRangeError,
    RulebookSyntaxError,
    RulebookUnknownNameError,
    RulebookUnusedError,
    TooLargeError,
    UnknownRoleError,
)
from ._leapscore import Rulebook, __version__
from ._scoring import LeapReport, Nudge, PendingMove, Scorer, Session, Turn, Word, score_call, score_json
from ._tables import ArrowTable, score_stream, score_table

__all__ = [
    "ArrowTable",
    "CallError",
    "InvalidCallError",
    "InvalidJsonError",
    "InvalidTextError",
    "InvalidTimeError",
    "InvalidUtf8Error",
    "LeapError",
    "LeapReport",
    "Nudge",
    "PendingMove",
    "Rulebook",
    "RulebookDuplicateError",
    "RulebookError",
    "RulebookPhraseError",
    "RulebookRangeError",
    "RulebookSyntaxError",
    "RulebookUnknownNameError",
    "RulebookUnusedError",
    "Scorer",
    "Session",
    "TooLargeError",
    "Turn",
    "UnknownRoleError",
    "Word",
    "__version__",
    "report",
    "score_call",
    "score_json",
    "score_stream",
    "score_table",
]
