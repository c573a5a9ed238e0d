"""`make conformance`: validates what the tests and the demo make with both, and writes the page."""

import json
import os
import subprocess
import sys
from pathlib import Path

from conformance.gathered import different, read_folder
from conformance.report import report_on
from conformance.validators import HERE, TARGET, VALIDATORS, definitions

ROOT = HERE.parent
PAGE = ROOT / "docs" / "fhir" / "conformance.md"
EXAMPLES = PAGE.parent / "examples"
RESOURCES = TARGET / "resources"
TESTS = ("tests/portal", "tests/conformance/test_scenario.py")
TEST_SECONDS = 900


def main() -> int:
    """Return 0 where nothing that was gathered is at fault; says why not on standard error."""
    reasons = [why for validator in VALIDATORS if (why := validator.why_not())]
    if reasons:
        return _fails(reasons)
    if not _gather(RESOURCES):
        return _fails(["A test failed, so not everything was gathered. Mend it first."])
    samples = different([*read_folder(RESOURCES), *read_examples()])
    said = {one.name: one.validate([each.resource for each in samples], TARGET) for one in VALIDATORS}
    report = report_on(samples, said, has_uk_core=bool(definitions()))
    sys.stdout.write("".join(f"{line}\n" for line in report.figures()))
    if report.faults:
        return _fails(report.faults)
    PAGE.write_text(report.page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} says the rest\n")
    return 0


def read_examples() -> list[dict]:
    """Return the examples of the guide."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(EXAMPLES.glob("*.json"))]


def _gather(folder: Path) -> bool:
    """Keep whatever the tests write or hand out that go through the portal's own acts; False if one fails."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.ndjson"):
        old.unlink()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "tests.conformance.capture", *TESTS]
    env = os.environ | {"PUFFIN_RESOURCES": str(folder)}
    return subprocess.run(command, cwd=ROOT, env=env, check=False, timeout=TEST_SECONDS).returncode == 0


def _fails(reasons: tuple[str, ...] | list[str]) -> int:
    sys.stderr.write("".join(f"{reason}\n" for reason in reasons))
    return 1


if __name__ == "__main__":
    sys.exit(main())
