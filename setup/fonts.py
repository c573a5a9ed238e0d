"""Puts the fonts of the plans in place, and keeps the fonts of the machine out of them."""

import shutil
from pathlib import Path
from xml.sax.saxutils import escape

# The package of each family, and how its files begin.
FAMILIES = {
    "noto-sans": "NotoSans",
    "noto-nastaliq-urdu": "NotoNastaliqUrdu",
    "noto-sans-bengali": "NotoSansBengali",
}
# Whole fonts, one file a weight: variable and web fonts are slow to set, and parted ones lack Latin digits.
WEIGHTS = {"400Regular": "Regular", "700Bold": "Bold"}

CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Sans</string></edit>
  </match>
</fontconfig>
"""


def install(packages: Path, root: Path) -> None:
    """Copy the fonts to `static/fonts/` and write `.fontconfig/fonts.conf`, which names no other folder."""
    fonts, own = root / "static" / "fonts", root / ".fontconfig"
    for folder in (fonts, own):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for package, family in FAMILIES.items():
        for thickness, weight in WEIGHTS.items():
            font = packages / package / thickness / f"{family}_{thickness}.ttf"
            shutil.copyfile(font, fonts / f"{family}-{weight}.ttf")
        shutil.copyfile(packages / package / "LICENSE_FONT", fonts / f"{family}-LICENCE.txt")
    configuration = CONFIGURATION.format(fonts=escape(str(fonts)), cache=escape(str(own / "cache")))
    (own / "fonts.conf").write_text(configuration, encoding="utf-8")
