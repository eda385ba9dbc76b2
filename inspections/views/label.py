"""Labels of instruments: printed with a QR code, scanned by whatever reads an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.qr import qr_code
from bureau.texts import whole_number
from bureau.views.base import ScopedView
from inspections.models import Instrument

# Five sheets of 3 × 8 labels, 70 mm × 37 mm each.
PAGE_SIZE = 120


@dataclass(frozen=True)
class Label:
    """``picture``: the QR code; ``name`` is printed large, ``lines`` below it; ``code`` can be typed in."""

    picture: SafeString
    name: str
    lines: list[str]
    code: str = ""


def numbered(word: str, number: str) -> str:
    """A number with the word for it; nothing where there is no number."""
    return f"{word} {number}" if number else ""


class LabelSheetView(ScopedView):
    """Sheets of labels for rows of one kind, which the reader sees."""

    title = gettext_lazy("Labels")
    # What a scan does, and what is said where there is nothing to label.
    hint: ClassVar[Any]
    nothing: ClassVar[Any]
    order: ClassVar[tuple[str, ...]]

    def path_of(self, row: Any) -> str:
        """Of the page that a scan opens."""
        raise NotImplementedError

    def texts_of(self, row: Any) -> tuple[str, Iterable[str], str]:
        """Name, further lines (empty ones are left out) and code to be typed in."""
        raise NotImplementedError

    def sheet(self, rows: QuerySet, query: str = "") -> HttpResponse:
        page = Paginator(rows.order_by(*self.order, "pk"), PAGE_SIZE).get_page(self.request.GET.get("page"))
        context = self.shell(
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number),
            labels=[(row, self._label(row)) for row in page.object_list],
            query=query,
        )
        return render(self.request, "inspections/labels.html", context)

    def asked(self, *names: str) -> tuple[str, list[int], str]:
        """The first of the names that the address has, its numbers (commas between them), and that part of it.

        Http404 where it has none, or where they are no numbers.
        """
        for name in names:
            if text := self.request.GET.get(name):
                return name, self._numbers(text), urlencode({name: text})
        raise Http404

    def _numbers(self, text: str) -> list[int]:
        words = text.split(",")[:1000]
        numbers = [number for word in words if (number := whole_number(word)) is not None]
        if len(numbers) < len(words):
            raise Http404
        return numbers

    def _label(self, row: Any) -> Label:
        name, lines, code = self.texts_of(row)
        return Label(qr_code(self._address(row), is_quick=True), name, [line for line in lines if line], code)

    def _address(self, row: Any) -> str:
        """A label stays on its piece for years: where the system has a public address, it is that one."""
        path = self.path_of(row)
        return settings.PUBLIC_URL.rstrip("/") + path if settings.PUBLIC_URL else self.request.build_absolute_uri(path)


class LabelView(LabelSheetView):
    permission = "inspections.view_instrument"
    hint = gettext_lazy("Whoever scans a label and may see the instrument comes to its page.")
    nothing = gettext_lazy("There is no instrument to label.")
    order = ("holder", "place")

    def rows(self) -> Any:
        return self.scoped(Instrument.objects.not_voided()).select_related("holder")

    def path_of(self, piece: Instrument) -> str:
        return reverse("inspections:scan", args=[piece.label_code])

    def texts_of(self, piece: Instrument) -> tuple[str, Iterable[str], str]:
        lines = (
            piece.model,
            numbered(_("Serial no."), piece.serial_no),
            numbered(_("holder's own no."), piece.holder_no),
            piece.holder.name,
        )
        return piece.name, lines, piece.label_code


class OneView(LabelView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(self.rows(), pk=pk)
        return self.sheet(self.rows().filter(pk=pk))


class SheetView(LabelView):
    """``pieces`` in the address: numbers with commas between; or all in use of a ``holder``."""

    def get(self, request: HttpRequest) -> HttpResponse:
        name, numbers, query = self.asked("pieces", "holder")
        if name == "pieces":
            return self.sheet(self.rows().filter(pk__in=numbers), query)
        return self.sheet(self.rows().in_use().filter(holder=numbers[0]), query)


class ScanView(LabelView):
    """What the QR code leads to: the piece's page, for those who may see it; nothing for others."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        piece = get_object_or_404(self.rows(), label_code=code.lower())
        return redirect("admin:inspections_instrument_change", piece.pk)
