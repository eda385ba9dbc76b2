"""What the public sees of the red and the black list, and the workbook of it."""

from io import BytesIO
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.operations import Action, log
from bureau.views.base import ScopedView
from bureau.workbooks import CONTENT_TYPE as XLSX
from enterprises import public_list
from enterprises.models import ListedEnterprise

PAGE_SIZE = 25


class PublicListView(ScopedView):
    """Enterprises that stand on a list today, from the day on which this was published."""

    permission = "enterprises.export_listedenterprise"
    title = gettext_lazy("Public red and black list")

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = public_list.in_order(self._rows()).order_by("colour", "region", "from_on", "pk")
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        context = self.shell(
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number),
            headings=public_list.headings(),
            lines=[
                (each.get_colour_display(), list(zip(public_list.headings(), public_list.line(each), strict=True)))
                for each in page.object_list
            ],
            today=timezone.localdate(),
            query="",
        )
        return render(request, "enterprises/public_list.html", context)

    def post(self, request: HttpRequest) -> FileResponse:
        name = _("Red and black list %(day)s.xlsx") % {"day": f"{timezone.localdate():%Y%m%d}"}
        content: Any = BytesIO()
        count = public_list.write(self._rows(), content)
        content.seek(0)
        log(Action.EXPORT, request=request, target=name, rows=count)
        return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)

    def _rows(self) -> QuerySet:
        rows: Any = self.scoped(ListedEnterprise.objects.not_voided())
        return rows.public(timezone.localdate())
