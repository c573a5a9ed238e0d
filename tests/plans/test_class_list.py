"""A class list is read whole, or refused with what to do: no letter, no date and no row is guessed."""

import codecs
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.class_list import (
    Column,
    ColumnsMissing,
    ColumnTwice,
    MonthFirst,
    NoRows,
    QuotesOpen,
    TooManyRows,
    read_class_list,
)
from plans.class_list_text import (
    FileEmpty,
    FileTooLarge,
    LettersLost,
    LettersNotSure,
    NotACsvFile,
    text_of,
)
from plans.errors import PuffinError

TODAY = date(2026, 11, 23)
HEADER = "First name,Last name,Date of birth,Class,Year group,NHS number"


def read(*lines, header=HEADER):
    return read_class_list("\n".join((header, *lines)), today=TODAY)


def read_file(data):
    return read_class_list(text_of(data), today=TODAY)


def why(line, header=HEADER):
    (refused,) = read(line, header=header).refused
    return refused.why


class TestLetters:
    LIST = f"{HEADER}\r\nZofia,Żółć,17/05/2018,3B,,\r\n"

    @pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
    def test_a_file_in_unicode_is_read_to_the_letter(self, code):
        (row,) = read_file(self.LIST.encode(code)).rows

        assert (row.given, row.family) == ("Zofia", "Żółć")

    @pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
    def test_utf_16_is_read_in_either_order_of_bytes(self, mark):
        code = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"

        assert read_file(mark + self.LIST.encode(code)).rows[0].family == "Żółć"

    @pytest.mark.parametrize("name", ["José", "Müller", "CHLOÉ", "Björn", "D’Arcy", "Weiß"])
    def test_windows_1252_is_read_where_every_letter_is_sure(self, name):
        data = f"{HEADER}\n{name},Test,17/05/2018,3B,,".encode("cp1252")

        assert read_file(data).rows[0].given == name

    @pytest.mark.parametrize("name", ["Kozłowski", "Żółć"])
    def test_another_code_is_read_where_no_other_has_letters_there(self, name):
        assert read_file(f"{HEADER}\n{name},Test,17/05/2018,3B,,".encode("cp1250")).rows[0].given == name

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("Núñez", "cp1252"),
            ("Zoë", "cp1252"),
            ("Gökçe", "cp1254"),
            ("Šimkutė", "cp1257"),
            ("Иванов", "cp1251"),
        ],
    )
    def test_a_letter_that_could_be_another_is_refused_and_never_replaced(self, name, code):
        data = f"{HEADER}\n{name},Test,17/05/2018,3B,,".encode(code)

        with pytest.raises(LettersNotSure, match="CSV UTF-8"):
            text_of(data)

    @given(
        st.text(alphabet="abcdefgéèêëàâäçñóòôöúùûüíîïßøåæłńśżźćąęőűčřšžėģķļņÉÄÖÜŁ", min_size=1, max_size=12)
    )
    def test_whatever_code_a_name_was_saved_in_it_is_read_right_or_refused(self, name):
        for code in ("utf-8", "cp1252", "cp1250", "cp1254", "cp1257", "mac_roman", "cp850"):
            try:
                data = f"{HEADER}\n{name.capitalize()},Test,17/05/2018".encode(code)
            except UnicodeEncodeError:
                continue
            try:
                read_name = text_of(data).split("\n")[1].split(",")[0]
            except PuffinError:
                continue
            assert read_name == name.capitalize(), code

    @pytest.mark.parametrize("name", ["ZoÃ«", "KozÅ‚owski", "Zo\ufffd"])
    def test_letters_that_were_lost_before_are_seen(self, name):
        with pytest.raises(LettersLost):
            text_of(f"{HEADER}\n{name},Test,17/05/2018".encode())

    def test_a_letter_that_became_a_question_mark_refuses_its_row(self):
        assert "question mark" in why("Zo?,Test,17/05/2018,3B,,")

    @pytest.mark.parametrize(
        "data",
        [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"%PDF-1.7", b"a\x00b", "a,b".encode("utf-16-le")],
    )
    def test_what_is_no_text_says_how_to_save_it_again(self, data):
        with pytest.raises(NotACsvFile, match="CSV UTF-8"):
            text_of(data)

    @pytest.mark.parametrize("data", [b"", b" \r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
    def test_an_empty_file_is_refused(self, data):
        with pytest.raises(FileEmpty):
            text_of(data)

    def test_a_file_that_is_too_large_is_refused(self):
        with pytest.raises(FileTooLarge):
            text_of(b"a" * 1_000_001)
        with pytest.raises(FileTooLarge):
            text_of(b"a" * 400_001)

    @given(st.binary(max_size=400))
    def test_no_file_whatever_is_in_it_is_a_fault(self, data):
        with suppress(PuffinError):
            read_file(data)

    @given(st.text(max_size=300))
    def test_no_text_behind_a_right_header_is_a_fault(self, text):
        try:
            found = read(text)
        except PuffinError:
            return
        assert all(one.why for one in found.refused)


class TestColumns:
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_columns_are_parted_by_commas_semicolons_or_tabs(self, separator):
        text = f"{HEADER}\nAmina,Test,17/05/2018,3B,3,".replace(",", separator)

        assert read_class_list(text, today=TODAY).rows[0].class_name == "3B"

    @pytest.mark.parametrize(
        "header",
        [
            "Forename,Surname,DOB,Reg Group",
            "LEGAL FORENAME,legal surname,Date_of_Birth,Form",
            '" First  Name ","Family-name",D.O.B.,"Class name"',
        ],
    )
    def test_headers_are_known_by_what_schools_call_them(self, header):
        found = read("Amina,Test,17/05/2018,3B", header=header)

        assert (found.rows[0].name, found.rows[0].class_name) == ("Amina Test", "3B")
        assert set(found.read_as) == {Column.GIVEN, Column.FAMILY, Column.BORN, Column.CLASS}

    def test_semicolons_between_quotes_are_read(self):
        text = '"First name";"Last name";"DOB"\n"Amina, the first";"Test";"17/05/2018"'

        assert read_class_list(text, today=TODAY).rows[0].given == "Amina, the first"

    def test_columns_that_are_not_needed_are_left_alone_and_named(self):
        found = read(
            "Amina,Test,17/05/2018,A12,Yes", header="First name,Last name,Date of birth,UPN,Free meals"
        )

        assert found.not_used == ("UPN", "Free meals")

    def test_the_line_that_excel_puts_before_the_header_is_passed_over(self):
        found = read_class_list("sep=;\r\nFirst name;Last name;DOB\r\nAmina;Test;17/05/2018", today=TODAY)

        assert found.rows[0].number == 3

    def test_columns_that_are_missing_are_named(self):
        with pytest.raises(ColumnsMissing, match="Add: Date of birth"):
            read("Amina,Test", header="First name,Last name")

    def test_two_columns_of_one_name_are_refused(self):
        with pytest.raises(ColumnTwice, match="last name"):
            read("Amina,Test,Test,17/05/2018", header="First name,Surname,Last name,DOB")

    def test_a_list_without_pupils_is_refused(self):
        with pytest.raises(NoRows):
            read()

    def test_a_list_that_is_too_long_is_refused(self):
        with pytest.raises(TooManyRows):
            read(*["Amina,Test,17/05/2018,,,"] * 3001)

    def test_a_quotation_mark_that_swallows_rows_refuses_the_list(self):
        with pytest.raises(QuotesOpen):
            read('"Amina,Test,17/05/2018,,,', "Ben,Test,17/05/2018,,,")


class TestRows:
    def test_a_whole_row_is_read(self):
        (row,) = read("Amina,Test,17/05/2018,3B,Year 3,999 000 0018").rows

        assert (row.given, row.family, row.born) == ("Amina", "Test", date(2018, 5, 17))
        assert (row.class_name, row.year, row.nhs_number, row.number) == ("3B", "Year 3", "9990000018", 2)

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            (",Test,17/05/2018,,,", "first name is missing"),
            ("Amina,,17/05/2018,,,", "last name is missing"),
            ("123,Test,17/05/2018,,,", "no letters"),
            (f"{'a' * 101},Test,17/05/2018,,,", "longer"),
            (f"Amina,Test,17/05/2018,{'a' * 51},,", "longer"),
            ("Amina,Test,17/05/2018,,,9990000019", "NHS number"),
            ("Amina,Test,17/05/2018,3B,3,,more", "more columns"),
            ("Ami\u202ena,Test,17/05/2018,,,", "cannot be shown"),
        ],
    )
    def test_a_row_that_cannot_be_read_says_why(self, line, words):
        assert words in why(line)

    def test_what_begins_like_a_formula_is_text(self):
        (row,) = read('"=HYPERLINK(""x"")",Test,17/05/2018,+3B,@3,').rows

        assert (row.given, row.class_name, row.year) == ('=HYPERLINK("x")', "+3B", "@3")

    def test_one_bad_row_does_not_stop_the_others(self):
        found = read("Amina,Test,17/05/18,,,", "Ben,Test,17/05/2018,,,")

        assert [row.given for row in found.rows] == ["Ben"]
        assert (found.refused[0].number, found.refused[0].name) == (2, "Amina Test")

    def test_a_row_that_says_the_same_again_is_taken_once(self):
        found = read("Amina,Test,17/05/2018,3B,,", "AMINA,Test,17/05/2018,3b,,")

        assert (len(found.rows), found.repeated, found.refused) == (1, (3,), ())

    def test_rows_that_contradict_each_other_are_both_refused(self):
        found = read("Amina,Test,17/05/2018,3B,,", "Amina,Test,17/05/2018,4A,,")

        assert found.rows == ()
        assert [one.number for one in found.refused] == [2, 3]

    def test_one_nhs_number_for_two_pupils_refuses_both(self):
        found = read("Amina,Test,17/05/2018,3B,,9990000018", "Ben,Test,17/05/2018,3B,,9990000018")

        assert found.rows == ()
        assert "NHS number" in found.refused[0].why

    def test_twins_are_two_pupils(self):
        assert len(read("Ada,Test,17/05/2018,3B,,", "Ben,Test,17/05/2018,3B,,").rows) == 2

    def test_two_pupils_of_one_name_and_birth_date_are_told_apart_by_their_numbers(self):
        lines = ["Ada,Test,17/05/2018,3B,,9990000018", "Ada,Test,17/05/2018,4A,,9990000026"]

        assert len(read(*lines).rows) == 2


class TestDates:
    @pytest.mark.parametrize(
        "text", ["17/05/2018", "17.5.2018", "17-05-2018", "2018-05-17", "17 May 2018", "17-MAY-2018"]
    )
    def test_dates_are_read_in_the_order_of_the_uk_or_of_iso(self, text):
        assert read(f"Amina,Test,{text},,,").rows[0].born == date(2018, 5, 17)

    def test_the_midnight_that_excel_adds_is_passed_over(self):
        assert read("Amina,Test,2018-05-17 00:00:00,,,").rows[0].born == date(2018, 5, 17)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "missing"),
            ("17/05/18", "four digits"),
            ("17-May-18", "four digits"),
            ("43237", "Excel"),
            ("########", "Excel"),
            ("4.3E+04", "Excel"),
            ("31/02/2018", "no such date"),
            ("2018/05/17", "no such date"),
            ("17/05/2008 10:30", "no such date"),
            ("17/05/1918", "year of birth"),
            ("17/05/2028", "year of birth"),
            ("17 Mai 2018", "no such date"),
        ],
    )
    def test_a_date_that_is_not_sure_refuses_its_row(self, text, words):
        assert words in why(f"Amina,Test,{text},,,")

    def test_one_date_with_the_month_first_makes_all_of_them_doubtful(self):
        with pytest.raises(MonthFirst):
            read("Amina,Test,05/17/2018,,,", "Ben,Test,05/04/2018,,,")
