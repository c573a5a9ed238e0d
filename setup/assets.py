"""Fetches the stylesheets, scripts and fonts that are not ours, and puts them where they are looked for."""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from setup import fonts

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
MADE_FROM = VENDOR / "made-from"

NHSUK = PACKAGES / "nhsuk-frontend" / "dist" / "nhsuk"
HTMX = PACKAGES / "htmx.org" / "dist"

# The package's other images are the NHS lozenge, which is a trade mark.
ICONS = ("arrow", "chevron", "cross", "minus", "plus", "search", "tick", "user")


def main() -> None:
    """Fetch and put in place, unless what is there was made from the same files."""
    if MADE_FROM.exists() and MADE_FROM.read_text(encoding="utf-8") == _fingerprint():
        return
    sys.stdout.write("Installing stylesheets, scripts and fonts\n")
    subprocess.run([_npm(), "ci", "--ignore-scripts", "--loglevel=error"], cwd=ROOT, check=True)
    shutil.rmtree(VENDOR, ignore_errors=True)
    _copy_web_files()
    fonts.install(PACKAGES / "@expo-google-fonts", ROOT)
    MADE_FROM.write_text(_fingerprint(), encoding="utf-8")


def own_stylesheet(css: str) -> str:
    """Return `css` without the font that it loads from another site, and with its images beside it."""
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    return without_source_map(css.replace("url(/assets/images/", "url(images/"))


def without_source_map(text: str) -> str:
    """Return a script or stylesheet without the pointer to a map that we do not serve."""
    return re.sub(r"(//|/\*)# sourceMappingURL=\S+( \*/)?", "", text)


def _copy_web_files() -> None:
    images = VENDOR / "images"
    images.mkdir(parents=True)
    for icon in ICONS:
        for image in (NHSUK / "assets" / "images").glob(f"nhsuk-icon-{icon}*.svg"):
            shutil.copyfile(image, images / image.name)
    css, script = "nhsuk-frontend.min.css", "nhsuk-frontend.min.js"
    (VENDOR / css).write_text(own_stylesheet((NHSUK / css).read_text(encoding="utf-8")), encoding="utf-8")
    (VENDOR / script).write_text(
        without_source_map((NHSUK / script).read_text(encoding="utf-8")), encoding="utf-8"
    )
    shutil.copyfile(HTMX / "htmx.min.js", VENDOR / "htmx.min.js")


def _copy_changed(name: str, change: Callable[[str], str]) -> None:
    text = (NHSUK / name).read_text(encoding="utf-8")
    (VENDOR / name).write_text(change(text), encoding="utf-8")


def _npm() -> str:
    """Return npm's path; where there is no Node, the one that a Python package brings."""
    if npm := shutil.which("npm"):
        return npm
    lock = ROOT / "setup" / "nodejs.lock"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", str(lock)],
        check=True,
    )
    return str(Path(sys.executable).parent / "npm")


def _fingerprint() -> str:
    """Return what the files are made from; the place counts, because fontconfig is given whole paths."""
    made_from = [ROOT / "package-lock.json", *sorted((ROOT / "setup").glob("*.py"))]
    parts = [str(ROOT).encode(), *(path.read_bytes() for path in made_from)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


if __name__ == "__main__":
    main()
