"""Tables for spreadsheet programs, made portion by portion: CSV and XLSX of any length in the same small memory.

A cell is a text, a date or None. No cell is ever a formula, whatever somebody typed into it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile

from xlsxwriter import Workbook

Cell = str | date | None
Portions = Iterable[Sequence[Sequence[Cell]]]

# What makes a spreadsheet program compute (OWASP, "CSV injection"), in full width too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BLOCK = 64 * 1024
COLUMN_WIDTH = 20  # characters


@dataclass(frozen=True)
class Table:
    """`head` names the columns; `title` is the sheet's name, 31 characters at most."""

    title: str
    head: Sequence[str]
    portions: Portions
    is_rtl: bool = False


def defused(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet program would take it for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0\u200e\u200f\u2066\u2067\u2068\u2069").startswith(FORMULA_SIGNS) else text


def csv_blocks(table: Table) -> Iterator[bytes]:
    """The table as CSV the way German Excel opens it: UTF-8 with its mark, semicolons, dates as TT.MM.JJJJ."""
    yield "\ufeff".encode()
    yield _csv_lines([table.head])
    for rows in table.portions:
        yield _csv_lines(rows)


def _csv_lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines, delimiter=";").writerows([_csv_cell(cell) for cell in row] for row in rows)
    return lines.getvalue().encode()


def _csv_cell(cell: Cell) -> str:
    return cell.strftime("%d.%m.%Y") if isinstance(cell, date) else defused(cell or "")


def xlsx_blocks(table: Table) -> Iterator[bytes]:
    """The table as a workbook. A zip archive is known at its end only, so it grows in a nameless file first."""
    with TemporaryFile() as file:
        with Workbook(file, {"constant_memory": True}) as workbook:
            _fill(workbook, table)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _fill(workbook: Workbook, table: Table) -> None:
    sheet = workbook.add_worksheet(table.title[:31])
    bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "dd.mm.yyyy"})
    if table.is_rtl:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table.head) - 1, COLUMN_WIDTH)
    for column, name in enumerate(table.head):
        sheet.write_string(0, column, name, bold)
    number = 0
    for rows in table.portions:
        for row in rows:
            number += 1
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell:
                    sheet.write_string(number, column, cell)  # never `write`: it guesses formulas and links
