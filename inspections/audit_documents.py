"""Papers of an energy-metering audit: charts of JJF 1356, the self-check of the unit, photos of items, the report."""

from typing import Any

from django.utils.translation import gettext as _

from bureau import documents
from inspections.models import AuditItem, EnergyAudit

ON_SITE = "on_site"


def kinds(record: Any = None) -> list[tuple[str, str]]:
    """(code, label); photos by item of the audit's edition."""
    found = [
        ("self_check", _("Self-check of the unit")),
        ("chart_1", _("Chart B.1: flow of energy")),
        ("chart_2", _("Chart B.2: network of meters and collection points")),
        ("chart_3", _("Chart B.3: traceability of the unit's own verification")),
        ("chart_4", _("Chart B.4: traceability of the energy meters")),
        (ON_SITE, _("Photo on site")),
        ("report", _("Report of the audit")),
    ]
    if record is not None:
        items = AuditItem.objects.filter(edition=record.edition)
        found += [(photo_of(item), _("Photo: %(item)s") % {"item": item}) for item in items]
    return found


def photo_of(item: AuditItem) -> str:
    """The kind of a photo of an item; an item keeps its code through the editions."""
    return f"item-{item.code}"


documents.register(EnergyAudit, kinds)
