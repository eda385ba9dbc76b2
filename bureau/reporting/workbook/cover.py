"""The first sheet: what this workbook is about, from whose records, by which definitions, and what stands where."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from bureau.reporting import versions
from bureau.reporting.differences.note import carried_to, note_of
from bureau.reporting.lines import NOTHING
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import look
from bureau.workbooks import HEADER_FILL, font, height_for, put, set_up_print, sheet_name

WIDTHS = (28, 84, 14)
TITLE_ROW = 2
FIRST_STATED = 4
SEAL_DIGITS = 16


def begin(workbook: Workbook) -> Worksheet:
    """It comes first and is written last."""
    return workbook.create_sheet(sheet_name(_("Cover")))


def write(sheet: Worksheet, summary: Summary, contents: Sequence[look.Contents]) -> None:
    _write_title(sheet, summary)
    row = FIRST_STATED
    for label, told in _stated(summary):
        _write_stated(sheet, row, label, told)
        row += 1
    row = header_row = row + 1
    look.headers(sheet, [_("Sheet"), _("What stands there"), _("Figures")], WIDTHS, header_row)
    sheet.row_dimensions[header_row].height = 22
    for each in contents:
        row += 1
        look.link(sheet.cell(row, 1), each.sheet.title, each.sheet.title, inside=True)
        look.text(sheet.cell(row, 2), each.told)
        look.number(sheet.cell(row, 3), len(each.places), 0)
        sheet.row_dimensions[row].height = 20
    sheet.sheet_view.showGridLines = False
    set_up_print(sheet, header_row=header_row, last_cell=f"C{row}")


def _write_title(sheet: Worksheet, summary: Summary) -> None:
    cell = sheet.cell(TITLE_ROW, 1)
    put(cell, look.title(summary))
    cell.font = font(bold=True, size=22)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=TITLE_ROW, start_column=1, end_row=TITLE_ROW, end_column=len(WIDTHS))
    sheet.row_dimensions[TITLE_ROW].height = 64


def _stated(summary: Summary) -> list[tuple[str, str]]:
    region, period, person = summary.region, summary.period, summary.made_by
    version = versions.of_all(figure.indicator for figure in summary.figures)
    return [
        (_("Region"), f"{region.full_name or region.name} ({region.code})"),
        (_("Days counted"), look.days(summary)),
        (_("Whose records"), _whose(summary)),
        (_("Made at"), f"{timezone.localtime(summary.made_at):%Y-%m-%d %H:%M}"),
        (_("Made by"), look.name_of(person) if person else NOTHING),
        (_("Compared with"), _("the same days of the year before: %(period)s") % {"period": period.previous.label}),
        (_("Version of the definitions"), version),
        (_("Frozen year"), _frozen(summary)),
        *_carried(summary),
        (_("Number of figures"), str(len(summary.figures))),
    ]


def _frozen(summary: Summary) -> str:
    note = note_of(summary.figures)
    if note is None:
        return _("The figures of these days are not frozen.")
    stated = {
        "number": note.frozen.number,
        "at": f"{timezone.localtime(note.frozen.frozen_at):%Y-%m-%d %H:%M}",
        "seal": note.frozen.seal[:SEAL_DIGITS],
        "count": note.count,
    }
    if not note.count:
        return _("Version %(number)s of %(at)s, seal %(seal)s: the figures are those.") % stated
    return _("Version %(number)s of %(at)s, seal %(seal)s: %(count)s figures are others now.") % stated


def _carried(summary: Summary) -> list[tuple[str, str]]:
    carried = carried_to(summary.figures)
    if carried is None:
        return []
    return [(_("Differences left by %(year)s") % {"year": carried.frozen.year}, " · ".join(carried.texts.values()))]


def _whose(summary: Summary) -> str:
    if summary.made_by is None:
        return _("All records that count in the region.")
    return _("The records that count in the region and that %(person)s may see.") % {
        "person": look.name_of(summary.made_by)
    }


def _write_stated(sheet: Worksheet, row: int, label: str, told: str) -> None:
    look.text(sheet.cell(row, 1), label, bold=True)
    sheet.cell(row, 1).fill = HEADER_FILL
    for column in range(2, len(WIDTHS) + 1):
        look.text(sheet.cell(row, column), None)
    put(sheet.cell(row, 2), told)
    sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=len(WIDTHS))
    for letter, width in zip("ABC", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[row].height = max(20, height_for([told], [sum(WIDTHS[1:])]))
