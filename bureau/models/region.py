from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.models.region_tree import (
    bucket_of,
    children,
    clear_region_cache,
    code_range,
    final_code,
    region_tree,
    subtree_q,
)

__all__ = [
    "ROOT_CODE",
    "Region",
    "RegionQuerySet",
    "bucket_of",
    "children",
    "clear_region_cache",
    "code_range",
    "final_code",
    "region_tree",
    "subtree_q",
]

ROOT_CODE = "000000"


def _has_length(digits: int) -> Q:
    return Q(Exact(Length("code"), digits))


# Endings and lengths instead of a pattern: these constraints also hold for a database program that knows no patterns.
_IS_PROVINCE = _has_length(6) & Q(code__endswith="0000") & ~Q(code=ROOT_CODE)
_IS_PREFECTURE = _has_length(6) & Q(code__endswith="00") & ~Q(code__endswith="0000")
_IS_COUNTY = _has_length(6) & ~Q(code__endswith="00")


class RegionQuerySet(models.QuerySet):
    def in_force(self, on: date) -> "RegionQuerySet":
        """The regions whose code was in force on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        )


class Region(models.Model):
    """A place with an official six-digit code (GB/T 2260), or an area of the administrator's own under one.

    ``code``: XX0000 a province, XXXX00 a prefecture, other six digits a county; an own area has the code of its
    prefecture or county and three digits more. Counties directly under a province have the province as parent.

    ``valid_from`` and ``valid_to``: the official table knows years only. A code counts as in force from 1 January of
    its first year to 31 December of its last, so in the year of a change the old and the new code are both good.
    Null: since before the records begin; still in force.

    ``successor``: the code that took this one's place; figures count the rows of an obsolete code there.

    ``former_names``: ``[{"name": str, "from": year or None, "to": year or None}]``, oldest first. An entry that ended
    before ``valid_from`` is not an older name of this place: the code then named another place (see ``problem_on``).
    """

    class Level(models.TextChoices):
        COUNTRY = "country", _("Country")
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture")
        COUNTY = "county", _("County")
        AREA = "area", _("Own area")

    SCOPE = "everyone"
    AREA = "reference"

    code = models.CharField(
        _("region code"),
        max_length=9,
        primary_key=True,
        validators=[
            RegexValidator(r"\A([0-9]{6}|[0-9]{9})\Z", _("A region code has six digits, that of an own area nine."))
        ],
    )
    name = models.CharField(_("region name"), max_length=50)
    full_name = models.CharField(_("full name of the region"), max_length=120, editable=False)
    former_names = models.JSONField(_("former names"), default=list, blank=True)
    level = models.CharField(_("region level"), max_length=20, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("superior region"),
    )
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
    )
    is_own = models.BooleanField(_("added by the administrator"), default=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="country", code=ROOT_CODE)
                | Q(level="province") & _IS_PROVINCE
                | Q(level="prefecture") & _IS_PREFECTURE
                | Q(level="county") & _IS_COUNTY
                | Q(level="area") & _has_length(9),
                name="bureau_region_level",
                violation_error_message=_(
                    "The code does not fit the level: XX0000 is a province, XXXX00 a prefecture, "
                    "other six digits a county, nine digits an own area."
                ),
            ),
            models.CheckConstraint(
                condition=Q(level="country", parent__isnull=True) | ~Q(level="country") & Q(parent__isnull=False),
                name="bureau_region_parent",
                violation_error_message=_("Every region but the country needs a superior region."),
            ),
            models.CheckConstraint(
                condition=~Q(level="area") | Q(is_own=True) & Q(Exact(Left("code", 6), F("parent"))),
                name="bureau_region_own_area",
                violation_error_message=_("The code of an own area is the superior region's code and three digits."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="bureau_region_dates",
                violation_error_message=_("A region cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("code")),
                name="bureau_region_successor",
                violation_error_message=_("A region cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        name = self.full_name or self.name
        if self.valid_to is None:
            return name
        return gettext("%(name)s (code %(code)s, until %(year)s)") % {
            "name": name,
            "code": self.code,
            "year": self.valid_to.year,
        }

    def clean(self) -> None:
        parent_levels = {Region.Level.PREFECTURE, Region.Level.COUNTY}
        if self.level == Region.Level.AREA and self.parent and self.parent.level not in parent_levels:
            raise ValidationError({"parent": _("An own area lies in a prefecture or a county.")})
        if self.successor_id and self.code in region_tree().successors_of(self.successor_id):
            raise ValidationError({"successor": _("That region is itself succeeded by this one.")})

    def save(self, *args, **kwargs) -> None:
        self.full_name = compose_full_name(self.name, self.parent)
        super().save(*args, **kwargs)

    def is_in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def problem_on(self, on: date) -> str | None:
        """Why a record of that day may not use this code, as a sentence for the clerk; None if it may."""
        if self.is_in_force(on):
            return None
        if self.valid_to is None or on < self.valid_to:
            return self._problem_before(on)
        known = {"code": self.code, "name": self.name, "year": self.valid_to.year}
        heir = region_tree().successor_on(self.code, on)
        if heir is None:
            return gettext("Region code %(code)s %(name)s ended in %(year)s.") % known
        return gettext("Region code %(code)s %(name)s ended in %(year)s; use %(new_code)s %(new_name)s.") % {
            **known,
            "new_code": heir.code,
            "new_name": heir.name,
        }

    def _problem_before(self, on: date) -> str:
        known = {"code": self.code, "name": self.name, "year": self.valid_from.year if self.valid_from else None}
        other = self._name_of_other_place(on.year)
        if other is None:
            return gettext("Region code %(code)s %(name)s began in %(year)s.") % known
        return gettext("Region code %(code)s %(name)s began in %(year)s; before that it was the code of %(other)s.") % {
            **known,
            "other": other,
        }

    def _name_of_other_place(self, year: int) -> str | None:
        for former in self.former_names:
            if (former["from"] or 0) <= year <= (former["to"] or 9999):
                return former["name"]
        return None


def compose_full_name(name: str, parent: Region | None) -> str:
    """ "和平区" under "辽宁省沈阳市" gives "辽宁省沈阳市和平区"; the country itself is not repeated."""
    if parent is None or parent.code == ROOT_CODE:
        return name
    return parent.full_name + name
