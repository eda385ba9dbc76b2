"""From what is due to an appointment: the holders, the pieces of one, a free day; and another day later on."""

from datetime import date, timedelta
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bureau import scoping
from bureau.due.kinds import last_day, warning_months
from bureau.models import Office, Staff
from bureau.views.base import ScopedView
from enterprises.models import Enterprise
from enterprises.search import matching
from inspections import bookings
from inspections.due_pieces import holders_due, to_choose_from
from inspections.forms import BookingForm, DayForm
from inspections.models import Appointment, BookingRule, Capacity, Instrument
from inspections.openings import Opening, offered
from standards.models import Institution

PAGE_SIZE = 25
# A list that a person chooses from; who has more spreads them over days anyhow.
MOST_PIECES = 300


def institutions_open(today: date, office: Office) -> list[Institution]:
    """Those that state how many pieces they take, the reader's own region first."""
    stated = Capacity.objects.not_voided().filter(institution=OuterRef("pk")).exclude(ends_on__lt=today)
    found = Institution.objects.not_voided().in_force(today).filter(Exists(stated)).order_by("name", "pk")
    return sorted(found, key=lambda institution: institution.region_id != office.region_id)


def due_until(today: date) -> date:
    """The nearest warning level, about as far as days are offered: what is due later is booked later."""
    return last_day(warning_months()[0], today)


def by_week(openings: list[Opening]) -> list[tuple[date, list[Opening]]]:
    """With the Monday of each week."""
    weeks: dict[date, list[Opening]] = {}
    for opening in openings:
        weeks.setdefault(opening.on - timedelta(days=opening.on.weekday()), []).append(opening)
    return list(weeks.items())


class BookingView(ScopedView):
    permission = "inspections.add_appointment"

    @property
    def me(self) -> Staff:
        return cast(Staff, self.request.user)

    @property
    def office(self) -> Office:
        return cast(Office, self.me.office)

    @property
    def may_override(self) -> bool:
        return self.office.kind != Office.Kind.ENTERPRISE

    def chosen(self, institutions: list[Institution]) -> Institution | None:
        asked = self.request.GET.get("institution", "")
        named = next((each for each in institutions if str(each.pk) == asked), None)
        return named or next(iter(institutions), None)


class DueHoldersView(BookingView):
    """Whose pieces are due: where a booking begins."""

    title = _("Book an appointment")

    def get(self, request: HttpRequest) -> HttpResponse:
        text, today = request.GET.get("q", "").strip()[:100], timezone.localdate()
        rows = self.scoped(Instrument.objects.all())
        if text:
            known = matching(self.scoped(Enterprise.objects.not_voided()), text)
            rows = rows.filter(holder__in=known.order_by().values("pk"))
        until = due_until(today)
        page = Paginator(holders_due(rows, until, today), PAGE_SIZE).get_page(request.GET.get("page"))
        holders = Enterprise.objects.select_related("region").in_bulk([each.holder_id for each in page.object_list])
        context = self.shell(
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number),
            lines=[(holders[each.holder_id], each, each.first <= today) for each in page.object_list],
            others=self._others(text) if text and not page.object_list else [],
            text=text,
            until=until,
            query=urlencode({"q": text}) if text else "",
        )
        return render(request, "inspections/due_holders.html", context)

    def _others(self, text: str) -> list[Enterprise]:
        """Holders of the name of whom nothing is due."""
        holding = self.scoped(Instrument.objects.not_voided()).filter(holder=OuterRef("pk"))
        found = matching(self.scoped(Enterprise.objects.not_voided()), text).filter(Exists(holding))
        return list(found.select_related("region").order_by("name", "pk")[:PAGE_SIZE])


class BookView(BookingView):
    """The pieces of a holder that are due, and the days that still have room."""

    title = _("Book an appointment")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        holder = self._holder(pk)
        pieces = self._pieces(holder)
        ways = {piece.submission for piece in pieces}
        initial = {
            "pieces": [] if self.shows_all else [piece.pk for piece in pieces if not piece.is_booked],
            "submission": ways.pop() if len(ways) == 1 else Instrument.Submission.SENT_IN,
        }
        return self._page(holder, pieces, self._form(pieces, initial=initial))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        holder = self._holder(pk)
        pieces = self._pieces(holder)
        form = self._form(pieces, request.POST)
        institution = self.chosen(institutions_open(timezone.localdate(), self.office))
        if not form.is_valid() or institution is None:
            return self._page(holder, pieces, form)
        try:
            made = bookings.book(
                holder=holder,
                institution=institution,
                day=form.chosen_day,
                pieces=list(form.cleaned_data["pieces"]),
                by=self.me,
                **form.details,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self._page(holder, pieces, form)
        messages.success(request, gettext("The appointment stands. Print the submission form for the holder."))
        return redirect("inspections:appointment", made.pk)

    @property
    def shows_all(self) -> bool:
        return self.request.GET.get("show") == "all"

    def _holder(self, pk: int) -> Enterprise:
        return get_object_or_404(self.scoped(Enterprise.objects.not_voided().select_related("region")), pk=pk)

    def _pieces(self, holder: Enterprise) -> list[Any]:
        today = timezone.localdate()
        until = None if self.shows_all else due_until(today)
        rows = to_choose_from(self.scoped(Instrument.objects.filter(holder=holder)), until, today)
        return list(rows.select_related("kind")[:MOST_PIECES])

    def _form(self, pieces: list[Any], data: Any = None, **options: Any) -> BookingForm:
        rows = self.scoped(Instrument.objects.filter(pk__in=[piece.pk for piece in pieces]))
        return BookingForm(data, pieces=rows, may_override=self.may_override, **options)

    def _page(self, holder: Enterprise, pieces: list[Any], form: BookingForm) -> HttpResponse:
        today = timezone.localdate()
        institutions = institutions_open(today, self.office)
        institution = self.chosen(institutions)
        context = self.shell(
            subtitle=holder.name,
            holder=holder,
            pieces=pieces,
            is_cut=len(pieces) == MOST_PIECES,
            today=today,
            form=form,
            chosen_pieces={str(pk) for pk in form["pieces"].value() or ()},
            institutions=institutions,
            institution=institution,
            weeks=by_week(offered(institution, today)) if institution else [],
            chosen_day=str(form["day"].value() or ""),
            rule=BookingRule.on(today),
            shows_all=self.shows_all,
            labels_url=f"{reverse('inspections:labels')}?holder={holder.pk}",
        )
        return render(self.request, "inspections/book.html", context)


class MoveView(BookingView):
    permission = "inspections.change_appointment"
    title = _("Move the appointment")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(self._appointment(pk), DayForm(may_override=self.may_override))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment, form = self._appointment(pk), DayForm(request.POST, may_override=self.may_override)
        if not form.is_valid():
            return self._page(appointment, form)
        reason = form.cleaned_data.get("override_reason", "")
        try:
            bookings.move(appointment, day=form.chosen_day, by=self.me, override_reason=reason)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self._page(self._appointment(pk), form)
        messages.success(request, gettext("The appointment is on %(day)s now.") % {"day": appointment.day})
        return redirect("inspections:appointment", pk)

    def _appointment(self, pk: int) -> Appointment:
        rows = scoping.editable_by(Appointment.objects.standing(), self.me)
        return get_object_or_404(rows.select_related("institution", "holder"), pk=pk)

    def _page(self, appointment: Appointment, form: DayForm) -> HttpResponse:
        today = timezone.localdate()
        pieces = sum(appointment.items.coming().values_list("quantity", flat=True))
        context = self.shell(
            subtitle=str(appointment),
            appointment=appointment,
            pieces=ngettext("%(count)d piece", "%(count)d pieces", pieces) % {"count": pieces},
            form=form,
            weeks=by_week(offered(appointment.institution, today, without=appointment)),
            chosen_day=str(form["day"].value() or ""),
            rule=BookingRule.on(today),
        )
        return render(self.request, "inspections/move_appointment.html", context)
