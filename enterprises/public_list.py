"""The red and the black list as they are published: enterprises, never persons."""

from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook

from bureau.workbooks import WRAPPED, dress, dress_header, fit_height, put, set_up_print, sheet_name
from enterprises.models import ListedEnterprise

WIDTHS = (36, 22, 18, 16, 40, 13, 13, 13)
Colour = ListedEnterprise.Colour


def headings() -> list[str]:
    return [
        _("Enterprise"),
        _("Unified social credit code"),
        _("Region"),
        _("Sector"),
        _("Reason of the listing"),
        _("On the list from"),
        _("On the list until"),
        _("Published on"),
    ]


def line(listed: ListedEnterprise) -> list[Any]:
    """What everybody may know of a listing; contacts, remarks and who entered it stay inside."""
    enterprise = listed.enterprise
    return [
        enterprise.name,
        enterprise.credit_code,
        listed.region.name,
        str(listed.sector or ""),
        listed.reason,
        listed.from_on,
        listed.until_on,
        listed.published_on,
    ]


def in_order(rows: QuerySet) -> QuerySet:
    return rows.select_related("enterprise", "region", "sector").order_by("region", "from_on", "pk")


def write(rows: QuerySet, file: IO[bytes]) -> int:
    """One sheet a list. Returns the number of listings."""
    book = Workbook()
    book.remove(book.active)
    count = 0
    for colour in Colour:
        sheet = book.create_sheet(sheet_name(str(colour.label)))
        for place, (heading, width) in enumerate(zip(headings(), WIDTHS, strict=True), start=1):
            put(sheet.cell(1, place), heading)
            dress_header(sheet.cell(1, place))
            sheet.column_dimensions[sheet.cell(1, place).column_letter].width = width
        for number, listed in enumerate(in_order(rows.filter(colour=colour)), start=2):
            for place, value in enumerate(line(listed), start=1):
                put(sheet.cell(number, place), value)
                dress(sheet.cell(number, place), alignment=WRAPPED, number_format="yyyy-mm-dd" if place > 5 else "")
            fit_height(sheet, number)
            count += 1
        sheet.freeze_panes = "A2"
        set_up_print(sheet, header_row=1, last_cell=f"H{max(2, sheet.max_row)}")
    book.save(file)
    return count
