"""What this app did with measurement standards (``standards.chain``)."""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bureau import scoping
from inspections import doubts
from inspections.models import Verification
from standards.chain import Dependants, Used, register
from standards.models import MeasurementStandard


@register
class Verifications(Dependants):
    """Papers that were issued with a standard; those of days on which it was not in force are asked about."""

    key: ClassVar[str] = "verification"
    label: ClassVar[Any] = _("Verifications")

    def of(self, standard: MeasurementStandard, first: date, last: date, user: Any) -> Used:
        made = Verification.objects.not_voided().filter(standard=standard, verified_on__range=(first, last))
        asked: dict[str, Any] = {"standard__id__exact": standard.pk, "verified_on_to": last}
        if first > date.min:
            asked["verified_on_from"] = first
        may_list = user.has_perm("inspections.view_verification")
        url = f"{reverse('admin:inspections_verification_changelist')}?{urlencode(asked)}" if may_list else ""
        return Used(scoping.visible_to(made, user).count(), url)

    def days_changed(self, standards: Collection[int]) -> None:
        doubts.review_standards(standards)
