"""Every golden report fits docs/report.schema.json, and a report with a float or a missing key does not."""

import json
import pathlib
import sys

import jsonschema

root = pathlib.Path(__file__).resolve().parent.parent
validator = jsonschema.Draft202012Validator(json.loads((root / "docs/report.schema.json").read_text()))
reports = sorted((root / "tests/golden").glob("*.json"))
assert len(reports) >= 8, "golden reports are missing"
for path in reports:
    report = json.loads(path.read_text())
    errors = [f"{path.name}: {error.json_path}: {error.message}" for error in validator.iter_errors(report)]
    if errors:
        sys.exit("\n".join(errors))
    for change in (lambda r: r["overall"].update(score=1.5), lambda r: r["pillars"].pop("listen")):
        broken = json.loads(path.read_text())
        change(broken)
        assert not validator.is_valid(broken), f"{path.name}: a broken report passes"
print(f"{len(reports)} passed, 0 failed")
