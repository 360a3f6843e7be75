"""The documents' code runs, and every public name is documented."""

import doctest
import inspect
from pathlib import Path

import leapscore
import pytest

PROJECT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("readme", ["README.md", "bindings/python/README.md"])
def test_the_readme_runs(readme: str) -> None:
    blocks = [block.split("```")[0] for block in (PROJECT / readme).read_text().split("```python\n")[1:]]
    assert blocks
    for block in blocks:
        exec(compile(block, readme, "exec"), {})


def test_the_docstrings_run() -> None:
    results = doctest.testmod(leapscore)
    assert results.attempted >= 3 and results.failed == 0


def test_every_public_name_has_a_docstring() -> None:
    for name in leapscore.__all__:
        value = getattr(leapscore, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert value.__doc__, name
            for member, inner in vars(value).items():
                if not member.startswith("_") and (inspect.isfunction(inner) or isinstance(inner, property)):
                    assert inner.__doc__, f"{name}.{member}"
