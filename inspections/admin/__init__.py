from django.utils.translation import gettext_lazy as _

from bureau import menu

menu.register_area("verification", _("Instruments and verification"), 25)
menu.register_area("inspections", _("Inspections and cases"), 40)

from inspections.admin import (  # noqa: E402
    appointment,
    audit,
    campaign,
    case,
    catalogue,
    complaint,
    doubt,
    energy_meter,
    inspection,
    instrument,
    reference,
    verification,
)

__all__ = [
    "appointment",
    "audit",
    "campaign",
    "case",
    "catalogue",
    "complaint",
    "doubt",
    "energy_meter",
    "inspection",
    "instrument",
    "reference",
    "verification",
]
