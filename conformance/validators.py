"""The two validators: how each is built once, and what it says of resources."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from conformance.gathered import as_line

HERE = Path(__file__).resolve().parent
TARGET = HERE / "target"
CLASSPATH = TARGET / "classpath"
PACKAGES = HERE / "node_modules" / ".package-lock.json"
UK_CORE = Path(os.environ.get("PUFFIN_UKCORE", HERE.parent.parent / "shared" / "ukcore"))
BUILD_SECONDS, RUN_SECONDS = 300, 300

# Starting takes longer than validating: the quick compiler and the plain collector of Java.
JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g")


@dataclass(frozen=True)
class Issue:
    """What a validator says of a resource: how bad, by which rule, where, and in which words."""

    severity: str
    rule: str
    path: str
    message: str

    @property
    def is_error(self) -> bool:
        return self.severity in {"error", "fatal"}


@dataclass(frozen=True)
class Said:
    """What a validator said: the profiles that it loaded, and of each resource its issues."""

    loaded: frozenset[str]
    issues: tuple[tuple[Issue, ...], ...]

    def after(self, number: int) -> "Said":
        """Return what was said of all but the first resources."""
        return replace(self, issues=self.issues[number:])


@dataclass(frozen=True)
class Validator:
    """A validator: `why_not` returns "" once it is built, else why it cannot be."""

    name: str
    why_not: Callable[[], str]
    command: Callable[[], list[str]]

    def validate(self, resources: Sequence[dict], folder: Path) -> Said:
        """Return what it says of the resources, using a folder for its files; raises if it cannot run."""
        source, target = folder / f"{self.name}-reads.ndjson", folder / f"{self.name}-says.ndjson"
        source.write_text("".join(as_line(one) + "\n" for one in resources), encoding="utf-8")
        files = [str(source), str(target), *map(str, definitions())]
        subprocess.run([*self.command(), *files], check=True, cwd=HERE, timeout=RUN_SECONDS)
        head, *rest = map(json.loads, target.read_text(encoding="utf-8").splitlines())
        if len(rest) != len(resources):
            raise RuntimeError(f"{self.name} spoke of {len(rest)} of {len(resources)} resources")
        issues = tuple(tuple(Issue(**issue) for issue in one["issues"]) for one in rest)
        return Said(frozenset(head["loaded"]), issues)


def definitions() -> list[Path]:
    """Return the folders of profiles beyond FHIR R4 itself: UK Core, where it is there."""
    return [UK_CORE] if UK_CORE.is_dir() else []


def _why_no_hapi() -> str:
    if not definitions():
        return "UK Core is not beside the project: set PUFFIN_UKCORE"
    if not _found("java"):
        return "there is no Java"
    if _is_newer(CLASSPATH, HERE / "pom.xml", *(HERE / "src").rglob("*.java")) and _has_its_jars():
        return ""
    if not (maven := _found("mvn")):
        return "there is no Maven"
    fetched = _runs(maven, "--batch-mode", "-q", "-o", "compile") or _runs(
        maven, "--batch-mode", "-q", "compile"
    )
    return "" if fetched else "Maven could not fetch or build it"


def _why_no_medplum() -> str:
    if not _found("node"):
        return "there is no Node"
    if _is_newer(PACKAGES, HERE / "package.json", HERE / "package-lock.json"):
        return ""
    npm = _found("npm")
    fetched = npm and _runs(npm, "ci", "--ignore-scripts", "--loglevel=error")
    return "" if fetched else "npm could not fetch it"


def _has_its_jars() -> bool:
    return all(Path(jar).exists() for jar in CLASSPATH.read_text(encoding="utf-8").strip().split(":"))


def _found(program: str) -> str | None:
    """Return the path of a program; where there is no Node, a Python package may have brought one."""
    return shutil.which(program) or shutil.which(program, path=str(Path(sys.executable).parent))


def _is_newer(made: Path, *sources: Path) -> bool:
    return made.exists() and all(made.stat().st_mtime >= source.stat().st_mtime for source in sources)


def _runs(*command: str) -> bool:
    try:
        done = subprocess.run(command, cwd=HERE, timeout=BUILD_SECONDS, capture_output=True, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _java() -> list[str]:
    where = f"{TARGET / 'classes'}:{CLASSPATH.read_text(encoding='utf-8').strip()}"
    return [_found("java") or "java", *JAVA, "-cp", where, "puffin.conformance.Validate"]


def _node() -> list[str]:
    return [_found("node") or "node", str(HERE / "medplum.mjs")]


HAPI = Validator("HAPI", _why_no_hapi, _java)
MEDPLUM = Validator("Medplum", _why_no_medplum, _node)
VALIDATORS = (HAPI, MEDPLUM)
