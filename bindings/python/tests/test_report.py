"""What a report gives, and how spans count."""

import json
import pickle
from typing import Any

import leapscore
import pytest

ODD = [
    ("customer", "\U0001f62d I\u2019m so scared \u2014 I lost my job\u2026 e\u0301"),
    ("agent", "Zoe\u0308 \U0001f469\u200d\U0001f467, that sounds frightening. What happened with the job?"),
    ("customer", "\u202eI want a refund\u202c, \u4f60\u597d, I am FURIOUS!!"),
    ("agent", "\u00a1I understand, but that is our policy!"),
]


def evidence_of(value: Any) -> list[dict[str, Any]]:
    """Everything in a report that has a turn, a span and a quote."""
    found = []
    if isinstance(value, dict):
        if {"turn", "span", "quote"} <= value.keys():
            found.append(value)
        for inner in value.values():
            found += evidence_of(inner)
    elif isinstance(value, list):
        for inner in value:
            found += evidence_of(inner)
    return found


def test_spans_are_code_points_in_python_and_bytes_in_json() -> None:
    report = leapscore.score_call(ODD)
    points, in_bytes = evidence_of(report.to_dict()), evidence_of(json.loads(report.to_json()))
    assert len(points) == len(in_bytes) > 10
    moved = 0
    for point, byte in zip(points, in_bytes, strict=True):
        text = ODD[point["turn"]][1]
        assert text[point["span"]["start"] : point["span"]["end"]].startswith(point["quote"])
        assert text.encode()[byte["span"]["start"] : byte["span"]["end"]].decode().startswith(byte["quote"])
        moved += point["span"] != byte["span"]
    assert moved > 10
    assert report.to_dict()["span_unit"] == report.span_unit == "codepoint"
    assert json.loads(report.to_json())["span_unit"] == "utf8"


def test_a_session_counts_alike() -> None:
    session = leapscore.Session()
    for turn in ODD:
        session.push(turn)
        session.report().to_dict()
    assert session.finish().to_dict() == leapscore.score_call(ODD).to_dict()


def test_attributes_are_what_the_dict_says(example_calls: dict[str, Any]) -> None:
    def check(part: Any, plain: Any) -> int:
        if isinstance(plain, dict) and not isinstance(part, dict):
            keys = {key if hasattr(part, key) else f"{key}_": value for key, value in plain.items()}
            assert set(keys) == set(part.__dataclass_fields__)
            return sum(check(getattr(part, key), value) for key, value in keys.items())
        if isinstance(plain, list):
            assert isinstance(part, tuple) and len(part) == len(plain)
            return sum(check(one, other) for one, other in zip(part, plain, strict=True))
        assert part == plain
        return 1

    for call in example_calls.values():
        report = leapscore.Scorer().score(call)
        assert check(report._parts(), report.to_dict()) > 300
        assert report.pillars.listen.score == report.to_dict()["pillars"]["listen"]["score"]
        assert report.score == report.overall.score


def test_parts_cannot_be_changed(example_calls: dict[str, Any]) -> None:
    report = leapscore.Scorer().score(example_calls["collections_agent_a"])
    with pytest.raises(AttributeError):
        report.pillars.listen.score = 100  # type: ignore[misc]
    with pytest.raises(AttributeError):
        report.overall = None  # type: ignore[misc, assignment]


def test_pickle_equality_hash_and_repr(example_calls: dict[str, Any]) -> None:
    for turns in [*(call["turns"] for call in example_calls.values()), ODD, []]:
        report = leapscore.score_call(turns)
        copy = pickle.loads(pickle.dumps(report))
        assert copy == report and hash(copy) == hash(report)
        assert copy.to_dict() == report.to_dict() and copy.to_json() == report.to_json()
        assert repr(copy) == repr(report)
    assert report != leapscore.score_call(ODD)
    assert repr(leapscore.score_call(ODD, id="c-1")).startswith("LeapReport('c-1', ")
    error = pickle.loads(pickle.dumps(leapscore.UnknownRoleError("LS004: turns[0]: x", "LS004", "turns[0]")))
    assert (type(error), str(error), error.code, error.path) == (leapscore.UnknownRoleError, "LS004: turns[0]: x", "LS004", "turns[0]")


def test_golden_reports(project: Any, example_calls: dict[str, Any]) -> None:
    for name, call in example_calls.items():
        golden = json.loads((project / f"tests/golden/{name}.json").read_text())
        report = json.loads(leapscore.Scorer().score(call).to_json())
        report["rulebook"].pop("fingerprint")
        golden["rulebook"].pop("fingerprint", None)
        assert report == golden
