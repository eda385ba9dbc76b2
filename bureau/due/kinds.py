"""Kinds of due dates: what has to be done by a day, said once.

An app keeps its own in its module ``due``; one class is one kind::

    @register
    class CertificateExpiry(DueKind):
        key = "standards.certificate"
        label = _("Re-examination of a standard")
        model = MeasurementStandard
        due_path = "valid_until"
        condition = Q(state__in=IN_SERVICE)

From this one class follow the list and its filters, the workbook, the calendar, the panel and the mail.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from bureau import scoping
from bureau.dates import add_months
from bureau.models import Record
from bureau.models.record import standing


class DueKind:
    """Rows of one model with a day by which something has to be done: that day is the last good one.

    ``condition`` says which rows still wait for it; voided rows, and rows of voided records, are left out anyhow. No
    path may lead to several rows. A kind whose open rows are no plain condition (the latest trace of a device)
    extends ``open_rows``.
    """

    key: ClassVar[str] = ""
    label: ClassVar[str | Promise] = ""
    model: ClassVar[type[Model]]
    due_path: ClassVar[str] = ""
    condition: ClassVar[Q] = Q()
    related: ClassVar[tuple[str, ...]] = ()

    @property
    def permission(self) -> str:
        opts = self.model._meta
        return f"{opts.app_label}.view_{opts.model_name}"

    @property
    def region_path(self) -> str:
        return scoping.region_path(self.model)

    @property
    def office_path(self) -> str:
        return scoping.office_path(self.model)

    def open_rows(self) -> QuerySet:
        dated = Q((f"{self.due_path}__isnull", False))
        return self.model._default_manager.filter(standing(self.model), self.condition, dated).order_by()

    def rows(self, user: Any) -> QuerySet:
        """The open rows that the reader may see; none without the right to view the model."""
        if not user.has_perm(self.permission):
            return self.model._default_manager.none()
        # What everybody may look up is not everybody's to see to: only what lies or is kept below their own office.
        return scoping.open_to(self.open_rows(), user)

    def with_all(self, keys: Any) -> QuerySet:
        """Rows by their keys, with what a line of the list shows."""
        related = dict.fromkeys((self.region_path, self.office_path, *self.related))
        return self.model._default_manager.filter(pk__in=keys).select_related(*related)

    # What a line of the list says of a row -------------------------------------------------------

    def title(self, row: Any) -> str:
        return str(row)

    def holder(self, row: Any) -> str:
        """Whose it is: a unit's name, or nothing."""
        return ""

    def url(self, row: Any) -> str:
        """The page of the record on which the row stands."""
        record = row
        while not isinstance(record, Record):
            record = getattr(record, record.PARENT)
        opts = record._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])

    def revised_at(self, row: Any) -> datetime:
        return row.updated_at


_kinds: dict[str, DueKind] = {}


def register(kind_class: type[DueKind]) -> type[DueKind]:
    """Raises ``ValueError`` for what is blank or taken."""
    name = kind_class.__name__
    if not (kind_class.key and str(kind_class.label) and kind_class.due_path and hasattr(kind_class, "model")):
        raise ValueError(f"{name} needs a key, a label, a model and the path of its day.")
    if kind_class.key in _kinds:
        raise ValueError(f"The due dates {kind_class.key!r} are registered twice.")
    _kinds[kind_class.key] = kind_class()
    return kind_class


def every() -> list[DueKind]:
    """All kinds, by their key: the order of a list must not hang on that of imports."""
    return [_kinds[key] for key in sorted(_kinds)]


def find(key: str) -> DueKind | None:
    return _kinds.get(key)


def warning_months() -> list[int]:
    """The warning levels (a setting), the nearest first."""
    return sorted(settings.DUE_WARNING_MONTHS)


def last_day(months: int, on: date | None = None) -> date:
    """Until when something counts as due within so many months."""
    return add_months(on or timezone.localdate(), months)
