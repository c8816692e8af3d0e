"""Tables for people: plain text for a terminal, HTML for a notebook.

What vendors say is data, also where it looks like HTML, like a line's end or like what steers a
terminal: it is shown, and does nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

LONGEST_CELL = 40

Rows = Sequence[Sequence[str]]


def text_table(columns: Sequence[str], rows: Rows) -> str:
    """A table in plain text, one line a row; what is too long for its cell is cut.

    Args:
        columns: What the columns are called; none of them for a table without a head.
        rows: The cells.
    """
    lines = [[_cell(cell) for cell in line] for line in ((columns, *rows) if columns else rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    if columns:
        lines.insert(1, ["-" * width for width in widths])
    padded = ("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)
    return "\n".join(padded)


def html_table(columns: Sequence[str], rows: Rows) -> str:
    """The same table in HTML, its cells whole and escaped."""
    head = f"<thead><tr>{_cells('th', columns)}</tr></thead>" if columns else ""
    body = "".join(f"<tr>{_cells('td', row)}</tr>" for row in rows)
    return f"<table>{head}<tbody>{body}</tbody></table>"


def html_text(text: str) -> str:
    """A paragraph of text in HTML, escaped."""
    return f"<p>{_escaped(text)}</p>"


def plain(text: str) -> str:
    """Text without what ends a line or steers a terminal."""
    return "".join(mark if mark.isprintable() else " " for mark in text)


def _cell(text: str) -> str:
    shown = plain(text[: LONGEST_CELL + 1])
    return shown if len(shown) <= LONGEST_CELL else shown[: LONGEST_CELL - 1] + "…"


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{_escaped(text)}</{tag}>" for text in texts)


def _escaped(text: str) -> str:
    from html import escape  # its tables of names take longer to load than a page takes to read

    return escape(text)
