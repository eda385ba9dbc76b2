"""C-mark declarations of producers of prepackaged goods, their products, and how soon they are published."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Count, Distinct, Indicator, On, OnPast, Rate, Section, register
from enterprises.models import CMarkDeclaration, CMarkProduct


class Declarations(Indicator):
    section = Section.INTEGRITY
    basis = _("Rules on the C mark, 质技监局量函〔2001〕106号")
    model = CMarkDeclaration


class Declarers(Declarations):
    unit = _("units")
    measure = Distinct("enterprise")


@register
class CMarkEnterprises(Declarers):
    key = "integrity.c_mark_enterprises"
    label = _("Enterprises that use the C mark by self-declaration")
    definition = _("Enterprises with a C-mark declaration that stands on the last day of the period.")
    interval = Between("declared_on", "ends_on")


@register
class CMarkDeclared(Declarers):
    key = "integrity.c_mark_declared"
    label = _("Enterprises that declared the C mark")
    definition = _("Enterprises that made a C-mark declaration in the period, withdrawn later or not.")
    interval = On("declared_on")


@register
class CMarkProducts(Indicator):
    key = "integrity.c_mark_products"
    label = _("Products with the C mark")
    unit = _("products")
    section = Section.INTEGRITY
    basis = Declarations.basis
    definition = _(
        "Products with one net content each that stand in a declaration on the last day of the period. A changed "
        "product counts as it was declared last."
    )
    model = CMarkProduct
    measure = Count()
    interval = Between("added_on", "ends_on")
    region_path = "declaration__region"


@register
class CMarkPublicationsDue(Declarations):
    key = "integrity.c_mark_publications_due"
    label = _("C-mark declarations whose publication was due")
    unit = _("declarations")
    definition = _(
        "Declarations of which the last day for publication lies in the period and has come; those without a last day "
        "(no time limit on record) are not judged."
    )
    measure = Count()
    interval = OnPast("publication_due_on")


@register
class CMarkPublishedInTime(CMarkPublicationsDue):
    key = "integrity.c_mark_published_in_time"
    label = _("C-mark declarations published in time")
    definition = _(
        "Of the declarations of which the last day for publication lies in the period, those that were published on "
        "that day or before."
    )
    predicate = Q(published_on__lte=F("publication_due_on"))


@register
class CMarkInTimeRate(Rate):
    key = "integrity.c_mark_in_time_rate"
    label = _("Rate of C-mark declarations published in time")
    unit = "%"
    section = Section.INTEGRITY
    definition = _("Declarations published in time, divided by the declarations whose publication was due.")
    numerator = "integrity.c_mark_published_in_time"
    denominator = "integrity.c_mark_publications_due"
