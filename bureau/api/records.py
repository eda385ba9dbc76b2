"""Records of each sheet."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from ninja.errors import HttpError

from bureau import scoping
from bureau.api import pages, schemas
from bureau.api.auth import reader_of
from bureau.api.refusals import known_only
from bureau.api.schemas import REFUSALS, WhichRecords
from bureau.api.values import described
from bureau.exchange.sheets import Sheet, all_sheets, find_sheet
from bureau.models import TokenReader

router = Router(tags=[gettext_noop("Records")])


@router.get(
    "/sheets",
    operation_id="sheets",
    url_name="sheets",
    response={200: list[schemas.Kind], **REFUSALS},
    summary=gettext_noop("The kinds of records, with their columns"),
)
def list_sheets(request: HttpRequest) -> list[dict[str, Any]]:
    known_only(request)
    return [described(sheet) for sheet in all_sheets() if may_see(reader_of(request), sheet)]


@router.get(
    "/sheets/{kind}/records",
    operation_id="sheet-records",
    url_name="sheet-records",
    response={200: schemas.Records, **REFUSALS},
    exclude_unset=True,
    summary=gettext_noop("Records of a kind"),
    description=gettext_noop(
        "In the order of their ids. Voided ones are left out, unless changes are asked for. References stand as an "
        "export writes them."
    ),
)
def list_records(request: HttpRequest, kind: str, asked: Query[WhichRecords]) -> dict[str, Any]:
    known_only(request, *WhichRecords.model_fields)
    reader, as_of = reader_of(request), timezone.now()
    sheet = find_sheet(kind)
    if sheet is None or not may_see(reader, sheet):
        raise HttpError(404, _("There is no kind of records “%(kind)s”.") % {"kind": kind})
    listed, since = scoping.visible_to(sheet.rows(), reader), asked.changed_since
    keys, last = pages.cut(listed if since is None else _changed(sheet, since, reader), asked)
    told = {} if since is None else pages.gone(sheet.model, keys)
    told |= pages.written(sheet, pages.read(listed, keys))
    records = [told[key] for key in keys if key in told]
    return {"kind": sheet.key, "as_of": as_of, "records": records, "next": last}


def _changed(sheet: Sheet, moment: datetime, reader: TokenReader) -> QuerySet:
    """Those that left the list among them, also where only the keeping office may still see them."""
    every = sheet.model._default_manager.all()
    seen = scoping.visible_to(every, reader) | scoping.gone_for_everyone(every)
    return seen.filter(pages.changed_since(sheet.model, moment))


def may_see(reader: TokenReader, sheet: Sheet) -> bool:
    return reader.has_perm(sheet.permission("view"))
