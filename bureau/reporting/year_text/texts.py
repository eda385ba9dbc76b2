"""Which wording holds for an office, a region and a period, and what its figures say today."""

from datetime import date
from io import BytesIO
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import override

from bureau import bulk, records, scoping
from bureau.models import Office, Staff
from bureau.models.record import NOT_VOIDED
from bureau.reporting import regions
from bureau.reporting.answers import answers, day_text
from bureau.reporting.marks import LANGUAGE
from bureau.reporting.models import SummaryText
from bureau.reporting.periods import Period
from bureau.reporting.year_text.paper import paper
from bureau.reporting.year_text.reading import Bound, marks_of, shown_by
from bureau.reporting.year_text.wording import SHIPPED


class YearText:
    """``row`` is None where nobody edited the wording. ``user``: the reader, whose scope the figures keep to; None:
    everything in the region, and the wording of the administration there. Raises what ``compute`` raises."""

    def __init__(self, region: str, period: Period, *, user: Staff | None = None) -> None:
        self.place, self.period, self.user = regions.place(region), period, user
        self.row = self._row()
        self.body = (self.row.body if self.row else "") or SHIPPED
        self.bind(self.body)

    def bind(self, body: str) -> None:
        """The figures to a wording, kept or about to be."""
        marks = marks_of(body, self.place.code)
        self.found = answers(marks.values(), self.place.code, self.period, user=self.user)
        shown = self.row.shown if self.row else {}
        self.bound = Bound(body, self.place.code, self.found, shown)

    def _row(self) -> SummaryText | None:
        rows: QuerySet = SummaryText.objects.filter(NOT_VOIDED, begins_on=self.period.first, ends_on=self.period.last)
        if self.user is not None:
            rows = scoping.visible_to(rows, self.user).filter(office=self.user.office)
        own = When(office__region=self.place.code, then=Value(0))
        nearest = Case(own, default=Value(1), output_field=IntegerField())
        return rows.filter(region=self.place.code).order_by(nearest, "pk").select_related("office").first()

    def note_shown(self) -> None:
        """From now on sentences are compared with the numbers of today. No entry of anybody's: no new version."""
        if self.row is not None:
            self.row.shown = shown_by(self.found)
            bulk.update([self.row], ["shown"])

    def keep(self, body: str, *, by: Staff) -> SummaryText:
        """The wording of the user's office, which is checked already. Raises ``Outdated``."""
        office: Any = by.office
        row = self.row or SummaryText(
            office=office, region_id=self.place.code, begins_on=self.period.first, ends_on=self.period.last
        )
        row.body = body
        row.shown = shown_by(self.found)
        self.row = records.save(row, by=by)
        self.note_shown()
        return self.row

    def paper(self, day: date | None = None) -> BytesIO:
        with override(LANGUAGE):
            signed = str(self._office() or "")
            return paper(self.bound.printed, signed=signed, day=day_text(day or timezone.localdate()))

    def _office(self) -> Office | None:
        """Who signs: the office whose wording it is, or that of the reader."""
        if self.row is not None:
            return self.row.office
        return self.user.office if self.user else None

    @property
    def shipped(self) -> str:
        return SHIPPED

    @property
    def file_name(self) -> str:
        with override(LANGUAGE):
            return f"{self.place.name}{self.period.label}计量工作总结.docx"
