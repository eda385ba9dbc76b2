"""All forms of JJF 1356, annex B, of an audit as a workbook, in the active language: one sheet a form."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bureau.workbooks import dress, dress_header, fit_height, font, put, set_up_print, sheet_name
from enterprises.models import Level
from enterprises.models.metered_energy import JUDGED_LEVELS
from inspections.audit_forms import AuditForms
from inspections.equipping import Cell
from inspections.models import EnergyMeter

HEADER_ROW = 4
TEXT = Alignment(vertical="center", wrap_text=True)
DAY = Alignment(horizontal="center", vertical="center")
NUMBER = Alignment(horizontal="right", vertical="center")


class Form(NamedTuple):
    """``columns``: heading and width; ``note`` stands under the title; ``groups``: headings above, each over so many
    columns; ``total``: the last row is the sum of the others."""

    number: str
    title: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    groups: Sequence[tuple[str, int]] = ()
    total: bool = False


def build(forms: AuditForms, *, by: Any) -> Workbook:
    """B.1 to B.10, and a sheet with the numbers declared and computed."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title = str(forms.audit)
    workbook.properties.creator = str(by or "")
    for form in all_forms(forms):
        _write(workbook.create_sheet(sheet_name(form.number)), form, forms)
    return workbook


def all_forms(forms: AuditForms) -> list[Form]:
    levels = (Level.UNIT, Level.SUB_UNIT, Level.EQUIPMENT, Level.SUB_ITEM)
    titles = (
        _("Meters at the limits of the unit (level 1)"),
        _("Meters of main sub-units (level 2)"),
        _("Meters of main equipment (level 3)"),
        _("Other meters (sub-items)"),
    )
    of_levels = [
        _meters(f"B.{number}", title, forms.meters_at(level))
        for number, level, title in zip(range(4, 8), levels, titles, strict=True)
    ]
    return [
        _staff(forms),
        _equipment(forms),
        _meters("B.3", _("Energy meters"), forms.meters),
        *of_levels,
        _rates(forms),
        _classes(forms),
        _consumption(forms),
        _numbers(forms),
    ]


def _staff(forms: AuditForms) -> Form:
    columns = ((_("Name of the person"), 14), (_("File no."), 16), (_("Qualification"), 30), (_("Certificate no."), 24),
               (_("File opened on"), 14), (_("Remark"), 30))  # fmt: skip
    rows = [
        (row.name, row.file_no, row.qualification, row.certificate_no, row.archived_on, row.remark)
        for row in forms.staff
    ]
    return Form("B.1", _("Staff of energy metering"), columns, rows)


def _equipment(forms: AuditForms) -> Form:
    columns = ((_("Equipment no."), 14), (_("Equipment"), 24), (_("Model"), 18), (_("Department"), 18),
               (_("Metered energy"), 14), (_("Rated power or use"), 18), (_("Quantity"), 10), (_("Process"), 20),
               (_("Remark"), 24))  # fmt: skip
    rows = [
        (row.number, row.name, row.model, str(row.department or ""), str(row.energy), row.rated_shown, row.quantity,
         row.process, row.remark)
        for row in forms.equipment
    ]  # fmt: skip
    return Form("B.2", _("Main energy-using equipment"), columns, rows)


def _meters(number: str, title: str, meters: Iterable[EnergyMeter]) -> Form:
    columns = ((_("Name"), 12), (_("Model"), 12), (_("Accuracy class"), 9), (_("Measuring range"), 13),
               (_("Manufacturer"), 18), (_("Serial no."), 12), (_("Unit's own no."), 12), (_("Place and use"), 20),
               (_("Period or interval, months"), 11), (_("Last verified or calibrated on"), 13),
               (_("Valid until"), 13), (_("State"), 8), (_("Metered energy"), 10), (_("Level"), 16))  # fmt: skip
    rows = [
        (row.name, row.model, row.accuracy_class, row.measuring_range, row.maker, row.serial_no, row.own_no, row.place,
         row.interval_months, row.last_verified_on, row.valid_until, row.get_state_display(), str(row.energy),
         row.get_level_display())
        for row in meters
    ]  # fmt: skip
    return Form(number, title, columns, rows)


def _rates(forms: AuditForms) -> Form:
    heads = (_("Asked for, %"), _("Needed"), _("Installed"), _("Actual, %"), _("Exempt"))
    columns = [(_("Metered energy"), 14.0), *((head, 9.0) for _level in JUDGED_LEVELS for head in heads)]
    groups = [("", 1), *((str(level.label), len(heads)) for level in JUDGED_LEVELS)]
    rows = [
        (
            str(row.energy) if row.energy else _("All together"),
            *(value for _level, cell in row.cells for value in _cell(cell)),
        )
        for row in forms.standing.rows
    ]
    return Form("B.8", _("Equipping with energy meters"), columns, rows, _judged(forms), groups, total=True)


def _cell(cell: Cell) -> tuple[Any, ...]:
    return _plain(cell.asked), cell.needed, cell.installed, cell.shown, cell.exempt


def _classes(forms: AuditForms) -> Form:
    columns = ((_("Use of the meter"), 40), (_("Class asked for"), 14), (_("Meters"), 10), (_("Class met"), 10),
               (_("Class not met"), 10), (_("Class cannot be compared"), 14))  # fmt: skip
    rows = [
        (
            str(line.use) if line.use else _("Use not stated"),
            line.asked,
            *(line.meters, line.met, line.not_met, line.unknown),
        )
        for line in forms.standing.uses
    ]
    return Form("B.9", _("Accuracy classes of energy meters"), columns, rows, _judged(forms))


def _consumption(forms: AuditForms) -> Form:
    columns = ((_("Energy"), 20), (_("Used for"), 18), (_("Unit of measure"), 12), (_("Stock at the beginning"), 14),
               (_("Bought in"), 14), (_("Amount"), 14), (_("Stock at the end"), 14),
               (_("Equivalent value, tce"), 16), (_("Share, %"), 10))  # fmt: skip
    found = forms.balance
    lines = {line.row.pk: line for line in found.lines} if found else {}
    rows = []
    for row in forms.consumption:
        line = lines.get(row.pk)
        tce = line.equivalent.tce if line and line.equivalent else None
        amounts = [_plain(value) for value in (row.stock_before, row.bought, row.amount, row.stock_after)]
        share = line.share if line else None
        rows.append((str(row.energy), row.get_purpose_display(), row.unit, *amounts, _two_places(tce), share))
    if found and found.equivalent is not None:
        shares = sum((line.share for line in found.lines if line.share is not None), Decimal(0))
        rows.append((_("All together"), *[None] * 6, _two_places(found.equivalent), shares))
    note = _("Of the year %(year)s.") % {"year": forms.year.year} if forms.year else _("No year is on record.")
    return Form(
        "B.10", _("Energy bought, used and in stock"), columns, rows, note, total=len(rows) > len(forms.consumption)
    )


def _numbers(forms: AuditForms) -> Form:
    columns = (
        (_("Number in the forms"), 60),
        (_("Declared"), 14),
        (_("Computed"), 14),
        (_("Declared less computed"), 14),
    )
    rows = [
        (each.label, each.declared, each.computed,
         each.declared - (each.computed or 0) if each.declared is not None else None)
        for each in forms.numbers
    ]  # fmt: skip
    return Form(_("Declared and computed"), _("Numbers declared by the unit beside those of its rows"), columns, rows)


def _judged(forms: AuditForms) -> str:
    """By what is judged, or why nothing is."""
    rules = forms.standing.rules
    return " ".join(rules.problems) or _("Judged by %(edition)s.") % {"edition": rules.edition}


def _two_places(value: Any) -> Any:
    return None if value is None else round(value, 2)


def _plain(value: Decimal | None) -> Decimal | None:
    """Without zeros at its end: a cell shows as many places as its value has."""
    return None if value is None else Decimal(f"{value.normalize():f}")


# On the sheet -------------------------------------------------------------------------------------


def _write(sheet: Worksheet, form: Form, forms: AuditForms) -> None:
    put(sheet["A1"], f"{form.number} {form.title}" if form.number != form.title else form.title)
    sheet["A1"].font = font(bold=True, size=16)
    said = {"unit": forms.unit.enterprise.name, "audit": forms.audit.number, "day": forms.day.isoformat()}
    put(sheet["A2"], _("%(unit)s; audit %(audit)s; as on %(day)s.") % said)
    put(sheet["A3"], " ".join(filter(None, (form.note, "" if form.rows else _("None is on record.")))))
    for address in ("A2", "A3"):
        sheet[address].font = font(size=10)
    header_row = HEADER_ROW + bool(form.groups)
    for column, (heading, width) in enumerate(form.columns, start=1):
        put(sheet.cell(header_row, column), heading)
        dress_header(sheet.cell(header_row, column))
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit_height(sheet, header_row)
    _group(sheet, form)
    sheet.freeze_panes = f"B{header_row + 1}"
    last = header_row
    for last, values in enumerate(form.rows, start=header_row + 1):
        _line(sheet, last, values, bold=form.total and last == header_row + len(form.rows))
    end = f"{get_column_letter(len(form.columns))}{max(last, header_row + 1)}"
    set_up_print(sheet, header_row=header_row, last_cell=end)
    sheet.print_title_rows = f"{HEADER_ROW}:{header_row}"


def _group(sheet: Worksheet, form: Form) -> None:
    """Headings above those of the columns; a column without one has its own in both rows."""
    column = 1
    for heading, count in form.groups:
        cells = [sheet.cell(HEADER_ROW, place) for place in range(column, column + count)]
        put(cells[0], heading or sheet.cell(HEADER_ROW + 1, column).value)
        for cell in cells:
            dress_header(cell)
        bottom = HEADER_ROW if heading else HEADER_ROW + 1
        sheet.merge_cells(start_row=HEADER_ROW, start_column=column, end_row=bottom, end_column=column + count - 1)
        column += count


def _line(sheet: Worksheet, row: int, values: Sequence[Any], *, bold: bool) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        put(cell, value)
        if value is None or isinstance(value, str):
            dress(cell, bold=bold, alignment=TEXT)
        elif isinstance(value, date):
            dress(cell, bold=bold, alignment=DAY, number_format="yyyy-mm-dd")
        else:
            dress(cell, bold=bold, alignment=NUMBER, number_format=_format(value))
    fit_height(sheet, row)


def _format(value: int | Decimal) -> str:
    """Thousands apart, and as many places as the value has."""
    places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return f"#,##0.{'0' * places}" if places > 0 else "#,##0"
