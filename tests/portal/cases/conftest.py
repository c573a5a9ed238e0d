"""The case records stand beside the project where there are any; elsewhere these tests are not collected."""

from pathlib import Path

CASES = Path(__file__).resolve().parents[3].parent / "shared" / "cases"

collect_ignore_glob = [] if CASES.is_dir() else ["test_*.py"]
