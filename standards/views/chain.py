from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from bureau.models.record import standing
from bureau.views.base import ScopedView
from standards import chain
from standards.lapses import SUBJECTS, Subject, stood_on
from standards.models import MeasurementStandard, StandardItem, StandardPerson
from standards.spans import Span
from standards.standard_lapses import lapses_of

PERMISSION = "standards.view_measurementstandard"
PAGE_SIZE = 25


def asked_day(text: str, default: date) -> date:
    """A day of the address; anything else is the default."""
    try:
        return parse_date(text) or default
    except ValueError:
        return default


class ChainView(ScopedView):
    """What a standard is traced to, what stands on it, and what lapsed."""

    permission = PERMISSION
    title = _("Traceability chain")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.scoped(MeasurementStandard.objects.not_voided().select_related("institution"))
        standard = get_object_or_404(rows, pk=pk)
        today = timezone.localdate()
        on = asked_day(request.GET.get("on", ""), today)
        items = self.scoped(StandardItem.objects.not_voided().in_force(on).filter(standard=standard))
        persons = self.scoped(StandardPerson.objects.not_voided().in_force(on).filter(standard=standard))
        lapses = lapses_of(standard, today, request.user)
        context = self.shell(
            standard=standard,
            subtitle=str(standard),
            on=on,
            up=chain.upward(standard, on, request.user),
            down=chain.downward(standard, on, request.user),
            items=items,
            persons=persons.select_related("technician"),
            used=chain.used(standard, date.min, today, request.user),
            lapses=[(lapse, stood_url(lapse.key, lapse.pk, (lapse.first, lapse.last))) for lapse in lapses],
        )
        return render(request, "standards/chain.html", context)


def stood_url(key: str, pk: int, time: Span) -> str:
    return f"{reverse('standards:stood', args=[key, pk])}?{_query(time)}"


def _query(time: Span) -> str:
    return urlencode({"from": time[0].isoformat(), "to": time[1].isoformat()})


class StoodView(ScopedView):
    """Every standard, and what was done with it, that stood on something while it had lapsed."""

    permission = PERMISSION
    title = _("What stood on it")

    def get(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        subject = SUBJECTS.get(key)
        if subject is None or not request.user.has_perm(_view_permission(subject)):  # type: ignore[union-attr]
            raise Http404
        row = get_object_or_404(self.scoped(subject.model._default_manager.filter(standing(subject.model))), pk=pk)
        today = timezone.localdate()
        times = list(reversed(subject.lapses(row, today)))
        time = self._time(times, today)
        page = Paginator(stood_on(subject, row, time, request.user), PAGE_SIZE).get_page(request.GET.get("page"))
        context = self.shell(
            subject=subject,
            row=row,
            subtitle=f"{subject.label} · {row}",
            time=time,
            times=[(each, stood_url(key, pk, each)) for each in times],
            stood=[(each, self._used(each.standard, each.days)) for each in page],
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number),
            query=_query(time),
            today=today,
        )
        return render(request, "standards/stood.html", context)

    def _time(self, times: list[Span], today: date) -> Span:
        """As asked, else the latest lapse, else today."""
        default = times[0] if times else (today, today)
        first = asked_day(self.request.GET.get("from", ""), default[0])
        last = asked_day(self.request.GET.get("to", ""), default[1])
        return first, max(first, last)

    def _used(self, standard: MeasurementStandard, days: list[Span]) -> list[Any]:
        """What floors above did with it, over all of these days."""
        return [each for first, last in days for each in chain.used(standard, first, last, self.request.user)]


def _view_permission(subject: Subject) -> str:
    return f"standards.view_{subject.model._meta.model_name}"
