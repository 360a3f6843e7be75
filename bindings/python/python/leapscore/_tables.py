"""Columns in, columns out: tables of turns to tables of calls."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Literal, Protocol, overload

from . import _leapscore
from ._leapscore import Rulebook
from ._scoring import _builtin


class ArrowTable(Protocol):
    """Anything that speaks Arrow: a pyarrow Table or RecordBatchReader, a Polars or pandas DataFrame, a DuckDB relation."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@overload
def score_table(
    table: ArrowTable,
    *,
    rulebook: Rulebook | None = None,
    gather: bool = False,
    findings: Literal[False] = False,
    progress: bool | None = None,
) -> Any: ...


@overload
def score_table(
    table: ArrowTable,
    *,
    rulebook: Rulebook | None = None,
    gather: bool = False,
    findings: Literal[True],
    progress: bool | None = None,
) -> tuple[Any, Any]: ...


def score_table(
    table: ArrowTable,
    *,
    rulebook: Rulebook | None = None,
    gather: bool = False,
    findings: bool = False,
    progress: bool | None = None,
) -> Any:
    """Scores every call of a table. A table of the same library comes out: pandas, Polars, pyarrow; for others an object that speaks Arrow.

    In: a row is a turn, with the columns `call_id`, `role` (or `speaker`) and `text`; optional `turn` (its place in the call), `start_ms`, `end_ms`,
    `channel`, `agent_id`, `started_at`. The order of turns is that of `turn`, else of `start_ms`, else of the rows. Other columns are passed through,
    from each call's first row.

    Out: a row is a call: `call_id`, the columns passed through, `score`, `listen`, `empathize`, `acknowledge`, `personalize` (0 to 100), the
    checkpoints' states, `outcome`, facts of pacing and tension (`*_ms`, `*_permille`), `dont_count` and the count of each don't under its
    rule's id, and `error`: what is wrong with a row of the call, which then has no scores. With `findings` a second table comes out, a row a finding, with its
    words and their place in code points.

    The rows of a call are adjacent, or ValueError is raised; with `gather` they may stand anywhere, and the whole table is held in
    memory. Calls are scored on all cores without the interpreter's lock. `progress` shows a bar (needs tqdm); by default if standard error is a terminal and
    tqdm is installed.
    """
    with _Progress(progress) as tell:
        calls, found = _leapscore.score_table(rulebook or _builtin(), table, gather, tell)
    like = _like(table)
    return (like(calls), like(found)) if findings else like(calls)


def score_stream(table: ArrowTable, *, rulebook: Rulebook | None = None, gather: bool = False) -> ArrowTable:
    """As `score_table`, worked off as it is read: an Arrow stream in, an Arrow stream out, for tables larger than memory.

    `pyarrow.RecordBatchReader.from_stream(score_stream(reader))` reads it. Without `gather` no more is held than a few thousand calls and eight bytes a
    call.
    """
    return _leapscore.score_stream(rulebook or _builtin(), table, gather)


class _Progress:
    """A bar of calls scored, if one is wanted and can be had."""

    def __init__(self, wanted: bool | None) -> None:
        self.bar: Any = None
        if wanted is False or (wanted is None and not sys.stderr.isatty()):
            return
        try:
            from tqdm.auto import tqdm
        except ImportError:
            if wanted:
                raise
            return
        self.bar = tqdm(unit=" calls", unit_scale=True)

    def __enter__(self) -> Callable[[int], object] | None:
        return None if self.bar is None else self.bar.update

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()


def _like(table: object) -> Callable[[Any], Any]:
    """What makes a table of the same library."""
    library = type(table).__module__.split(".")[0]
    if library == "pandas":
        import pandas
        import pyarrow

        return lambda raw: pyarrow.table(raw).to_pandas(types_mapper=_nullable(pandas))
    if library == "polars":
        import polars

        return lambda raw: polars.DataFrame(raw)
    if library in ("pyarrow", "duckdb"):
        import pyarrow

        return lambda raw: pyarrow.table(raw)
    return lambda raw: raw


def _nullable(pandas: Any) -> Callable[[Any], Any]:
    """Integers that may be missing stay integers."""
    import pyarrow

    types = {pyarrow.int32(): pandas.Int32Dtype(), pyarrow.int64(): pandas.Int64Dtype(), pyarrow.uint32(): pandas.UInt32Dtype()}
    return types.get
