"""A report checked against the figures of a region and year, as the page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from bureau.archives import BadFile
from bureau.models.region_tree import Place
from bureau.reporting import regions
from bureau.reporting.checking.candidates import Frozen
from bureau.reporting.checking.in_text import in_text
from bureau.reporting.checking.in_workbook import in_workbook
from bureau.reporting.checking.likeliest import Likeliest
from bureau.reporting.checking.upload import MOST_NUMBERS, Report
from bureau.reporting.checking.verdicts import Judged, Verdict, counts, figures_of, frozen_values, judged

SALT = "bureau.reporting.checking"


@dataclass(frozen=True)
class Piece:
    """Of the text: words, or a number with the row of the table that judges it."""

    text: str
    number: int = 0
    row: Judged | None = None


@dataclass(frozen=True)
class Checked:
    """``rows`` in the order of the report; ``is_frozen`` says whether the year is."""

    region: Place
    year: int
    report: Report
    rows: list[Judged]
    is_frozen: bool

    @classmethod
    def make(cls, report: Report, region: str, year: int, *, user: Any, frozen: Frozen | None = None) -> "Checked":
        """``frozen``: the values of the frozen year, looked up without it. Raises ``BadFile`` for a report without a
        number, or with more than can be checked at once, and what ``Summary.make`` raises."""
        summary = figures_of(region, year, user)
        values = frozen_values(region, year) if frozen is None else frozen
        likeliest = Likeliest(summary.figures, values)
        found = [*in_text(report.text), *in_workbook(report.sheets, likeliest.names_figure)]
        if not found:
            raise BadFile(_("There is no number in it that could be one of a figure."))
        if len(found) > MOST_NUMBERS:
            raise BadFile(
                _("There are %(count)s numbers; at most %(limit)s can be checked at once. Check it in parts.")
                % {"count": f"{len(found):,}", "limit": f"{MOST_NUMBERS:,}"}
            )
        return cls(regions.place(region), year, report, judged(found, likeliest), bool(values))

    @property
    def counts(self) -> Mapping[Verdict, int]:
        return counts(self.rows)

    def pieces(self) -> Iterator[Piece]:
        """The text with its numbers in place."""
        text, at = self.report.text, 0
        for number, row in enumerate(self.rows, start=1):
            start = row.found.start
            if start < 0:
                continue
            yield Piece(text[at:start])
            at = start + len(row.found.written.text)
            yield Piece(text[start:at], number, row)
        yield Piece(text[at:])


def carried(report: Report) -> str:
    """The report as the page of the result carries it back and forth, since nothing of it is kept here."""
    sheets = [[name, [[_plain(cell) for cell in cells] for cells in rows]] for name, rows in report.sheets]
    return signing.dumps({"text": report.text, "sheets": sheets}, salt=SALT, compress=True)


def brought(text: str) -> Report:
    """Raises ``BadFile`` for what no page of ours carried."""
    try:
        found = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        raise BadFile(_("The report came back incomplete. Check it again.")) from None
    return Report(found["text"], [(name, rows) for name, rows in found["sheets"]])


def _plain(cell: Any) -> Any:
    """Days are no numbers of figures."""
    return "" if isinstance(cell, date) or not isinstance(cell, str | int | float) else cell
