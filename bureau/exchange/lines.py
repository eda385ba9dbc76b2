"""Where a row stands in a file, as one number: the sheet among those that are read, and Excel's row in it.

Rows of the first sheet keep Excel's own numbers; records and problems name their row by such a line.
"""

from collections.abc import Sequence

_BITS = 21  # Excel ends at row 1,048,576


def line_of(part: int, row: int) -> int:
    """``part``: 0 for the first sheet that is read."""
    return part << _BITS | row


def part_of(line: int) -> int:
    return line >> _BITS


def row_of(line: int) -> int:
    return line & (1 << _BITS) - 1


def place_of(line: int, sheets: Sequence[str]) -> str:
    """For people: the row, with its sheet if several are read; ``sheets``: the names of those that are read."""
    row, part = row_of(line), part_of(line)
    return f"{sheets[part]}!{row}" if len(sheets) > 1 and part < len(sheets) else str(row)
