"""Figures that the national annual statistics table asks for beside those of a summary's own."""

from django.utils.translation import gettext_lazy as _

from bureau.reporting.entered import EnteredStock
from bureau.reporting.indicators import On, Section, register
from enterprises.indicators.c_mark import CMarkProducts


@register
class CMarkProductsDeclared(CMarkProducts):
    key = "integrity.c_mark_products_declared"
    label = _("Products for which the C mark was declared")
    definition = _("Products with one net content each that were declared in the period, withdrawn later or not.")
    interval = On("added_on")


@register
class TypeApprovalsEver(EnteredStock):
    key = "licensing.type_approvals_ever"
    label = _("Type approvals granted so far")
    unit = _("items")
    section = Section.INDUSTRIAL
    definition = _(
        "Type approvals of measuring instruments granted from the first one to the end of the period; entered, since "
        "those of earlier decades are on paper."
    )
