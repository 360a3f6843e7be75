"""Columns in, columns out, over every library that speaks Arrow."""

import random
from typing import Any

import duckdb
import leapscore
import pandas
import polars
import pyarrow
import pytest


def rows(calls: dict[str, Any], copies: int = 3) -> list[dict[str, Any]]:
    """The turns of the example calls, several times over under different ids."""
    return [
        {
            "call_id": f"{name}-{copy}",
            "turn": at,
            "role": turn["role"],
            "text": turn["text"],
            "start_ms": turn.get("start_ms"),
            "end_ms": turn.get("end_ms"),
            "channel": call.get("channel"),
            "agent_id": call.get("agent_id"),
            "team": "late" if copy else "early",
        }
        for copy in range(copies)
        for name, call in calls.items()
        for at, turn in enumerate(call["turns"])
    ]


@pytest.fixture(scope="module")
def turns(example_calls: dict[str, Any]) -> pyarrow.Table:
    return pyarrow.Table.from_pylist(rows(example_calls))


@pytest.fixture(scope="module")
def expected(turns: pyarrow.Table) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = leapscore.score_table(turns).to_pylist()
    return out


def test_scores_are_those_of_the_calls(example_calls: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    assert len(expected) == 3 * len(example_calls)
    for row in expected:
        call = dict(example_calls[row["call_id"].rsplit("-", 1)[0]])
        call["turns"] = [{key: turn.get(key) for key in ("role", "text", "start_ms", "end_ms")} for turn in call["turns"]]
        report = leapscore.Scorer().score(call)
        assert row["error"] is None
        assert row["score"] == report.score and row["listen"] == report.pillars.listen.score
        assert row["reframed"] == report.checkpoints.reframed.state and row["outcome"] == report.outcome.state
        assert row["spikes"] == len(report.tension.spikes) and row["talk_ratio_permille"] == report.pacing.talk_ratio_permille
        donts = [finding.rule for finding in report.findings if finding.kind == "dont"]
        assert row["dont_count"] == len(donts) and row["acknowledge.policy_wall"] == donts.count("acknowledge.policy_wall")
        assert row["agent_id"] == call.get("agent_id")
        assert row["team"] == ("early" if row["call_id"].endswith("-0") else "late")


@pytest.mark.parametrize(
    "table",
    [
        lambda turns: turns,
        lambda turns: pyarrow.RecordBatchReader.from_batches(turns.schema, turns.to_batches(max_chunksize=7)),
        lambda turns: turns.cast(pyarrow.schema([f.with_type(pyarrow.large_string() if f.type == pyarrow.string() else f.type) for f in turns.schema])),
        lambda turns: turns.cast(pyarrow.schema([f.with_type(pyarrow.string_view() if f.type == pyarrow.string() else f.type) for f in turns.schema])),
        lambda turns: turns.set_column(2, "role", turns["role"].dictionary_encode()),
        lambda turns: turns.to_pandas(),
        lambda turns: turns.to_pandas().astype({"role": "category", "call_id": object}),
        lambda turns: polars.DataFrame(turns),
        lambda turns: polars.DataFrame(turns).with_columns(polars.col("role").cast(polars.Categorical)),
        lambda turns: duckdb.from_arrow(turns),
    ],
    ids=["pyarrow", "reader", "large", "view", "dictionary", "pandas", "pandas category", "polars", "polars categorical", "duckdb"],
)
def test_every_library_gives_the_same_rows(table: Any, turns: pyarrow.Table, expected: list[dict[str, Any]]) -> None:
    given = table(turns)
    result = leapscore.score_table(given)
    kind = pyarrow.Table if not isinstance(given, (pandas.DataFrame, polars.DataFrame)) else type(given)
    assert isinstance(result, kind)
    again = result.to_dicts() if isinstance(result, polars.DataFrame) else pyarrow.table(result).to_pylist()
    assert again == expected


def test_rows_in_any_order_are_gathered_or_refused(turns: pyarrow.Table, expected: list[dict[str, Any]]) -> None:
    order = list(range(turns.num_rows))
    random.Random(7).shuffle(order)
    shuffled = turns.take(order)
    with pytest.raises(ValueError, match="not adjacent.*gather=True"):
        leapscore.score_table(shuffled)
    gathered = leapscore.score_table(shuffled, gather=True)
    assert sorted(gathered.to_pylist(), key=lambda row: row["call_id"]) == sorted(expected, key=lambda row: row["call_id"])
    aba = turns.take([0, 1, 200, 2])
    with pytest.raises(ValueError, match="comes again at row 3"):
        leapscore.score_table(aba)
    assert leapscore.score_table(aba, gather=True).num_rows == 2


def test_without_turn_the_order_is_that_of_the_clock_or_of_the_rows() -> None:
    said = [("customer", "I lost my job and I am so scared", 0), ("agent", "That sounds frightening. What happened?", 3000)]
    table = [{"call_id": "a", "role": role, "text": text, "start_ms": start} for role, text, start in said]
    forward = pyarrow.Table.from_pylist(table)
    backward = forward.take([1, 0])
    assert leapscore.score_table(backward).to_pylist() == leapscore.score_table(forward).to_pylist()
    timeless = leapscore.score_table(backward.drop_columns(["start_ms"])).to_pylist()
    assert timeless != leapscore.score_table(forward.drop_columns(["start_ms"])).to_pylist()


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"role": "robot"}, "unknown role"),
        ({"role": None}, "role is null"),
        ({"text": None}, "text is null"),
        ({"start_ms": -5}, "start_ms is negative"),
        ({"start_ms": 9, "end_ms": 8}, "end_ms 8 is before start_ms 9"),
        ({"turn": 0}, "turn 0 comes twice"),
        ({"turn": None}, "turn is null"),
    ],
)
def test_a_bad_row_is_an_error_of_its_call_and_of_no_other(row: dict[str, Any], error: str) -> None:
    good = {"role": "customer", "text": "I lost my job", "start_ms": None, "end_ms": None}
    table = [{"call_id": call, "turn": at, **good} for call in "abc" for at in range(2)]
    table[3] |= row
    out = leapscore.score_table(pyarrow.Table.from_pylist(table)).to_pylist()
    assert [one["call_id"] for one in out] == ["a", "b", "c"]
    assert error in out[1]["error"] and out[1]["score"] is None and out[1]["dont_count"] is None
    assert out[0]["error"] is None and out[2]["error"] is None


def test_a_table_that_is_wrong_is_refused() -> None:
    with pytest.raises(ValueError, match="no column \"text\"; it has call_id, role"):
        leapscore.score_table(pyarrow.table({"call_id": ["a"], "role": ["agent"]}))
    with pytest.raises(ValueError, match="\"score\", which the result has too"):
        leapscore.score_table(pyarrow.table({"call_id": ["a"], "role": ["agent"], "text": ["x"], "score": [1]}))
    with pytest.raises(ValueError, match="\"turn\""):
        leapscore.score_table(pyarrow.table({"call_id": ["a"], "role": ["agent"], "text": ["x"], "turn": ["first"]}))
    with pytest.raises(ValueError, match="1.5, which is not whole"):
        leapscore.score_table(pyarrow.table({"call_id": ["a"], "role": ["agent"], "text": ["x"], "turn": [1.5]}))
    with pytest.raises(TypeError, match="speaks Arrow"):
        leapscore.score_table([("agent", "x")])  # type: ignore[call-overload]


def test_findings(turns: pyarrow.Table, expected: list[dict[str, Any]]) -> None:
    texts = {(row["call_id"], row["turn"]): row["text"] for row in turns.to_pylist()}
    calls, findings = leapscore.score_table(turns, findings=True)
    assert calls.to_pylist() == expected
    for row in findings.to_pylist():
        quote = texts[row["call_id"], row["turn"]][row["start"] : row["end"]]
        assert quote.startswith(row["quote"]) and row["message"] and row["instead"]
    donts = [row["call_id"] for row in findings.to_pylist() if row["kind"] == "dont"]
    assert all(donts.count(row["call_id"]) == row["dont_count"] for row in expected)
    assert len(donts) > 10


def test_streams_are_worked_off_as_they_are_read(turns: pyarrow.Table) -> None:
    read = 0

    def batches() -> Any:
        nonlocal read
        for number in range(40):
            read += 1
            column = pyarrow.array([f"{number}-{call}" for call in turns["call_id"].to_pylist()])
            yield from turns.set_column(0, "call_id", column).combine_chunks().to_batches()

    reader = pyarrow.RecordBatchReader.from_batches(turns.schema, batches())
    out = pyarrow.RecordBatchReader.from_stream(leapscore.score_stream(reader))
    assert read <= 1
    assert sum(batch.num_rows for batch in out) == 40 * len(leapscore.score_table(turns))
    stream = leapscore.score_stream(turns)
    pyarrow.table(stream)
    with pytest.raises(ValueError, match="read already"):
        pyarrow.table(stream)


def test_what_the_source_raises_comes_through(turns: pyarrow.Table) -> None:
    def batches() -> Any:
        yield from turns.to_batches()
        raise RuntimeError("the source failed")

    with pytest.raises(ValueError, match="the source failed"):
        leapscore.score_table(pyarrow.RecordBatchReader.from_batches(turns.schema, batches()))


def test_progress_tells_of_every_call(turns: pyarrow.Table, capsys: pytest.CaptureFixture[str]) -> None:
    leapscore.score_table(turns)
    assert capsys.readouterr().err == ""
    count = leapscore.score_table(turns, progress=True).num_rows
    assert f"{count}.0 calls" in capsys.readouterr().err


def test_an_empty_table(turns: pyarrow.Table) -> None:
    out = leapscore.score_table(turns.slice(0, 0))
    assert out.num_rows == 0 and "score" in out.column_names
