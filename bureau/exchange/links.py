"""The buttons above a list: import, template, export."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from bureau.exchange.sheets import sheet_for
from bureau.menu import ListLink


def exchange_links(model: type[Model], user: Any) -> list[ListLink]:
    """What this user may do with the model's sheet; nothing for a model without one."""
    sheet = sheet_for(model)
    if sheet is None or not user.office_id:
        return []
    links = []
    if user.has_perm(sheet.permission("import")):
        links.append(ListLink(_("Import from Excel"), reverse("exchange:upload", args=[sheet.key]), "upload_file"))
        links.append(ListLink(_("Download template"), reverse("exchange:template", args=[sheet.key]), "table_view"))
    if user.has_perm(sheet.permission("export")):
        url = reverse("exchange:export", args=[sheet.key])
        links.append(ListLink(_("Export this list"), url, "download", keeps_filters=True))
    return links
