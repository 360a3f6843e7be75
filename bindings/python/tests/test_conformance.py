"""The vectors that every face of the library must meet."""

import json
from pathlib import Path
from typing import Any

import leapscore
import pytest

FOLDER = Path(__file__).resolve().parents[3] / "tests/conformance"
PINNED = (FOLDER / "rulebook.toml").read_text()
CASES: list[dict[str, Any]] = [
    {**case, "file": path.stem} for path in sorted(FOLDER.glob("*.json")) for case in json.loads(path.read_text())["cases"]
]


def name(case: dict[str, Any]) -> str:
    return f"{case['file']}: {case['name']}"


def test_the_vectors_are_there() -> None:
    assert len(CASES) >= 58


def run(case: dict[str, Any]) -> leapscore.LeapReport:
    documents = [("rulebook.toml", PINNED)] + [(one["name"], one["text"]) for one in case.get("documents", [])]
    rulebook = leapscore.Rulebook.from_documents(documents)
    if "call" in case:
        return leapscore.score_json(json.dumps(case["call"]), rulebook=rulebook)
    if "input" in case:
        return leapscore.score_json(case["input"], rulebook=rulebook)
    return leapscore.score_json(bytes.fromhex(case["input_hex"]), rulebook=rulebook)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_what_comes_out(case: dict[str, Any]) -> None:
    if "report" in case:
        assert run(case).to_json() == case["report"]
        return
    with pytest.raises(leapscore.LeapError) as raised:
        run(case)
    wanted, error = case["error"], raised.value
    assert error.code == f"LS{wanted['code']:03}"
    assert (error.line or 0, error.column or 0, error.path or "") == (wanted["line"], wanted["column"], wanted["path"])
    assert str(error) == wanted["message"]


@pytest.mark.parametrize("case", [case for case in CASES if "call" in case and "report" in case], ids=name)
def test_dicts_and_sessions_give_the_same_bytes(case: dict[str, Any]) -> None:
    documents = [("rulebook.toml", PINNED)] + [(one["name"], one["text"]) for one in case.get("documents", [])]
    rulebook = leapscore.Rulebook.from_documents(documents)
    call = dict(case["call"])
    assert leapscore.Scorer(rulebook).score(call).to_json() == case["report"]
    turns = call.pop("turns")
    call.pop("version", None)
    assert leapscore.score_call(turns, rulebook=rulebook, **call).to_json() == case["report"]
    session = leapscore.Session(rulebook, **call)
    for turn in turns:
        session.push(turn)
    assert session.finish().to_json() == case["report"]
