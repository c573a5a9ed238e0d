"""The paper itself: two pages, large type, tagged, and on a right-to-left page every number in order."""

import io
import re
from collections import defaultdict
from dataclasses import replace

import pytest
from pypdf import PdfReader

from plans.content import Copy
from plans.content.own import OLDER
from plans.errors import FontsMissing
from plans.leaflet import pdf as printing
from plans.leaflet.languages import languages
from plans.leaflet.page import Leaflet, article, document
from plans.leaflet.pdf import pdf
from plans.leaflet.wording import in_language
from tests.plans.examples import ORDINARY, PLANS, copy_of
from tests.plans.leaflet.conftest import in_languages
from tests.plans.leaflet.letters import letters

ISOLATED = re.compile("\u2066([^\u2066-\u2069]*)\u2069")
SAME_LINE = 3  # points between the baselines of one line
A4_WIDTH, PRINTABLE = 595, 17  # points; printers leave about 6 mm white
SMALLEST = 12  # points, in all that a family reads
SMALLEST_FOR_A_CHILD = 14


YOUNGER = [name for name, (_plan, age) in PLANS.items() if age < OLDER]
# What is measured of a family's copy is measured on the same few documents. In every language: the one that
# fills its second page furthest, which has two inhalers, and one of a single inhaler, which fills its first.
FAMILY = in_languages(ORDINARY, longest=("two inhalers", "mart"))
OWN_OF_THE_YOUNGER = [
    *((name, "ur") for name in YOUNGER),  # which stands tallest
    *(("mask", code) for code in languages() if code != "ur"),
    ("two inhalers", "en"),
]
OWN_OF_THE_OLDER = [*(("mart", code) for code in languages()), ("air", "en")]


def pages(document):
    return len(PdfReader(io.BytesIO(document)).pages)


def lines_as_seen(document):
    """Return each line as an eye sees it from left to right, spaces left out, other scripts as a bar."""
    lines = []
    for page in letters(document):
        by_height = defaultdict(list)
        for letter in page:
            if letter.text.strip():
                by_height[round(letter.line / SAME_LINE)].append(letter)
        for height in sorted(by_height):
            near = [*by_height[height], *by_height.get(height + 1, [])]
            near.sort(key=lambda letter: letter.x0)
            lines.append("".join(one.text if one.text.isascii() else "|" for one in near))
    return lines


@pytest.mark.parametrize(("name", "code"), FAMILY)
def test_an_ordinary_plan_is_two_pages_of_a4(name, code, make_pdf):
    reader = PdfReader(io.BytesIO(make_pdf(name, code)))

    assert len(reader.pages) == 2
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {
        (595, 842)
    }


@pytest.mark.parametrize("code", ["ur", "pl"])
def test_beside_english_a_plan_is_at_most_four_pages(code, make_pdf):
    made = make_pdf("two inhalers", code, Copy.FAMILY, "en")
    assert pages(made) <= 4

    texts = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages]
    attack = ("Severe allergy:", "Danger signs", "Keep giving puffs", "Still no better, and no ambulance?")
    assert len({page for page, text in enumerate(texts) for words in attack if words in text}) == 1


def test_the_sheet_after_hospital_is_one_page_with_the_same_pictures_in_every_language(make_sheet):
    def drawn(code):
        (page,) = PdfReader(io.BytesIO(make_sheet(code))).pages
        return len(re.findall(rb"/\S+ Do\b", page.get_contents().get_data()))

    assert drawn("ur") == drawn("en")


def test_the_schools_copy_is_one_page(make_pdf):
    assert pages(make_pdf("two inhalers", "en", Copy.SCHOOL)) == 1


@pytest.mark.parametrize(("name", "code"), OWN_OF_THE_YOUNGER)
def test_the_version_for_the_younger_is_two_pages(name, code, make_pdf):
    assert pages(make_pdf(name, code, Copy.CHILD)) <= 2


@pytest.mark.parametrize(("name", "code"), OWN_OF_THE_OLDER)
def test_the_version_for_the_older_is_two_pages_in_english_and_at_most_three_elsewhere(name, code, make_pdf):
    assert pages(make_pdf(name, code, Copy.CHILD)) <= (2 if languages()[code].is_source else 3)


def test_the_attack_of_the_version_for_the_older_is_never_parted(make_pdf):
    """Nobody turns a page in the middle of the steps."""
    reader = PdfReader(io.BytesIO(make_pdf("mart with backup", "en", Copy.CHILD)))
    texts = [page.extract_text() for page in reader.pages]
    (page,) = [text for text in texts if "When it is hard to breathe" in text]

    assert "Cannot find or use it? Use any blue inhaler and call 999." in " ".join(page.split())


@pytest.mark.parametrize("name", ["two inhalers", "mart"])
def test_every_number_is_seen_in_order_on_a_right_to_left_page(name, make_leaflet, make_pdf):
    seen = lines_as_seen(make_pdf(name, "ur"))
    html = re.sub("<[^>]+>", "", article(make_leaflet(name, "ur")))
    numbers = {re.sub(r"\s", "", run) for run in ISOLATED.findall(html) if re.search(r"\d", run)}
    short = {run for run in numbers if len(run) <= len("07700 900123")}

    assert {"01214960123", "9991047077", "130L/min", "85L/min", "999"} <= short
    assert [number for number in short if not any(number in line for line in seen)] == []


def test_every_number_of_an_emergency_card_is_seen_in_order(make_pdf):
    seen = lines_as_seen(make_pdf("two inhalers", "ur", Copy.EMERGENCY))

    for number in ("01214960123", "07700900123", "999", "30", "60", "10", "14", "2019", "2027"):
        assert any(number in line for line in seen), number


def test_a_number_in_the_wrong_order_would_be_seen(make_leaflet):
    """The gate itself: without isolates the phone number prints backwards, and this test can tell."""
    html = document(make_leaflet("two inhalers", "ur"))
    seen = lines_as_seen(printing.pdf(re.sub("[\u2066-\u2069]", "", html)))

    assert not any("01214960123" in line for line in seen)


@pytest.mark.parametrize(("name", "code"), FAMILY)
def test_nothing_runs_off_the_paper(name, code, make_pdf):
    for page in letters(make_pdf(name, code)):
        assert min(letter.x0 for letter in page) >= PRINTABLE
        assert max(letter.x1 for letter in page) <= A4_WIDTH - PRINTABLE


@pytest.mark.parametrize(("name", "code"), FAMILY)
def test_no_type_that_a_family_reads_is_small(name, code, make_pdf):
    sizes = sizes_of(make_pdf(name, code), without=warning(code))

    assert min(sizes) >= SMALLEST


@pytest.mark.parametrize("name", ["two inhalers", "mask", "mart", "air"])
def test_the_childs_own_copy_is_set_larger(name, make_pdf):
    sizes = sizes_of(make_pdf(name, "en", Copy.CHILD))
    foot = min(sizes)

    assert foot >= SMALLEST
    assert min(size for size in sizes if size > foot) >= SMALLEST_FOR_A_CHILD


def warning(code):
    """Return the size of the demo's warning, which is not part of a plan."""
    return {10.0} if not languages()[code].is_signed_off else set()


def sizes_of(document, without=frozenset()):
    sizes = {round(one.size, 1) for page in letters(document) for one in page if one.text.strip()}
    return sizes - without


def test_the_name_and_date_of_birth_are_on_every_page(make_pdf):
    for page in PdfReader(io.BytesIO(make_pdf("two inhalers", "en"))).pages:
        text = page.extract_text()

        assert "Rayyan Test" in text
        assert "14 March 2019" in text
        assert "Version: 2" in text
        assert re.search(r"Page [12] of 2", text)


@pytest.mark.parametrize("code", languages())
def test_a_plan_is_tagged_and_says_its_language_and_title(code, make_pdf):
    reader = PdfReader(io.BytesIO(make_pdf("two inhalers", code)))
    root = reader.trailer["/Root"]

    assert root["/Lang"] == code
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_data()


@pytest.mark.parametrize("code", languages())
def test_only_our_own_fonts_are_used(code, make_pdf):
    names = set()
    for page in PdfReader(io.BytesIO(make_pdf("two inhalers", code))).pages:
        names |= {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}

    assert all("Noto" in name for name in names), names


def test_nothing_is_fetched_but_our_own_files(make_leaflet):
    html = document(make_leaflet("air", "en"))
    outside = html.replace("</article>", '<img src="https://example.org/x.png" alt="x"></article>')

    assert pages(printing.pdf(outside)) == 2


def test_without_our_fonts_nothing_is_printed(monkeypatch, tmp_path):
    monkeypatch.setattr(printing, "FONTCONFIG", tmp_path / "fonts.conf")
    printing._fonts.cache_clear()

    with pytest.raises(FontsMissing, match="make setup"):
        printing.pdf("<html lang=en><title>x</title></html>")


def test_typed_words_keep_their_full_stop_where_they_run_over_a_line():
    plan, age = PLANS[ORDINARY[0]]
    words = "It feels like a belt round my chest and I like to sit by the open window."
    parts = copy_of(replace(plan, child_words=words), age, Copy.FAMILY)
    leaflet = Leaflet(parts, in_language("ur", parts, demo=True), Copy.FAMILY, "")

    seen = [line for line in lines_as_seen(pdf(document(leaflet))) if "window" in line]

    assert len(seen) == 1
    assert "window." in seen[0]


def parts_of_structure(node, parent=""):
    """Yield the tag of each part of the structure tree, with that of its parent."""
    node = node.get_object()
    if not hasattr(node, "get") or "/S" not in node:
        return
    yield str(node["/S"]), parent
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if not isinstance(child, int):
            yield from parts_of_structure(child, str(node["/S"]))


@pytest.mark.parametrize("name", ["two inhalers", "mart"])
def test_lists_are_lists_to_a_screen_reader(name, make_pdf):
    root = PdfReader(io.BytesIO(make_pdf(name, "en"))).trailer["/Root"]["/StructTreeRoot"]["/K"][0]
    pairs = set(parts_of_structure(root))

    assert {parent for tag, parent in pairs if tag == "/LI"} == {"/L"}
    assert {tag for tag, parent in pairs if parent == "/L"} == {"/LI"}


@pytest.mark.parametrize("code", ["ur", "bn"])
def test_every_glyph_names_a_letter(code, make_pdf):
    for page in PdfReader(io.BytesIO(make_pdf("two inhalers", code))).pages:
        for font in page["/Resources"]["/Font"].values():
            assert b"<>" not in font.get_object()["/ToUnicode"].get_object().get_data()
