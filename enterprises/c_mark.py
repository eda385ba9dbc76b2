"""C-mark products follow their declaration: where that ends, they end."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from bureau import records
from bureau.models import Staff
from enterprises.models import CMarkProduct


def follow(declarations: Iterable[Any], *, by: Staff | None, import_id: int | None = None) -> None:
    """Bring the last days of the products of these declarations into step; called whenever either was written."""
    products = CMarkProduct.objects.filter(declaration__in={each.pk for each in declarations})
    changed = []
    for product in products.select_related("declaration"):
        if product.ends_on != (last_day := product.last_day()):
            product.ends_on = last_day
            changed.append(product)
    reason = str(_("Follows the declaration"))
    records.bulk_change(changed, ["ends_on"], by=by, reason=reason, import_id=import_id)
