import json
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root."""
    return PROJECT


@pytest.fixture(scope="session")
def example_calls() -> dict[str, dict[str, Any]]:
    """The example calls, by the name of their file."""
    return {path.stem: json.loads(path.read_text()) for path in sorted((PROJECT / "examples/calls").glob("*.json"))}
