"""Whatever the portal writes is valid FHIR R4 and what it claims to be; what is broken on purpose is seen."""

import pytest

from conformance.__main__ import PAGE
from conformance.gathered import unlike
from conformance.report import facts, report_on
from conformance.validators import HAPI, MEDPLUM, definitions
from tests.conformance.broken import BROKEN

NOT_RUN = "{}: did not run, because {}"


@pytest.mark.parametrize("validator", [MEDPLUM, HAPI], ids=["medplum", "hapi"])
def test_what_the_portal_writes_is_valid_and_what_is_broken_is_not(
    validator, samples, tmp_path, record_property
):
    why_not = validator.why_not()
    assert validator is HAPI or not why_not, why_not
    if why_not:
        record_property("figures", NOT_RUN.format(validator.name, why_not))
        return
    broken = [one for one in BROKEN if definitions() or not one.by_uk_core]

    chosen = _few(samples) if validator is HAPI else samples  # a resource takes HAPI 30 ms, Medplum 3

    said = validator.validate([one.resource for one in (*broken, *chosen)], tmp_path)

    seen = [_says(one, issues) for one, issues in zip(broken, said.issues, strict=False)]
    assert [one.rule for one, is_seen in zip(broken, seen, strict=True) if not is_seen] == []
    report = report_on(chosen, {validator.name: said.after(len(broken))}, has_uk_core=bool(definitions()))
    assert report.faults == ()
    assert facts(report.page()) - facts(PAGE.read_text(encoding="utf-8")) == set(), "run make conformance"
    record_property("figures", "\n".join(report.figures()))


def _few(samples):
    """Return one of each sort, and two bundles: what is in the others is there by itself."""
    chosen = unlike(samples)
    bundles = [one for one in chosen if one.kind == "Bundle"]
    return [one for one in chosen if one not in bundles[2:]]


def _says(broken, issues):
    return any(
        broken.says in f"{issue.path} {issue.rule} {issue.message}" for issue in issues if issue.is_error
    )
