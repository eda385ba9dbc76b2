"""Enterprises whose measurement management system is certified."""

from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Distinct, Indicator, Section, register
from enterprises.models import ManagementSystemCertificate


@register
class ManagementSystemCertified(Indicator):
    key = "enterprises.management_system_certified"
    label = _("Enterprises with a certified measurement management system")
    unit = _("units")
    section = Section.INDUSTRIAL
    basis = "GB/T 19022"
    definition = _(
        "Enterprises that hold a certificate of their measurement management system on the last day of the period: not "
        "run out, and not withdrawn on or before that day."
    )
    model = ManagementSystemCertificate
    measure = Distinct("enterprise")
    interval = Between("issued_on", "ends_on")
    dimensions = {"grade": Dimension("grade", _("Certified grade"), ManagementSystemCertificate.Grade.choices)}
