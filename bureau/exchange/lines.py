"""Where a row stands in a file, as one number: the sheet among those that are read, and Excel's row in it.

Rows of the first sheet keep Excel's own numbers; records and problems name their row by such a line.
"""

_BITS = 21  # Excel ends at row 1,048,576


def line_of(part: int, row: int) -> int:
    """``part``: 0 for the first sheet that is read."""
    return part << _BITS | row


def part_of(line: int) -> int:
    return line >> _BITS


def row_of(line: int) -> int:
    return line & (1 << _BITS) - 1


def place_of(line: int) -> str:
    """For a sentence: the row, with the number of its sheet from the second one on."""
    part = part_of(line)
    return f"{part + 1}!{row_of(line)}" if part else str(row_of(line))
