"""What both validators said of every resource, as figures, as a page, and as reasons to fail."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conformance.gathered import Sample
from conformance.known import KNOWN, name_of
from conformance.validators import Issue, Said
from docs.markdown import table
from fhir.codes import UK_CORE

R4 = "FHIR R4"
NUMBER = re.compile(r"\d+")
PLACE = re.compile(r"'[^']*'|\[\d+\]|/\*[^*]*\*/")

PAGE = """\
# What was validated

<!-- Written by `make conformance`. Change the code, not this page. -->

Every resource that the tests of the portal and the demo store make is given to two validators: those kept
in the store, those in the bundles that leave it, and the examples of this guide. Each is held against FHIR
R4 and against every profile that it claims. A resource that differs from another only by ids, versions and
moments is validated once.

- **HAPI**: HAPI FHIR's instance validator, with UK Core: structure, invariants, reference types, required
  codes, profiles with their slices and extensions.
- **Medplum**: its `validateResource`, with what UK Core demands of elements of FHIR R4: structure,
  invariants, required codes.

Not checked by either, because no terminology server is asked: whether a code of SNOMED CT, dm+d or LOINC is
current, or in the value set it should be from. Codes are taken from the project's clinical reference only.

`make conformance` fails on any error, on a claimed profile that was not loaded, and where nothing was
validated; so do the tests, on a smaller set, with Medplum always and with HAPI where there are Java, Maven
and UK Core. They also fail where a kind of resource, a claim or a warning is not on this page.

## Profiles claimed

A profile of UK Core is claimed by what we write where both validators accept it. A record from elsewhere
keeps its claim of the UK Core profile of its kind where what we keep meets the demands of that profile; a
claim of another profile, which nobody here can check, is not repeated.

{claims}

## Validated

{counts}

## Warnings

Every warning, and every error that is let through by name. An error that is not named here fails.

{warnings}

## Why these stand

{reasons}
"""


@dataclass(frozen=True)
class Finding:
    """Something said of a sample by a validator; `name` is that of a known one, else ""."""

    validator: str
    sample: Sample
    issue: Issue
    name: str

    @property
    def is_fault(self) -> bool:
        return self.issue.is_error and not self.name

    @property
    def words(self) -> str:
        """What the page says of it: its name, or its words without what changes from one to the next."""
        return self.name or PLACE.sub("…", self.issue.message)[:160].replace("|", " ").replace("\n", " ")


@dataclass(frozen=True)
class Report:
    """What the validators that ran said of the samples."""

    samples: Sequence[Sample]
    validators: tuple[str, ...]
    findings: tuple[Finding, ...]
    faults: tuple[str, ...]

    def figures(self) -> list[str]:
        """Return one line for each validator: how many were validated, errors and warnings."""
        of_all = f"{len(self.samples)} different resources of {sum(one.times for one in self.samples)}"
        return [
            f"{name}: {of_all} validated, {_count(self.findings, name, errors=True)} errors, "
            f"{_count(self.findings, name, errors=False)} warnings and errors known by name"
            for name in self.validators
        ]

    def page(self) -> str:
        """Return the page of the guide."""
        reasons = ((known.name, known.why) for known in KNOWN)
        return PAGE.format(
            claims=table(("Resource", "Profile"), _claims(self.samples)),
            counts=table(
                ("Validator", "Resource", "Claims", "Validated", "Errors", "Warnings"), self._counts()
            ),
            warnings=table(("Validator", "Resource", "Warning", "Times"), self._warnings()),
            reasons=table(("Warning", "Why it stands"), reasons),
        )

    def _counts(self) -> list[tuple[str, ...]]:
        groups = Counter((sample.kind, _claim(sample)) for sample in self.samples)
        return [
            (name, kind, claim, str(number), *self._of(name, kind, claim))
            for name in self.validators
            for (kind, claim), number in sorted(groups.items())
        ]

    def _of(self, name: str, kind: str, claim: str) -> tuple[str, str]:
        here = [one for one in self.findings if (one.sample.kind, _claim(one.sample)) == (kind, claim)]
        return str(_count(here, name, errors=True)), str(_count(here, name, errors=False))

    def _warnings(self) -> list[tuple[str, ...]]:
        counted = Counter(
            (one.validator, one.sample.kind, one.words) for one in self.findings if not one.is_fault
        )
        return [(*said, str(number)) for said, number in sorted(counted.items())]


def report_on(samples: Sequence[Sample], said: dict[str, Said], *, has_uk_core: bool) -> Report:
    """Return the report; its faults are the reasons to fail, a sentence each."""
    findings = [
        Finding(name, sample, issue, name_of(issue, sample.resource))
        for name, one in said.items()
        for sample, issues in zip(samples, one.issues, strict=True)
        for issue in issues
    ]
    faults = [] if samples and said else ["Nothing was validated."]
    faults += [_sentence(finding) for finding in findings if finding.is_fault]
    if has_uk_core:
        faults += [
            f"{name} did not load {profile}, which is claimed."
            for name, one in said.items()
            for profile in sorted(_all_claimed(samples) - one.loaded)
        ]
    return Report(samples, tuple(said), tuple(findings), tuple(dict.fromkeys(faults)))


def facts(page: str) -> frozenset[tuple[str, ...]]:
    """Return the rows of the tables of a page without their counts: what has to stay as it is."""
    rows = (line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("|"))
    return frozenset(tuple(cell for cell in row if not NUMBER.fullmatch(cell)) for row in rows)


def _claims(samples: Iterable[Sample]) -> list[tuple[str, str]]:
    return sorted({(sample.kind, _claim(sample)) for sample in samples})


def _claim(sample: Sample) -> str:
    return ", ".join(profile.replace(UK_CORE, "UKCore-") for profile in sample.profiles) or R4


def _all_claimed(samples: Iterable[Sample]) -> frozenset[str]:
    return frozenset(profile for sample in samples for profile in sample.profiles)


def _count(findings: Iterable[Finding], validator: str, *, errors: bool) -> int:
    return sum(one.is_fault is errors for one in findings if one.validator == validator)


def _sentence(finding: Finding) -> str:
    issue = finding.issue
    return f"{finding.validator}: {finding.sample.kind} {issue.path}: {issue.message} ({issue.rule})"
