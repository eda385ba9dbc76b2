"""A page of records: by the numbers of its rows, so that what is added meanwhile moves nothing.

Which rows it has is decided by their numbers alone, within the scope; then they are read as their sheet wants them. So
a page asks the same number of queries, whatever it holds.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from bureau import scoping
from bureau.api.schemas import Page
from bureau.api.values import values_of
from bureau.exchange.sheets import Sheet

OFFICE, REGION = "code_of_office", "code_of_region"


def changed_since(model: type[Model], moment: datetime) -> Q:
    """Rows that were changed then or later, or that hang on such a record: with it they may have left the list."""
    condition, path = Q(), ""
    while True:
        condition |= Q((f"{path}updated_at__gte", moment))
        if scoping.scope_of(model) != scoping.AS_PARENT:
            return condition
        parent: Any = model._meta.get_field(model.PARENT)  # type: ignore[attr-defined]
        model, path = parent.related_model, f"{path}{parent.name}__"


def cut(rows: QuerySet, asked: Page, *, newest_first: bool = False) -> tuple[list[int], int | None]:
    """The numbers of a page's rows, and the last of them if there are more."""
    if asked.after:
        rows = rows.filter(pk__lt=asked.after) if newest_first else rows.filter(pk__gt=asked.after)
    order = "-pk" if newest_first else "pk"
    keys = list(rows.order_by(order).values_list("pk", flat=True)[: asked.limit + 1])
    return keys[: asked.limit], keys[asked.limit - 1] if len(keys) > asked.limit else None


def gone(model: type[Model], keys: list[int]) -> dict[int, dict[str, Any]]:
    """What is told of rows that are not in the list (any more), by number; when each was voided, if it was."""
    rows = model._default_manager.filter(pk__in=keys).values_list("pk", "version", "voided_at")
    return {
        key: {"id": key, "voided": True, "version": version} | ({"voided_at": moment} if moment else {})
        for key, version, moment in rows
    }


def read(rows: QuerySet, keys: list[int]) -> list[Any]:
    """Those of ``rows`` with these numbers, in their order, with the codes of office and region."""
    model = rows.model
    codes = {OFFICE: F(f"{scoping.office_path(model)}__code"), REGION: F(f"{scoping.region_path(model)}_id")}
    return list(rows.filter(pk__in=keys).annotate(**codes).order_by("pk"))


def written(sheet: Sheet | None, rows: list[Any]) -> dict[int, dict[str, Any]]:
    """The rows as JSON, by number; without a sheet they have no values."""
    values = values_of(sheet, rows) if sheet and rows else [None] * len(rows)
    return {row.pk: {**_heading(row), "values": each} for row, each in zip(rows, values, strict=True)}


def _heading(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "office": getattr(row, OFFICE),
        "region": getattr(row, REGION),
        "changed_at": row.updated_at,
    }
