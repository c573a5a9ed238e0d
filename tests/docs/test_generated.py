"""The generated pages say what the tables say."""

from docs.generated import PAGES, checks_page, main, out_of_date, states_page
from plans.checks import CHECKS
from plans.plan import Status


def test_no_generated_page_is_out_of_date():
    assert out_of_date() == [], "run python -m docs.generated"


def test_check_says_which_page_is_out_of_date_and_writes_nothing(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("docs.generated.HERE", tmp_path)

    assert main(["--check"]) == 1
    assert "docs/checks.md" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_writing_brings_every_page_up_to_date(monkeypatch, tmp_path):
    monkeypatch.setattr("docs.generated.HERE", tmp_path)

    assert main([]) == 0
    assert main(["--check"]) == 0
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == set(PAGES)


def test_an_example_that_no_table_names_is_out_of_date_and_is_taken_away(monkeypatch, tmp_path):
    monkeypatch.setattr("docs.generated.HERE", tmp_path)
    main([])
    (tmp_path / "fhir/examples/Patient-former.json").write_text("{}", encoding="utf-8")

    assert out_of_date() == ["fhir/examples/Patient-former.json"]
    main([])
    assert out_of_date() == []


def test_every_check_and_every_state_is_on_its_page():
    assert all(f"| `{rule.code}` |" in checks_page() for rule in CHECKS)
    assert all(f"| {status} |" in states_page() for status in Status)
