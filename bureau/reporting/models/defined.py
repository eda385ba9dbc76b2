import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED
from bureau.reporting.models.of_days import KEY_LENGTH
from bureau.reporting.sections import Section
from bureau.texts import narrow

PREFIX = "own."
CODE = re.compile(r"[a-z][a-z0-9_]*")


def as_text(values: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in values.items())


def as_values(text: str) -> dict[str, str]:
    """From "category=fuel_dispenser; purpose=trade" the values by dimension. Raises ``ValueError``."""
    pairs = [part.partition("=") for part in narrow(text).split(";") if part.strip()]
    if not all(name.strip() and sign for name, sign, _value in pairs):
        raise ValueError(text)
    return {name.strip(): value.strip() for name, _sign, value in pairs}


class DefinedIndicator(Record):
    """A figure that a manager defined without code; it holds in the region of its office and below.

    ``of`` and ``divided_by`` are keys of figures, narrowed to rows with the given values of dimensions, such as
    "category=fuel_dispenser; purpose=trade". ``since``: whatever the period, it is counted from that day on.
    """

    SCOPE = "everyone"
    AREA = "figure"

    class Way(models.TextChoices):
        NARROWED = "narrowed", _("part of a figure")
        RATE = "rate", _("a figure divided by another")
        ENTERED_SUM = "entered_sum", _("entered, parts of the region add up")
        ENTERED_STOCK = "entered_stock", _("entered as of a day, parts of the region add up")
        ENTERED_ALONE = "entered_alone", _("entered, stated for each region by itself")

    code = models.CharField(
        _("code"),
        max_length=KEY_LENGTH - len(PREFIX),
        validators=[RegexValidator(CODE.pattern + r"\Z", _("Small letters, digits and “_”, beginning with a letter."))],
        help_text=_("Short name for templates and the interface, such as fuel_dispensers."),
    )
    label = models.CharField(_("label"), max_length=100)
    unit = models.CharField(_("unit"), max_length=20, blank=True, help_text=_("Empty: that of the figure."))
    section = models.CharField(_("section of the summary"), max_length=20, choices=Section.choices)
    definition = models.CharField(
        _("definition"), max_length=500, help_text=_("What counts, in words that a clerk can check a record against.")
    )
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    way = models.CharField(_("made as"), max_length=20, choices=Way.choices, default=Way.NARROWED)
    of = models.CharField(_("figure"), max_length=KEY_LENGTH, blank=True)
    narrowed_to = models.CharField(_("narrowed to"), max_length=300, blank=True)
    divided_by = models.CharField(_("divided by"), max_length=KEY_LENGTH, blank=True)
    divisor_narrowed_to = models.CharField(_("divisor narrowed to"), max_length=300, blank=True)
    scale = models.PositiveIntegerField(
        _("times"), default=100, help_text=_("100: in percent; 10000: per ten thousand; 1: the quotient itself.")
    )
    since = models.DateField(_("counted since"), null=True, blank=True, help_text=_("Empty: in the period."))
    decimals = models.PositiveSmallIntegerField(_("decimal places"), default=0)

    class Meta(Record.Meta):
        verbose_name = _("figure of one's own")
        verbose_name_plural = _("figures of one's own")
        ordering = ["section", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=NOT_VOIDED,
                name="reporting_definedindicator_once",
                violation_error_message=_("A figure with this code exists already."),
            ),
            models.CheckConstraint(
                condition=models.Q(scale__gte=1),
                name="reporting_definedindicator_scale",
                violation_error_message=_("A rate is multiplied by one or more."),
            ),
            models.CheckConstraint(
                condition=models.Q(decimals__lte=4),
                name="reporting_definedindicator_decimals",
                violation_error_message=_("At most four decimal places."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        return PREFIX + self.code

    def clean(self) -> None:
        super().clean()
        from bureau.reporting.defined import problems_of  # what is defined stands above the models

        problems: dict[str, Any] = problems_of(self)
        if problems:
            raise ValidationError(problems)
