"""A comparison as a workbook: a sheet of the laboratories with their verdicts, and one of all submissions."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment

from bureau.workbooks import dress, dress_header, fit_height, font, put, set_up_print, sheet_name
from standards.comparison_table import NOTHING, points
from standards.comparisons import Evaluation

HEADER_ROW = 5
CENTRE = Alignment(horizontal="center", vertical="center")
RIGHT = Alignment(horizontal="right", vertical="center")
WRAP = Alignment(vertical="center", wrap_text=True)


def build(evaluation: Evaluation, *, by: Any) -> Workbook:
    """Two sheets, in the active language. Numbers of results stand as they were handed in."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.creator = str(by)
    workbook.properties.title = str(evaluation.comparison)
    _write_laboratories(workbook, evaluation)
    _write_results(workbook, evaluation)
    return workbook


def _write_laboratories(workbook: Workbook, evaluation: Evaluation) -> None:
    headers = [_("Laboratory code"), _("Laboratory"), _("Part in the comparison"), _("Verdict"), _("Follow-up")]
    sheet = _sheet(workbook, _("Laboratories"), evaluation, headers, (14, 36, 18, 14, 50))
    row = HEADER_ROW
    for participant in evaluation.participants:
        row += 1
        followed = [each for each in evaluation.follow_ups if each.participant_id == participant.pk]
        cells = (
            participant.lab_code,
            participant.name,
            participant.get_role_display(),
            evaluation.verdicts[participant.pk].label,
            "\n".join(_follow_up(each) for each in followed) or NOTHING,
        )
        _write(sheet, row, cells, alignments=(CENTRE, WRAP, WRAP, CENTRE, WRAP))
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"E{row}")


def _follow_up(follow_up: Any) -> str:
    if follow_up.settled_on:
        return _("settled on %(day)s: %(outcome)s") % {"day": follow_up.settled_on, "outcome": follow_up.outcome}
    return _("due on %(day)s") % {"day": follow_up.due_on}


def _write_results(workbook: Workbook, evaluation: Evaluation) -> None:
    headers = [
        _("Measurement point"),
        _("Unit"),
        _("Reference value"),
        _("U of the reference value"),
        _("Laboratory code"),
        _("Laboratory"),
        _("Submission"),
        _("Submitted on"),
        _("Result"),
        "U",
        "k",
        _("Deviation"),
        "En",
        _("Verdict"),
        _("Notes"),
    ]
    widths = (18, 8, 14, 14, 12, 28, 9, 12, 14, 12, 7, 12, 9, 12, 36)
    sheet = _sheet(workbook, _("Results"), evaluation, headers, widths)
    row = HEADER_ROW
    for point in points(evaluation):
        for line in point.lines:
            row += 1
            stated = (point.name, point.unit, point.reference, point.expanded, line.code, line.name)
            handed_in = (
                line.submission or NOTHING,
                line.submitted_on or NOTHING,
                line.value,
                line.uncertainty,
                line.factor,
            )
            notes = "\n".join([*line.notes, *([point.problem] if point.problem else [])])
            cells = (*stated, *handed_in, line.deviation, line.en, line.verdict, notes)
            numbers = {3, 4, 9, 10, 11, 12, 13}
            alignments = tuple(RIGHT if column in numbers else WRAP for column in range(1, len(cells) + 1))
            _write(sheet, row, cells, alignments=alignments)
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"O{row}")


def _sheet(workbook: Workbook, name: str, evaluation: Evaluation, headers: list[str], widths: tuple[int, ...]) -> Any:
    comparison, rule = evaluation.comparison, evaluation.rule
    sheet = workbook.create_sheet(sheet_name(name))
    put(sheet["A1"], str(comparison))
    sheet["A1"].font = font(bold=True, size=16)
    put(sheet["A2"], f"{comparison.organiser} · {comparison.transfer_standard}")
    judged = _("Judged by %(rule)s: |En| ≤ %(limit)s") % {"rule": rule, "limit": f"{rule.limit:g}"} if rule else ""
    made = _("Made at %(time)s") % {"time": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    put(sheet["A3"], " · ".join(text for text in (judged, made) if text))
    for address in ("A2", "A3"):
        sheet[address].font = font(size=10)
    for column, (header, width) in enumerate(zip(headers, widths, strict=True), start=1):
        cell = sheet.cell(HEADER_ROW, column)
        put(cell, header)
        dress_header(cell)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    return sheet


def _write(sheet: Any, row: int, cells: tuple[Any, ...], *, alignments: tuple[Alignment, ...]) -> None:
    for column, (value, alignment) in enumerate(zip(cells, alignments, strict=True), start=1):
        cell = sheet.cell(row, column)
        put(cell, value)
        dress(cell, alignment=alignment, number_format="yyyy-mm-dd" if hasattr(value, "isoformat") else "")
    fit_height(sheet, row)
