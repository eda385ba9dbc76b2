from django.utils.translation import gettext_lazy as _

from bureau import menu

menu.register_area("inspections", _("Inspections and cases"), 40)

from inspections.admin import campaign, case, complaint, inspection, reference  # noqa: E402

__all__ = ["campaign", "case", "complaint", "inspection", "reference"]
