"""What every figure counts, in words, and the version of that."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from bureau.reporting import versions
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import look
from bureau.reporting.workbook.look import FIRST_ROW, HEADER_ROW, Contents, Place
from bureau.workbooks import fit_height, set_up_print

WIDTHS = (27, 31, 11, 20, 56, 26, 8, 11)


def add(workbook: Workbook, summary: Summary) -> Contents:
    sheet = look.add_sheet(workbook, pgettext("sheet", "Definitions"), summary)
    labels = [
        _("Figure"), _("Key"), _("Unit"), _("Counted"), _("Definition"), _("Basis"), _("Parts add up"), _("Version")
    ]  # fmt: skip
    look.headers(sheet, labels, WIDTHS)
    sheet.freeze_panes = f"B{FIRST_ROW}"
    places: dict[str, Place] = {}
    row = HEADER_ROW
    for section, figures in summary.sections:
        row += 1
        look.band(sheet, row, str(section.label), len(labels))
        for figure in figures:
            row += 1
            each = figure.indicator
            adds_up = _("yes") if each.is_additive else _("no")
            told = (each.label, each.key, each.unit, each.kind.label, each.definition, each.basis, adds_up)
            for column, text in enumerate((*told, versions.of(each)), start=1):
                look.text(sheet.cell(row, column), text, look.TOP)
            fit_height(sheet, row)
            places[each.key] = Place(sheet.title, row)
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"H{row}")
    return Contents(sheet, _("What every figure counts, its basis, and the version of its definition."), places)
