"""The way back: of each figure the filter in words and as an address asks for it, and how many records it opens."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bureau.models.region import region_tree
from bureau.reporting import regions, versions
from bureau.reporting.figures import Figure
from bureau.reporting.indicators import BaseIndicator, Indicator, Rate
from bureau.reporting.intervals import Between
from bureau.reporting.lines import NOTHING, Line, lines
from bureau.reporting.measures import Stated
from bureau.reporting.record_counts import RecordCounts
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import look
from bureau.reporting.workbook.look import FIRST_ROW, HEADER_ROW, Contents, Place
from bureau.workbooks import fit_height, set_up_print

WIDTHS = (34, 31, 58, 47, 11, 10, 9)


@dataclass(frozen=True)
class Traced:
    """A figure or part of one, a rate's numerator or denominator; ``depth`` of the label below that of the figure.

    ``records`` is None for a rate: its two figures follow with theirs.
    """

    indicator: BaseIndicator
    label: str
    words: str
    path: str
    records: int | None
    depth: int

    @property
    def query(self) -> str:
        return urlsplit(self.path).query


def add(workbook: Workbook, summary: Summary, address: str) -> Contents:
    """``address`` is that of the system; without one the path alone is written, which leads nowhere by itself."""
    sheet = look.add_sheet(workbook, _("Trace"), summary)
    labels = [
        _("Figure"),
        _("Key"),
        _("What is counted"),
        _("Query of the address"),
        _("Version"),
        _("Records"),
        _("Link to the records"),
    ]
    widths = WIDTHS if address else (*WIDTHS[:-1], 60)
    look.headers(sheet, labels, widths)
    sheet.freeze_panes = f"B{FIRST_ROW}"
    places: dict[str, Place] = {}
    row = HEADER_ROW
    for traced in every(summary):
        row += 1
        _write(sheet, row, traced, address.rstrip("/"))
        if not traced.depth:
            places[traced.indicator.key] = Place(sheet.title, row)
    row += 1
    look.note(sheet, row, _("Records: as many as the page of the figure lists, whatever is added up of them."))
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"G{row}")
    told = _("Of every figure the filter, its version, the number of records behind it and the way to exactly these.")
    return Contents(sheet, told, places)


def every(summary: Summary) -> Iterator[Traced]:
    """In the order of the totals: figures, the parts that they are shown by, and what rates are made of."""
    counts = RecordCounts(summary.figures, summary.made_by)
    for line in lines(summary.figures):
        indicator = line.figure.indicator
        if isinstance(indicator, Rate):
            yield _traced(line, indicator, None)
            yield from _made_of(line, indicator, counts)
        else:
            assert isinstance(indicator, Indicator)
            yield _traced(line, indicator, counts.of(indicator, line.dimension, line.part))


def _traced(line: Line, indicator: BaseIndicator, records: int | None) -> Traced:
    words = filter_in_words(line.figure, line.dimension, line.part)
    return Traced(indicator, line.label, words, line.url, records, depth=int(line.is_part))


def _made_of(line: Line, rate: Rate, counts: RecordCounts) -> Iterator[Traced]:
    for role, part in zip((_("Numerator"), _("Denominator")), rate.parts, strict=True):
        figure = replace(line.figure, indicator=part)
        yield Traced(
            part,
            str(part.label) if part.key.startswith(f"{rate.key}.") else _pair(role, part.label),
            filter_in_words(figure, line.dimension, line.part),
            figure.url(line.dimension, line.part),
            counts.of(part, line.dimension, line.part),
            depth=1 + line.is_part,
        )


def filter_in_words(figure: Figure, dimension: str = "", part: str = "") -> str:
    """What counts, where, when, and to which values it is narrowed."""
    indicator = figure.indicator
    narrowed = {**figure.values, **({dimension: part} if dimension else {})}
    stated = [
        _pair(indicator.dimension(name).label, figure.labels[name].get(value, value))
        for name, value in narrowed.items()
    ]
    where_and_when = [_where(figure), _when(figure)]
    if isinstance(indicator, Rate) and not dimension:
        above, below = indicator.parts
        stated = [_("%(above)s divided by %(below)s") % {"above": above.label, "below": below.label}, *stated]
    definition = "" if dimension else str(indicator.definition)
    return "\n".join(filter(None, [definition, _("; ").join([*where_and_when, *stated])]))


def _pair(name: Any, value: Any) -> str:
    return _("%(name)s: %(value)s") % {"name": name, "value": value}


def _where(figure: Figure) -> str:
    is_alone = isinstance(getattr(figure.indicator, "measure", None), Stated)
    if figure.own_level or is_alone:
        return f"{regions.own_level_name(figure.region)} ({figure.region})"
    return f"{region_tree().places[figure.region].name} ({figure.region})"


def _when(figure: Figure) -> str:
    indicator, period = figure.indicator, figure.period
    if indicator.is_stock:
        interval = getattr(indicator, "interval", None)
        return _("as of %(day)s") % {"day": interval.day(period) if isinstance(interval, Between) else period.last}
    counted = period.since(getattr(indicator, "since", None))
    return _("%(first)s to %(last)s") % {"first": counted.first, "last": counted.last}


def _write(sheet: Worksheet, row: int, traced: Traced, address: str) -> None:
    depth = (look.WRAPPED, look.PART, look.DEEPER)[traced.depth]
    look.text(sheet.cell(row, 1), traced.label, depth, bold=not traced.depth)
    look.text(sheet.cell(row, 2), traced.indicator.key)
    look.text(sheet.cell(row, 3), traced.words)
    look.text(sheet.cell(row, 4), traced.query)
    look.text(sheet.cell(row, 5), versions.of(traced.indicator), look.CENTRE)
    if traced.records is None:
        look.text(sheet.cell(row, 6), NOTHING, look.RIGHT)
    else:
        look.number(sheet.cell(row, 6), traced.records, 0)
    if address:
        look.link(sheet.cell(row, 7), address + traced.path, _("open"))
    else:
        look.text(sheet.cell(row, 7), traced.path)
    fit_height(sheet, row)
