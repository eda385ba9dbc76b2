"""The buttons above a list: import, template, export."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from bureau.exchange.sheets import Sheet, all_sheets
from bureau.menu import ListLink


def exchange_links(model: type[Model], user: Any) -> list[ListLink]:
    """What this user may do with the model's sheets; nothing for a model without one."""
    sheets = [sheet for sheet in all_sheets() if sheet.model is model] if user.office_id else []
    return [link for place, sheet in enumerate(sheets) for link in (_of_another if place else _of_first)(sheet, user)]


def _of_first(sheet: Sheet, user: Any) -> list[ListLink]:
    links = []
    if user.has_perm(sheet.permission("import")):
        links.append(ListLink(_("Import from Excel"), reverse("exchange:upload", args=[sheet.key]), "upload_file"))
        links.append(ListLink(_("Download template"), reverse("exchange:template", args=[sheet.key]), "table_view"))
    if user.has_perm(sheet.permission("export")):
        url = reverse("exchange:export", args=[sheet.key])
        links.append(ListLink(_("Export this list"), url, "download", keeps_filters=True))
    return links


def _of_another(sheet: Sheet, user: Any) -> list[ListLink]:
    """Named, and without the template, which the page of the upload offers too: a list has only so much room."""
    links = []
    if user.has_perm(sheet.permission("import")):
        label = _("Import: %(sheet)s") % {"sheet": sheet.label}
        links.append(ListLink(label, reverse("exchange:upload", args=[sheet.key]), "upload_file"))
    if user.has_perm(sheet.permission("export")):
        label = _("Export: %(sheet)s") % {"sheet": sheet.label}
        links.append(ListLink(label, reverse("exchange:export", args=[sheet.key]), "download", keeps_filters=True))
    return links
