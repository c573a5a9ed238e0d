"""Text from elsewhere, as it can be shown."""

import pytest

from plans.shown import on_one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Zofia  Wiśniewska ", "Zofia Wiśniewska", id="spaces"),
        pytest.param("Ayaan\u202e Warsame", "Ayaan Warsame", id="turned round"),
        pytest.param("Ayaan\u2066 Warsame", "Ayaan Warsame", id="an isolate that nobody closes"),
        pytest.param("Ayaan\nWarsame\u2028", "Ayaan Warsame", id="over lines"),
        pytest.param("Ay\x00a\ufffean", "Ay a an", id="no characters"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a joiner is a letter"),
    ],
)
def test_text_is_shown_on_one_line_and_turns_nothing_round(text, shown):
    assert on_one_line(text) == shown
