"""The only writers of tracked rows: provenance, version and history are kept together, one row or a hundred thousand.

Order of truth: constraint → ``clean()`` → these verbs. They check no permission: pages and importers do, by scope.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_update_with_history

from bureau import bulk
from bureau.models import Staff, Tracked

Row = TypeVar("Row", bound=Tracked)
BATCH = 500


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
    now = timezone.now()
    if row.pk is None:
        row.created_by, row.created_at = by, now
    else:
        current = type(row).objects.select_for_update().get(pk=row.pk)
        if current.version != row.version:
            raise Outdated(current)
        _keep_first([current])
        row.version += 1
    row.updated_by, row.updated_at = by, now
    row._history_user, row._change_reason = by, reason[:100]  # type: ignore[attr-defined]
    row.save()
    return row


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
    now = timezone.now()
    for row in rows:
        row.created_by = row.updated_by = by
        row.created_at = row.updated_at = now
        row.import_id = import_id
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
    _keep_first(list(type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows], version=1)))
    for row in rows:
        row.updated_by, row.updated_at = by, now
        row.version += 1
        if import_id is not None:
            row.import_id = import_id
    stamped = {"updated_by", "updated_at", "version", "import_id", "import_row"}
    return bulk_update_with_history(
        rows,
        type(rows[0]),
        sorted({*fields, *stamped}),
        batch_size=BATCH,
        default_user=by,
        default_change_reason=reason[:100],
    )


def _keep_first(stored: Sequence[Row]) -> None:
    """Write the missing first line of the history for rows that were added in bulk, before they change."""
    fresh = [row for row in stored if row.version == 1]
    if not fresh:
        return
    history = type(fresh[0]).history  # type: ignore[attr-defined]
    known = set(history.filter(id__in=[row.pk for row in fresh]).values_list("id", flat=True))
    lines = []
    for row in fresh:
        if row.pk not in known:
            fields = {field.attname: getattr(row, field.attname) for field in history.model.tracked_fields}
            lines.append(
                history.model(
                    history_date=row.created_at,
                    history_user=row.created_by,
                    history_type="+",
                    history_change_reason="",
                    **fields,
                )
            )
    history.bulk_create(lines, batch_size=BATCH)
