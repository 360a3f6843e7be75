"""Threads, processes, memory."""

import concurrent.futures
import multiprocessing
import os
from typing import Any

import leapscore
import pytest


def score(turns: Any) -> str:
    return leapscore.score_call(turns).to_json()


def test_threads_give_the_same_bytes(example_calls: dict[str, Any]) -> None:
    calls = [call["turns"] for call in example_calls.values()] * 40
    expected = [score(turns) for turns in calls]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(score, calls)) == expected


def test_threads_share_a_session() -> None:
    session = leapscore.Session()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: session.push(("agent", "Okay, let me look at that.")), range(400)))
    assert session.finish() == leapscore.score_call([("agent", "Okay, let me look at that.")] * 400)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_give_the_same_bytes(method: str, example_calls: dict[str, Any]) -> None:
    calls = [call["turns"] for call in example_calls.values()]
    expected = [score(turns) for turns in calls]
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(score, calls) == expected
        reports = pool.map(leapscore.score_call, calls)
    assert [report.to_json() for report in reports] == expected


def resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("times", [int(os.environ.get("LEAPSCORE_LEAK_CALLS", "100000"))])
def test_memory_stays_flat(times: int) -> None:
    turns = [("customer", "\U0001f62d I lost my job and I am scared"), ("agent", "What happened?")]

    def work(rounds: int) -> None:
        for at in range(rounds):
            report = leapscore.score_call(turns)
            if at % 100 == 0:
                report.to_dict()
                session = leapscore.Session()
                session.push(turns[0])
                session.finish()
            try:
                leapscore.score_call([("robot", "x")])
            except leapscore.LeapError:
                pass

    work(times // 10)
    before = resident()
    work(times)
    assert resident() - before < 4 << 20
