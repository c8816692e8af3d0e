from __future__ import annotations

from loyalty_sdk._core.reading.shown import LONGEST_CELL, html_table, html_text, plain, text_table


def test_a_table_in_text():
    """Columns are as wide as what is in them; no line ends in blanks."""
    shown = text_table(["id", "name"], [["1", "Ada"], ["200", ""]])
    assert shown.splitlines() == ["id   name", "---  ----", "1    Ada", "200"]
    assert text_table([], [["a", "b"]]) == "a  b"
    assert text_table([], []) == ""


def test_what_is_too_long_is_cut():
    """A cell is never longer than it may be, and says that it was."""
    for length in (LONGEST_CELL, LONGEST_CELL + 1, 1000):
        shown = text_table([], [["x" * length]])
        assert len(shown) == LONGEST_CELL
        assert shown.endswith("…") == (length > LONGEST_CELL)


def test_nothing_steers_a_terminal():
    """Line ends, escapes and what turns the direction of writing are blanks."""
    assert plain("a\nb\x1b[31m\u202ec\u2028") == "a b [31m c "


def test_a_table_in_html():
    """Everything is escaped, in the head too."""
    shown = html_table(["<a>"], [["<script>&"]])
    assert shown == (
        "<table><thead><tr><th>&lt;a&gt;</th></tr></thead>"
        "<tbody><tr><td>&lt;script&gt;&amp;</td></tr></tbody></table>"
    )
    assert html_table([], [["a"]]) == "<table><tbody><tr><td>a</td></tr></tbody></table>"
    assert html_text('"<b>"') == "<p>&quot;&lt;b&gt;&quot;</p>"
