"""The mark on the result sheet of an error workbook: by it a corrected file is known again."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.base import spellings
from bureau.texts import match_text

PREFIX = "BUREAU-IMPORT-"
_MARK = re.compile(PREFIX + r"(\d{1,18})-([0-9a-f]{12})")
# What stands above the columns that we add to the failed rows of a file: nobody has to say what these hold.
ROW_IN_THE_FILE, WHAT_TO_CORRECT = _("Row in the file"), _("What to correct")
# The mark stands near the top of its sheet; a clerk may have put some rows above it.
ROWS_WITH_MARK = 20


class Origin(NamedTuple):
    """``token``: the beginning of the digest of that import's file; the number may be that of another installation."""

    number: int
    token: str

    @property
    def mark(self) -> str:
        """In signs that any program keeps as they are."""
        return f"{PREFIX}{self.number}-{self.token}"


def origin_of(number: int, sha256: str) -> Origin:
    return Origin(number, sha256[:12])


def find(first_rows: Iterable[Sequence[Any]]) -> Origin | None:
    """Of a sheet, by its first rows."""
    texts = (cell for cells in islice(first_rows, ROWS_WITH_MARK) for cell in cells if isinstance(cell, str))
    found = next((match for text in texts if (match := _MARK.search(text))), None)
    return Origin(int(found[1]), found[2]) if found else None


def is_result_sheet(first_rows: Iterable[Sequence[Any]]) -> bool:
    """Whether a sheet is the one that we put in front of a clerk's file; it holds no data."""
    return find(first_rows) is not None


def is_own_heading(text: str) -> bool:
    """Whether a column is one that we added to the failed rows of a file, in any language."""
    return match_text(text) in _own_headings()


@cache
def _own_headings() -> set[str]:
    return {match_text(form) for heading in (ROW_IN_THE_FILE, WHAT_TO_CORRECT) for form in spellings(heading)}
