"""What a call may be given as, and what is said of what is wrong in it."""

import json
import math
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import leapscore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

CUSTOMER = "I lost my job in March and I can't pay this."
AGENT = "That sounds frightening. What happened in March?"


@dataclass
class OwnTurn:
    role: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    mood: str = "ignored"


PLAIN = leapscore.score_call([{"role": "customer", "text": CUSTOMER}, {"role": "agent", "text": AGENT}]).to_json()


@pytest.mark.parametrize(
    "turns",
    [
        [("customer", CUSTOMER), ("agent", AGENT)],
        [["customer", CUSTOMER], ["agent", AGENT, None, None]],
        [leapscore.Turn("customer", CUSTOMER), leapscore.Turn("agent", AGENT)],
        [OwnTurn("customer", CUSTOMER), OwnTurn("AGENT", AGENT)],
        [SimpleNamespace(role="customer", text=CUSTOMER), {"speaker": " Agent ", "text": AGENT, "other": object()}],
        (turn for turn in [("customer", CUSTOMER), ("agent", AGENT)]),
        [{"role": "customer", "text": CUSTOMER, "start_ms": math.nan}, {"role": "agent", "text": AGENT, "end_ms": None}],
    ],
    ids=["tuples", "lists", "turns", "dataclasses", "mixed", "generator", "missing values of a data frame"],
)
def test_every_form_of_turns_scores_alike(turns: Any) -> None:
    assert leapscore.score_call(turns).to_json() == PLAIN


def test_times_words_and_what_is_known_of_the_call() -> None:
    words: list[Any] = [leapscore.Word("I", 0, 300), {"text": "lost", "start_ms": 350, "end_ms": 600}, ("it", 600, 900)]
    turns = [
        leapscore.Turn("customer", "I lost it", 0, 900, words, None),
        {"role": "agent", "text": AGENT, "start_ms": 2900.0, "end_ms": 6000, "words": [("That", 2900, 3200)], "agent_id": "a-2"},
    ]
    report = leapscore.score_call(turns, id="c-1", agent_id="a-1", language="en", meta={"queue": "late", "n": 3, "x": None, "y": True})
    assert report.pacing.grade == "words"
    assert (report.call_id, report.agent_id, report.language) == ("c-1", "a-1", "en")
    assert report.meta == {"queue": "late", "n": 3, "x": None, "y": True}
    native = {
        "id": "c-1",
        "agent_id": "a-1",
        "language": "en",
        "meta": {"queue": "late", "n": 3, "x": None, "y": True},
        "turns": [
            {
                "role": "customer",
                "text": "I lost it",
                "start_ms": 0,
                "end_ms": 900,
                "words": [
                    {"text": "I", "start_ms": 0, "end_ms": 300},
                    {"text": "lost", "start_ms": 350, "end_ms": 600},
                    {"text": "it", "start_ms": 600, "end_ms": 900},
                ],
            },
            {
                "role": "agent",
                "text": AGENT,
                "start_ms": 2900,
                "end_ms": 6000,
                "words": [{"text": "That", "start_ms": 2900, "end_ms": 3200}],
                "agent_id": "a-2",
            },
        ],
    }
    assert leapscore.score_json(json.dumps(native)) == report
    assert leapscore.Scorer().score(native) == report


@pytest.mark.parametrize(
    ("turns", "error", "path"),
    [
        ([{"text": "x"}], leapscore.InvalidCallError, "turns[0]"),
        ([{"role": "agent"}], leapscore.InvalidCallError, "turns[0]"),
        ([("agent", "x"), ("robot", "x")], leapscore.UnknownRoleError, "turns[1]"),
        ([("agent", 5)], leapscore.InvalidCallError, "turns[0].text"),
        ([(5, "x")], leapscore.InvalidCallError, "turns[0].role"),
        ([("agent", "x", -1)], leapscore.InvalidTimeError, "turns[0].start_ms"),
        ([("agent", "x", 5, 4)], leapscore.InvalidTimeError, "turns[0]"),
        ([("agent", "x", 1.5)], leapscore.InvalidCallError, "turns[0].start_ms"),
        ([("agent", "x", "1")], leapscore.InvalidCallError, "turns[0].start_ms"),
        ([("agent", "x", True)], leapscore.InvalidCallError, "turns[0].start_ms"),
        ([("agent", "x", 2**70)], leapscore.InvalidCallError, "turns[0].start_ms"),
        ([("agent", "x", 1, 2, 3)], leapscore.InvalidCallError, "turns[0]"),
        ([("agent", "half \ud83d")], leapscore.InvalidUtf8Error, "turns[0].text"),
        ([5], leapscore.InvalidCallError, "turns[0]"),
        (["agent: hello"], leapscore.InvalidCallError, "turns[0]"),
        (5, leapscore.InvalidCallError, "turns"),
        ([{"role": "agent", "text": "x", "words": 5}], leapscore.InvalidCallError, "turns[0].words"),
        ([{"role": "agent", "text": "x", "words": [("x", 5, 4)]}], leapscore.InvalidTimeError, "turns[0].words[0]"),
        ([{"role": "agent", "text": "x", "words": [("x", 5)]}], leapscore.InvalidCallError, "turns[0].words[0]"),
        ([{"role": "agent", "text": "x", "agent_id": 9}], leapscore.InvalidCallError, "turns[0].agent_id"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(turns: Any, error: type[leapscore.LeapError], path: str) -> None:
    with pytest.raises(error) as raised:
        leapscore.score_call(turns)
    assert raised.value.path == path
    assert raised.value.code in str(raised.value) and path in str(raised.value)


def test_what_is_wrong_beside_the_turns() -> None:
    with pytest.raises(leapscore.InvalidCallError, match="fax"):
        leapscore.score_call([], channel="fax")
    with pytest.raises(leapscore.InvalidTimeError, match="400"):
        leapscore.score_call([], latency_allowance_ms=401)
    with pytest.raises(leapscore.InvalidCallError, match="meta"):
        leapscore.score_call([], meta={"x": 1.5})  # type: ignore[dict-item]
    with pytest.raises(leapscore.InvalidCallError, match="turns"):
        leapscore.Scorer().score({"id": "c-1"})


def test_an_iterator_that_fails_fails_with_its_own_error() -> None:
    def turns() -> Any:
        yield ("agent", "x")
        raise KeyError("theirs")

    with pytest.raises(KeyError, match="theirs"):
        leapscore.score_call(turns())


values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text() | some.sampled_from(["agent", "customer", "system"]),
    lambda inner: some.lists(inner, max_size=4)
    | some.dictionaries(some.sampled_from(["role", "text", "start_ms", "end_ms", "words", "agent_id", "x"]), inner, max_size=6),
    max_leaves=12,
)


@settings(max_examples=10_000, deadline=None)
@given(some.lists(values, max_size=5))
def test_hostile_input_is_scored_or_refused(turns: Any) -> None:
    try:
        report = leapscore.score_call(turns)
    except leapscore.LeapError as error:
        assert error.code.startswith("LS") and str(error)
    else:
        assert json.loads(report.to_json())["complete"] is True
