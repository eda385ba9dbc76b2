"""Labels of instruments: printed with a QR code, scanned by whatever reads an address."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bureau.qr import qr_code
from bureau.views.base import ScopedView
from inspections.models import Instrument

# Five sheets of 3 × 8 labels, 70 mm × 37 mm each.
PAGE_SIZE = 120


class LabelView(ScopedView):
    permission = "inspections.view_instrument"
    title = _("Labels")

    def rows(self) -> QuerySet:
        return self.scoped(Instrument.objects.not_voided())

    def sheet(self, rows: QuerySet, query: str = "") -> HttpResponse:
        page = Paginator(rows.select_related("holder").order_by("holder", "place", "pk"), PAGE_SIZE).get_page(
            self.request.GET.get("page")
        )
        context = self.shell(
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number),
            labels=[(piece, qr_code(self._address(piece), is_quick=True)) for piece in page.object_list],
            query=query,
        )
        return render(self.request, "inspections/labels.html", context)

    def _address(self, piece: Instrument) -> str:
        """A label stays on its piece for years: where the system has a public address, it is that one."""
        path = reverse("inspections:scan", args=[piece.label_code])
        return settings.PUBLIC_URL.rstrip("/") + path if settings.PUBLIC_URL else self.request.build_absolute_uri(path)


class OneView(LabelView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(self.rows(), pk=pk)
        return self.sheet(self.rows().filter(pk=pk))


class SheetView(LabelView):
    """``pieces`` in the address: numbers with commas between; or all in use of a ``holder``."""

    def get(self, request: HttpRequest) -> HttpResponse:
        query: dict[str, Any] = {name: text for name in ("pieces", "holder") if (text := request.GET.get(name))}
        if "pieces" in query:
            return self.sheet(self.rows().filter(pk__in=self._numbers(query["pieces"])), urlencode(query))
        (holder,) = self._numbers(query.get("holder", ""))[:1]
        return self.sheet(self.rows().in_use().filter(holder=holder), urlencode(query))

    def _numbers(self, text: str) -> list[int]:
        words = text.split(",")[:1000]
        if not all(word.isascii() and word.isdigit() and len(word) < 19 for word in words):
            raise Http404
        return [int(word) for word in words]


class ScanView(LabelView):
    """What the QR code leads to: the piece's page, for those who may see it; nothing for others."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        piece = get_object_or_404(self.rows(), label_code=code.lower())
        return redirect("admin:inspections_instrument_change", piece.pk)
