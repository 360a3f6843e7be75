"""What can go wrong, as exceptions: one class a code, all of them `LeapError`."""

from __future__ import annotations


class LeapError(ValueError):
    """An error of leapscore. Its text has the code and the place; both are attributes too."""

    code: str
    """The stable code, such as "LS004"."""
    path: str | None
    """The value that is wrong, such as "turns[3].start_ms"."""
    line: int | None
    """Line in a JSON or TOML text, from 1."""
    column: int | None
    """Column in that line in characters, from 1."""

    def __init__(
        self, message: str, code: str = "", path: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.path, self.line, self.column = code, path, line, column

    def __reduce__(self) -> tuple[type[LeapError], tuple[str, str, str | None, int | None, int | None]]:
        return type(self), (str(self), self.code, self.path, self.line, self.column)


class CallError(LeapError):
    """A call that is wrong."""


class InvalidUtf8Error(CallError):
    """The input is not UTF-8."""


class InvalidJsonError(CallError):
    """The input is not JSON."""


class InvalidCallError(CallError):
    """A key is missing or has a wrong type or value."""


class UnknownRoleError(CallError):
    """A role that is not agent, customer or system."""


class InvalidTimeError(CallError):
    """A time is negative or ends before it starts."""


class TooLargeError(CallError):
    """A text is larger than 4 GiB, or a call has more than 2**32 turns."""


class InvalidTextError(CallError):
    """A line of a plain-text transcript names no speaker."""


class RulebookError(LeapError):
    """A rulebook that is wrong."""


class RulebookSyntaxError(RulebookError):
    """Not TOML, an unknown key or a wrong type."""


class RulebookDuplicateError(RulebookError):
    """Two entries have the same id."""


class RulebookUnknownNameError(RulebookError):
    """It names a cue, rule, move or lexicon that it does not define."""


class RulebookPhraseError(RulebookError):
    """A phrase is empty or breaks the phrase grammar."""


class RulebookUnusedError(RulebookError):
    """A lexicon is defined and never used."""


class RulebookRangeError(RulebookError):
    """A number is out of range."""


CLASSES: dict[int, type[LeapError]] = {
    1: InvalidUtf8Error,
    2: InvalidJsonError,
    3: InvalidCallError,
    4: UnknownRoleError,
    5: InvalidTimeError,
    6: TooLargeError,
    7: InvalidTextError,
    100: RulebookSyntaxError,
    101: RulebookDuplicateError,
    102: RulebookUnknownNameError,
    103: RulebookPhraseError,
    104: RulebookUnusedError,
    105: RulebookRangeError,
}
"""The class of each code: the numbers are those of the other faces."""


def make(code: int, message: str, path: str | None, line: int | None, column: int | None) -> LeapError:
    """The exception for an error of the core."""
    return CLASSES.get(code, LeapError)(message, f"LS{code:03}", path, line, column)
