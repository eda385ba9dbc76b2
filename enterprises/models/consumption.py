from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.coal_equivalent import Unconvertible, Use, in_unit
from enterprises.models.energy_kind import EnergyKind
from enterprises.models.energy_unit import EnergyUnit

FIRST_YEAR, LAST_YEAR = 1990, 2100


class EnergyYear(Record):
    """What an energy-using unit states of a year (能源利用状况报告): output, energy in all, and when it was reported.

    Values in 10,000 yuan; what the unit states in coal equivalent is kept beside what its rows amount to.
    """

    class Way(models.TextChoices):
        ONLINE = "online", _("Reported online by the unit")
        PAPER = "paper", _("Reported on paper")

    unit = models.ForeignKey(
        EnergyUnit, on_delete=models.PROTECT, related_name="years", verbose_name=_("energy-using unit")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    output_value = models.DecimalField(
        _("output value"), max_digits=14, decimal_places=2, null=True, blank=True, help_text=_("In 10,000 yuan.")
    )
    added_value = models.DecimalField(
        _("value added"), max_digits=14, decimal_places=2, null=True, blank=True, help_text=_("In 10,000 yuan.")
    )
    stated_tce = models.DecimalField(
        _("stated energy in all, equivalent value"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In tce, as the unit states it."),
    )
    stated_tce_equal = models.DecimalField(
        _("stated energy in all, equal value"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In tce, as the unit states it."),
    )
    due_on = models.DateField(
        _("report due on"), null=True, blank=True, help_text=_("Mostly 31 March of the next year.")
    )
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    way = models.CharField(_("way of reporting"), max_length=10, choices=Way.choices, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("energy use of a year")
        verbose_name_plural = _("energy use by year")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=NOT_VOIDED,
                name="enterprises_energyyear_once",
                violation_error_message=_("The energy use of the unit in this year is already on record."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="enterprises_energyyear_year",
                violation_error_message=_("A year is written with four digits."),
            ),
            models.CheckConstraint(
                condition=(Q(output_value__isnull=True) | Q(output_value__gte=0))
                & (Q(stated_tce__isnull=True) | Q(stated_tce__gte=0))
                & (Q(stated_tce_equal__isnull=True) | Q(stated_tce_equal__gte=0)),
                name="enterprises_energyyear_amounts",
                violation_error_message=_("Output and energy cannot be less than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(way="") | Q(reported_on__isnull=False),
                name="enterprises_energyyear_way",
                violation_error_message=_("The way of reporting is stated with the day of the report."),
            ),
        ]
        indexes = [models.Index(fields=["region", "reported_on"], name="enterprises_energyyear_rep")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    def clean(self) -> None:
        super().clean()
        today = timezone.localdate()
        if self.year and self.year > today.year:
            raise ValidationError({"year": _("This year lies in the future.")})
        if self.reported_on and self.reported_on > today:
            raise ValidationError({"reported_on": _("This day lies in the future.")})
        if self.year and self.reported_on and self.reported_on.year < self.year:
            raise ValidationError({"reported_on": _("A year cannot be reported before it began.")})
        if self.region_id and (problem := self.region.problem_on(today)):
            raise ValidationError({"region": problem})


class EnergyConsumption(Tracked):
    """An amount of one kind of energy in the year of a unit, and what it was used for.

    Only what is consumed counts in the sum: energy that the unit made itself is in what it was made from, feedstock is
    no energy consumption, and what was sold on others consume. ``ncv`` is measured, in kJ per the unit of the factor.
    """

    SCOPE = "as_parent"
    PARENT = "energy_year"

    class Purpose(models.TextChoices):
        CONSUMED = "consumed", _("Consumed")
        SELF_MADE = "self_made", _("Made by the unit itself and consumed")
        FEEDSTOCK = "feedstock", _("Used as feedstock")
        SOLD_ON = "sold_on", _("Sold on")

    energy_year = models.ForeignKey(
        EnergyYear, on_delete=models.PROTECT, related_name="consumption", verbose_name=_("energy use of a year")
    )
    energy = models.ForeignKey(EnergyKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of energy"))
    purpose = models.CharField(_("used for"), max_length=10, choices=Purpose.choices, default=Purpose.CONSUMED)
    amount = models.DecimalField(_("amount of energy"), max_digits=16, decimal_places=4)
    unit = models.CharField(
        _("unit of measure"), max_length=10, help_text=_("One that fits the energy: t, 万m3, 万kWh, GJ …")
    )
    ncv = models.DecimalField(
        _("measured low calorific value"),
        max_digits=10,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("In kJ per kg, per m3 at standard state: it goes before the factor of the table."),
    )
    factor = models.DecimalField(
        _("factor chosen"),
        max_digits=10,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("In kgce per unit of the table; only where that prints a range, such as for natural gas."),
    )
    bought = models.DecimalField(_("bought in"), max_digits=16, decimal_places=4, null=True, blank=True)
    stock_before = models.DecimalField(
        _("stock at the beginning"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    stock_after = models.DecimalField(_("stock at the end"), max_digits=16, decimal_places=4, null=True, blank=True)
    stated_tce = models.DecimalField(
        _("stated coal equivalent"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    stated_share = models.DecimalField(_("stated share"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("energy consumed in a year")
        verbose_name_plural = _("energy consumed by year and kind")
        ordering = ["energy__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["energy_year", "energy", "purpose"],
                condition=NOT_VOIDED,
                name="enterprises_energyconsumption_once",
                violation_error_message=_("This energy is already stated for this purpose."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0)
                & (Q(bought__isnull=True) | Q(bought__gte=0))
                & (Q(stock_before__isnull=True) | Q(stock_before__gte=0))
                & (Q(stock_after__isnull=True) | Q(stock_after__gte=0)),
                name="enterprises_energyconsumption_amounts",
                violation_error_message=_("An amount of energy cannot be negative."),
            ),
            models.CheckConstraint(
                condition=(Q(ncv__isnull=True) | Q(ncv__gt=0)) & (Q(factor__isnull=True) | Q(factor__gt=0)),
                name="enterprises_energyconsumption_factors",
                violation_error_message=_("A calorific value and a factor are above nothing."),
            ),
            models.CheckConstraint(
                condition=Q(stated_share__isnull=True) | Q(stated_share__gte=0, stated_share__lte=100),
                name="enterprises_energyconsumption_share",
                violation_error_message=_("A share is between 0 and 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.energy} {self.amount.normalize():f} {self.unit}"

    def clean(self) -> None:
        super().clean()
        kind = self.energy if self.energy_id else None
        if kind and self.unit and (problem := unit_misfit(kind.unit, str(kind), self.unit)):
            raise ValidationError({"unit": problem})


def unit_misfit(per: str, energy: str, unit: str) -> str | None:
    """Why an amount in this unit cannot be of an energy that is converted ``per`` another, as a sentence."""
    try:
        in_unit(Use(energy, Decimal(1), unit, per))
    except Unconvertible as error:
        return str(error)
    return None


class EnergyProduct(Tracked):
    """A main product of the year: how much was made, and the energy that went into it."""

    SCOPE = "as_parent"
    PARENT = "energy_year"

    energy_year = models.ForeignKey(
        EnergyYear, on_delete=models.PROTECT, related_name="products", verbose_name=_("energy use of a year")
    )
    name = models.CharField(_("product name"), max_length=60)
    amount = models.DecimalField(_("amount made"), max_digits=16, decimal_places=4)
    unit = models.CharField(_("unit of the product"), max_length=10)
    value = models.DecimalField(
        _("value of the product"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In 10,000 yuan."),
    )
    tce = models.DecimalField(
        _("energy for the product"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: all energy of the unit, where it is the only product."),
    )

    class Meta(Tracked.Meta):
        verbose_name = _("product of the year")
        verbose_name_plural = _("products by year")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["energy_year", "name"],
                condition=NOT_VOIDED,
                name="enterprises_energyproduct_once",
                violation_error_message=_("This product is already stated."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0)
                & (Q(tce__isnull=True) | Q(tce__gte=0))
                & (Q(value__isnull=True) | Q(value__gte=0)),
                name="enterprises_energyproduct_amounts",
                violation_error_message=_("An amount made, its value and its energy cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
