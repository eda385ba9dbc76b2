"""A name that another one replaces stays known: old papers, and next year's lists, still find the enterprise."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import records
from bureau.models import Staff
from enterprises.models import Enterprise, FormerName
from enterprises.names import name_key


def keep_former_name(enterprise: Enterprise, name: str, *, by: Staff | None) -> None:
    """``name`` is the one before; nothing is kept if it counts as the same or is known already."""
    known = FormerName.objects.not_voided().filter(enterprise=enterprise)
    if name_key(name) == enterprise.name_key or known.filter(name_key=name_key(name)).exists():
        return
    former = FormerName(enterprise=enterprise, name=name, until_on=_yesterday())
    records.save(former, by=by, reason=_("The name changed"))


def keep_former_names(changed: Sequence[Any], *, by: Staff | None, import_id: int | None) -> None:
    """The same for enterprises that an import has just changed: their names before stand in the history."""
    rows = {row.pk: row for row in changed}
    history: Any = Enterprise.history  # type: ignore[attr-defined]
    earlier = history.filter(id=OuterRef("pk"), version__lt=OuterRef("version")).order_by("-version")
    before = Enterprise.objects.filter(pk__in=rows).annotate(
        name_before=Subquery(earlier.values("name")[:1]), key_before=Subquery(earlier.values("name_key")[:1])
    )
    renamed = before.exclude(key_before=F("name_key")).values_list("pk", "name_before", "key_before")
    known = set(FormerName.objects.not_voided().filter(enterprise__in=rows).values_list("enterprise", "name_key"))
    records.bulk_add(
        [
            FormerName(enterprise_id=pk, name=name, until_on=_yesterday(), import_row=rows[pk].import_row)
            for pk, name, key in renamed
            if name and (pk, key) not in known
        ],
        by=by,
        import_id=import_id,
    )


def _yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)
