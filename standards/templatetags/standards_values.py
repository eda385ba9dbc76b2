"""Measured values in pages."""

from decimal import Decimal

from django import template

from standards.charts import shown

register = template.Library()


@register.filter
def measured(value: Decimal | None, digits: int = 4) -> str:
    """To read: so many digits from the first that counts; a dash for nothing."""
    return shown(value, digits) or "—"
