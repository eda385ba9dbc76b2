"""What the tests of the year-end workbook stand on: its sheets as a program finds them, and records that fill them."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bureau.reporting.lines import NOTHING, lines
from bureau.reporting.periods import Period
from bureau.reporting.workbook import build
from bureau.reporting.workbook.look import HEADER_ROW
from tests.figure_makers import make_defined, make_entered, make_target

YEAR = Period.year(2016)
HOSTILE = '=HYPERLINK("http://x","新建")'


@dataclass
class Sheets:
    """The sheets in their order; a saved workbook read again, so that it is what a program finds."""

    workbook: object

    @classmethod
    def of(cls, summary, **options):
        content = BytesIO()
        build(summary, **options).save(content)
        content.seek(0)
        return cls(load_workbook(content))

    @property
    def all(self):
        return self.workbook.worksheets

    @property
    def cover(self):
        return self.all[0]

    @property
    def totals(self):
        return self.all[1]

    @property
    def regions(self):
        return self.all[2]

    @property
    def sections(self):
        return self.all[3:-2]

    @property
    def definitions(self):
        return self.all[-2]

    @property
    def trace(self):
        return self.all[-1]


def publish(make_standard, cast):
    """Standards of three places, tiers and fields in two years, with targets that are missed, reached and limits."""
    for number in range(10):
        by = (cast.clerk_province, cast.clerk_a, cast.clerk_b)[number % 3]
        tier = "provincial" if by is cast.clerk_province else "municipal"
        make_standard(by=by, tier=tier, field_id=("01", "12", "51")[number % 3], issued_on=date(2016, 5, number + 1))
    make_standard(by=cast.clerk_a, issued_on=date(2015, 5, 1))
    make_standard(by=cast.clerk_b, issued_on=date(2015, 6, 1), grade="highest")
    by = cast.clerk_province
    days = {"by": by, "begins_on": date(2016, 1, 1), "ends_on": date(2016, 12, 31)}
    make_target(cast, **days, value=12)
    make_target(cast, **days, indicator="standards.in_force", value=12)
    make_target(cast, **days, indicator="standards.highest_in_force", value="0", sense="at_most")
    make_target(cast, **days, indicator="standards.fields_covered", value="1.5", sense="at_most")
    make_entered(cast, by=by, indicator="energy.intensity_decline", value="3.25")
    make_defined(cast, by=by, label=HOSTILE, definition="=1+1", narrowed_to="tier=municipal")
    make_defined(
        cast, by=by, label="市级占比", way="rate", of="standards.established", narrowed_to="tier=municipal",
        divided_by="standards.established", divisor_narrowed_to="", unit="%", decimals=2,
    )  # fmt: skip


def shown(value):
    return NOTHING if value is None else pytest.approx(float(value), abs=1e-9)


def values_of(sheet, row, columns):
    return [sheet[f"{column}{row}"].value for column in columns]


def years_columns(count):
    return [get_column_letter(10 + number) for number in range(count)]


def placed(sheet, summary):
    """Each line of the summary with its row on the totals; a row over each section is passed over."""
    row = HEADER_ROW
    for _section, figures in summary.sections:
        row += 1
        for line in lines(figures):
            row += 1
            yield row, line
