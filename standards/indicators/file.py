"""What the files of public measurement standards hold: items, set-up and upgrading, traceability of the devices."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bureau.reporting.indicators import All, Between, Dimension, Distinct, Indicator, On, Rate, Section, register
from standards.indicators.standard import BASIS, fields
from standards.models import MeasurementStandard, StandardDevice, StandardEvent, StandardItem
from standards.models.rule import EventKind

OF_PUBLIC = Q(standard__kind=MeasurementStandard.Kind.PUBLIC)
IN_USE = Between("begins_on", "ends_on")
STANDARD_IN_FORCE = Between("standard__in_force_intervals__begins_on", "standard__in_force_intervals__ends_on")
TRACED = Between("traces__on", "traces__valid_until", only=Q(traces__voided_at__isnull=True, traces__is_fit=True))
DIMENSIONS = {
    "tier": Dimension("standard__tier", _("Tier"), MeasurementStandard.Tier.choices),
    "grade": Dimension("standard__grade", _("Grade"), MeasurementStandard.Grade.choices),
    "field": Dimension("standard__field", _("Field"), fields),
}
Situation = StandardEvent.Situation
UPGRADED = Q(situation__in=[Situation.MAIN_RENEWED, Situation.MAIN_ADDED]) | Q(effect=StandardEvent.Effect.CHANGED)


class OfPublicStandards(Indicator):
    section = Section.SCIENTIFIC
    basis = BASIS
    predicate = OF_PUBLIC
    region_path = "standard__region"
    dimensions = DIMENSIONS


@register
class ItemsCovered(OfPublicStandards):
    key = "standards.items_covered"
    label = _("Items covered by public measurement standards")
    unit = _("items")
    definition = _(
        "How many different items (kinds of instruments, by name) can be verified or calibrated on the last day of the "
        "period with a public measurement standard in force on that day. An item that several standards have counts "
        "once."
    )
    model = StandardItem
    interval = All((IN_USE, STANDARD_IN_FORCE))
    measure = Distinct("name")


@register
class EstablishedOrUpgraded(OfPublicStandards):
    key = "standards.established_or_upgraded"
    label = _("Public measurement standards set up or upgraded")
    unit = _("items")
    definition = _(
        "Public measurement standards whose first certificate was issued in the period, or that were upgraded in it: a "
        "replacement of equipment by which the main standard was renewed or added, or range, class or items changed. A "
        "standard counts once in a period."
    )
    model = StandardEvent
    predicate = OF_PUBLIC & (Q(kind=EventKind.ESTABLISHED) | Q(kind=EventKind.EQUIPMENT_REPLACED) & UPGRADED)
    interval = On("on")
    measure = Distinct("standard")


@register
class MainDevices(OfPublicStandards):
    key = "standards.main_devices"
    label = _("Main devices of public measurement standards")
    unit = pgettext_lazy("unit", "pieces")
    definition = _(
        "Main devices in use on the last day of the period that belong to a public measurement standard in force on "
        "that day."
    )
    model = StandardDevice
    predicate = OF_PUBLIC & Q(is_main=True)
    interval = All((IN_USE, STANDARD_IN_FORCE))


@register
class MainDevicesTraced(MainDevices):
    key = "standards.main_devices_traced"
    label = _("Main devices with a valid traceability certificate")
    definition = _(
        "Main devices in use on the last day of the period, of a public measurement standard in force on that day, "
        "that have a verification or calibration certificate valid on it and confirmed as fit for use."
    )
    interval = All((IN_USE, STANDARD_IN_FORCE, TRACED))


@register
class TracedInTime(Rate):
    key = "standards.traced_in_time"
    label = _("Main devices traced in time")
    unit = "%"
    section = Section.SCIENTIFIC
    definition = _("Main devices with a valid traceability certificate / main devices in use × 100, on the last day.")
    basis = BASIS
    numerator = "standards.main_devices_traced"
    denominator = "standards.main_devices"
