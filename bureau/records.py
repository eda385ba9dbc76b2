"""The only writers of tracked rows: provenance, version and history are kept together, one row or a hundred thousand.

Order of truth: constraint → ``clean()`` → these verbs. They check no permission: pages and importers do, by scope.
"""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Exists, F, FileField, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau import bulk
from bureau.models import Staff, Tracked

Row = TypeVar("Row", bound=Tracked)


class Outdated(Exception):
    """Somebody saved the row after it was read; ``current`` is the row as it stands now."""

    def __init__(self, current: Tracked) -> None:
        super().__init__(f"{current._meta.label} {current.pk} is at version {current.version} now.")
        self.current = current


@transaction.atomic
def save(row: Row, *, by: Staff | None, reason: str = "") -> Row:
    """Insert or update one row. ``row.version`` must be the version that was read.

    Raises ``Outdated`` when the row was changed since.
    """
    now, written = timezone.now(), None
    if row.pk is None:
        row.created_by, row.created_at = by, now
    else:
        current = type(row).objects.select_for_update().get(pk=row.pk)
        if current.version != row.version:
            raise Outdated(current)
        _keep_first(type(row), [row.pk])
        row.version += 1
        written = _own_fields(row)
    row.updated_by, row.updated_at = by, now
    row._history_user, row._change_reason = by, reason[:100]  # type: ignore[attr-defined]
    row.save(update_fields=written)
    return row


def _own_fields(row: Tracked) -> list[str] | None:
    """What a change of a row writes: all but its derived fields, which may have moved on since it was read."""
    derived = getattr(row, "DERIVED", ())
    fields = row._meta.concrete_fields
    return [each.name for each in fields if not each.primary_key and each.name not in derived] if derived else None


def void(row: Row, *, by: Staff | None, reason: str) -> Row:
    """Take a row out of every list and figure, with a reason; it stays in the database."""
    if not reason.strip():
        raise ValueError("A voided record needs a reason.")
    row.voided_by, row.voided_at, row.void_reason = by, timezone.now(), reason.strip()[:200]
    return save(row, by=by, reason=str(_("Voided: %(reason)s") % {"reason": reason.strip()}))


def unvoid(row: Row, *, by: Staff | None) -> Row:
    """Take back a voiding."""
    row.voided_by, row.voided_at, row.void_reason = None, None, ""
    return save(row, by=by, reason=str(_("Restored after voiding")))


def bulk_add(rows: Sequence[Row], *, by: Staff | None, import_id: int | None = None) -> list[Row]:
    """Insert new rows in batches: provenance only, since a new row has no earlier values to keep.

    ``import_row`` is set by the caller on each row.
    """
    now, writer = timezone.now(), by.pk if by else None
    for row in rows:
        row.created_by_id = row.updated_by_id = writer
        row.created_at = row.updated_at = now
        row.import_id = import_id
        row.import_version = row.version if import_id is not None else None
    with transaction.atomic():
        bulk.insert(rows)
    return list(rows)


def bulk_change(
    rows: Sequence[Row], fields: Sequence[str], *, by: Staff | None, reason: str, import_id: int | None = None
) -> int:
    """Update ``fields`` of existing rows, keeping the values before in the history. Returns the number of rows."""
    if not rows:
        return 0
    now = timezone.now()
    _keep_first(type(rows[0]), [row.pk for row in rows])
    for row in rows:
        row.updated_by, row.updated_at = by, now
        row.version += 1
        if import_id is not None:
            row.import_id, row.import_version = import_id, row.version
    stamped = {"updated_by", "updated_at", "version", "import_id", "import_row", "import_version"}
    with transaction.atomic():
        bulk.update(rows, sorted({*fields, *stamped}))
        _keep_present(rows, now, by.pk if by else None, reason)
    return len(rows)


def bulk_void(rows: Sequence[Row], *, by: Staff | None, reason: str, import_id: int | None = None) -> int:
    """Take rows of one model out of every list and figure. Returns the number of rows."""
    now = timezone.now()
    for row in rows:
        row.voided_by, row.voided_at, row.void_reason = by, now, reason.strip()[:200]
    said = str(_("Voided: %(reason)s") % {"reason": reason.strip()})
    return bulk_change(rows, ("voided_by", "voided_at", "void_reason"), by=by, reason=said, import_id=import_id)


def note_import(rows: Sequence[Row]) -> None:
    """Let the version that an import left be the present one of rows that it changed once more, by what follows."""
    later = [row for row in rows if row.import_version != row.version]
    if later:
        model, keys = type(later[0]), [row.pk for row in later]
        model._default_manager.filter(pk__among=keys).update(import_version=F("version"))
        # Their latest line of the history says so too: an undo of what comes later goes back to it.
        present = model._default_manager.filter(pk=OuterRef("id"), version=OuterRef("version"))
        model.history.filter(Exists(present), id__among=keys).update(import_version=F("version"))  # type: ignore[attr-defined]
        for row in later:
            row.import_version = row.version


def _keep_first(model: Any, keys: Sequence[Any]) -> None:
    """Write the missing first line of the history for rows that were added in bulk, before they change."""
    history = model.history.model
    known = history._default_manager.order_by().filter(id__among=keys)
    fresh = model._default_manager.filter(pk__among=keys, version=1).exclude(pk__in=known.values("id"))
    stamps = {
        "history_type": Value("+"),
        "history_date": F("created_at"),
        "history_user_id": F("created_by_id"),
        "history_change_reason": Value(""),
    }
    missing = fresh.order_by("pk").annotate(**stamps)
    bulk.insert_from(history, missing, [*(field.attname for field in history.tracked_fields), *stamps])


def _keep_present(rows: Sequence[Any], at: datetime, by_id: int | None, reason: str) -> None:
    """A line of the history for each row, with the values that it has now."""
    history, count = type(rows[0]).history.model, len(rows)
    values = {field.attname: _values(field, rows) for field in history.tracked_fields}
    stamps = {"history_type": "~", "history_date": at, "history_user_id": by_id, "history_change_reason": reason[:100]}
    bulk.insert_columns(history, {**values, **{name: [value] * count for name, value in stamps.items()}})


def _values(field: Any, rows: Sequence[Any]) -> list[Any]:
    """As a line of the history keeps them: of a file its name."""
    values = map(attrgetter(field.attname), rows)
    return [file.name for file in values] if isinstance(field, FileField) else [*values]
