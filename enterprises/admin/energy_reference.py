"""Rule tables of energy metering, each in its editions."""

from decimal import Decimal

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from bureau.filters import ScopedRelatedFilter
from bureau.logged_admin import ReferenceAdmin
from enterprises.models import (
    ConversionFactor,
    EnergyEdition,
    EnergyKind,
    EquippingRequirement,
    EquippingThreshold,
    MeterAccuracyRequirement,
    MeteredEnergy,
    MeterUse,
)

EDITION = ("edition", "effective_from", "effective_to", "is_verified")


def shown_range(low: Decimal | None, high: Decimal | None) -> str:
    """As the table prints it: one number, a range, or none."""
    return " – ".join(str(end) for end in (low, high) if end is not None) or "—"


class NamedAdmin(ReferenceAdmin):
    """Kinds that the rule tables refer to, each with its code and names."""

    menu_area = "administration"
    search_fields = ("code", "name", "name_en")


@admin.register(EnergyEdition)
class EnergyEditionAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "library_books"
    menu_order = 80
    list_display = ("standard", "name", "kj_per_kgce", *EDITION)
    list_filter = (("standard", ChoicesDropdownFilter),)


@admin.register(EnergyKind)
class EnergyKindAdmin(NamedAdmin):
    menu_icon = "local_fire_department"
    menu_order = 81
    list_display = ("code", "name", "name_en", "nature", "unit", "metered_as", "position")
    list_select_related = ("metered_as",)
    list_filter = (("nature", ChoicesDropdownFilter), ("metered_as", ScopedRelatedFilter))


@admin.register(ConversionFactor)
class ConversionFactorAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "calculate"
    menu_order = 82
    list_display = ("energy", "basis", "year", "factor_shown", "ncv_shown", *EDITION)
    list_select_related = ("energy",)
    list_filter = ("edition", ("basis", ChoicesDropdownFilter), ("energy", ScopedRelatedFilter))
    search_fields = ("energy__name", "energy__name_en")
    autocomplete_fields = ("energy",)

    @display(description=_("factor, kgce per unit"), ordering="factor_low")
    def factor_shown(self, row: ConversionFactor) -> str:
        return shown_range(row.factor_low, row.factor_high)

    @display(description=_("low calorific value, kJ per unit"), ordering="ncv_low")
    def ncv_shown(self, row: ConversionFactor) -> str:
        return shown_range(row.ncv_low, row.ncv_high)


@admin.register(MeteredEnergy)
class MeteredEnergyAdmin(NamedAdmin):
    menu_icon = "category"
    menu_order = 83
    list_display = ("code", "name", "name_en", "group", "position")
    list_filter = (("group", ChoicesDropdownFilter),)


@admin.register(EquippingRequirement)
class EquippingRequirementAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "percent"
    menu_order = 84
    list_display = ("energy", "level", "rate", *EDITION)
    list_select_related = ("energy",)
    list_filter = ("edition", ("level", ChoicesDropdownFilter), ("energy", ScopedRelatedFilter))


@admin.register(EquippingThreshold)
class EquippingThresholdAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "vertical_align_bottom"
    menu_order = 85
    list_display = ("energy_shown", "level", "limit", "unit", *EDITION)
    list_select_related = ("energy",)
    list_filter = ("edition", ("level", ChoicesDropdownFilter), ("energy", ScopedRelatedFilter))

    @display(description=_("metered kind of energy"), ordering="energy")
    def energy_shown(self, row: EquippingThreshold) -> object:
        return row.energy or _("All other kinds")


@admin.register(MeterUse)
class MeterUseAdmin(NamedAdmin):
    menu_icon = "tune"
    menu_order = 86
    list_display = ("code", "sort", "name", "name_en", "position")
    list_filter = (("sort", ChoicesDropdownFilter),)


@admin.register(MeterAccuracyRequirement)
class MeterAccuracyRequirementAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "straighten"
    menu_order = 87
    list_display = ("use", "accuracy_class", "below_unit", "for_trade", *EDITION)
    list_select_related = ("use",)
    list_filter = ("edition", ("use", ScopedRelatedFilter))
