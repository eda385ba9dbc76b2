"""A city's pieces that are due, spread over the days of an institution: a proposal, booked when it is agreed to."""

import hashlib
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from bureau.due.forms import within_text
from bureau.due.kinds import last_day, warning_months
from bureau.models import Office
from bureau.models.region_tree import children, subtree_q
from inspections import bookings
from inspections.due_pieces import due
from inspections.models import BookingRule, Instrument
from inspections.openings import Openings, earliest_day, last_offered
from inspections.spreading import DuePiece, spread
from inspections.views.booking import BookingView, institutions_open
from standards.models import Institution

# What a page shows and one transaction books; what is left comes with the next proposal.
MOST_PIECES = 2000


class AskForm(forms.Form):
    region = forms.ChoiceField(label=_("Region"), widget=UnfoldAdminSelectWidget)
    institution = forms.ChoiceField(label=_("Institution"), widget=UnfoldAdminSelectWidget)
    within = forms.TypedChoiceField(label=_("Due"), coerce=int, widget=UnfoldAdminSelectWidget)

    def __init__(self, data: Any, *, office: Office, institutions: list[Institution]) -> None:
        parts = children(office.region_id, timezone.localdate())
        self.first = {
            "region": office.region_id,
            "institution": str(institutions[0].pk) if institutions else "",
            "within": str(warning_months()[0]),
        }
        super().__init__({**self.first, **{name: data[name] for name in self.first if name in data}})
        self._offer("region", [(office.region_id, office.region.name), *((part.code, part.name) for part in parts)])
        self._offer("institution", [(str(each.pk), each.name) for each in institutions])
        self._offer("within", [(months, within_text(months)) for months in warning_months()])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def query(self) -> str:
        return urlencode({name: self.data[name] for name in self.first})


class Proposal:
    """Day by day what would be booked: ``days`` of each piece, ``left`` for whom there is no room."""

    def __init__(self, pieces: list[Any], openings: Openings, first: date) -> None:
        room = {opening.on: opening.free for opening in openings if opening.on >= first}
        wanted = [DuePiece(piece.pk, piece.next_due_on, piece.quantity, piece.holder_id) for piece in pieces]
        found = spread(wanted, room)
        self.openings = openings
        self.days = {piece: found[piece.pk] for piece in pieces if piece.pk in found}
        self.left = [piece for piece in pieces if piece.pk not in found]
        self.late = sum(piece.quantity for piece, day in self.days.items() if day > piece.next_due_on)

    @property
    def pieces(self) -> int:
        return sum(piece.quantity for piece in self.days)

    @property
    def digest(self) -> str:
        """What was seen is what is booked, or nothing."""
        lines = sorted(f"{piece.pk} {day}" for piece, day in self.days.items())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def lines(self) -> list[dict[str, Any]]:
        """A line for each day: its holders with the number of their pieces and the first day on which one is due."""
        by_day: dict[date, dict[Any, list[Any]]] = {}
        for piece, day in self.days.items():
            by_day.setdefault(day, {}).setdefault(piece.holder, []).append(piece)
        return [self._line(day, by_day[day]) for day in sorted(by_day)]

    def _line(self, day: date, holders: dict[Any, list[Any]]) -> dict[str, Any]:
        groups = [
            {
                "holder": holder,
                "pieces": sum(piece.quantity for piece in pieces),
                "due_on": (due_on := min(piece.next_due_on for piece in pieces)),
                "is_late": due_on < day,
            }
            for holder, pieces in holders.items()
        ]
        opening, pieces = self.openings.on(day), sum(group["pieces"] for group in groups)
        return {"opening": opening, "pieces": pieces, "left": opening.free - pieces, "groups": groups}


class SpreadView(BookingView):
    title = _("Spread what is due over the days")

    def get(self, request: HttpRequest) -> HttpResponse:
        form, proposal, is_cut = self._asked()
        context = self.shell(
            form=form,
            proposal=proposal,
            is_cut=is_cut,
            lines=proposal.lines() if proposal else [],
            may_book=bookings.may_confirm(self.me),
        )
        return render(request, "inspections/spread.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        form, proposal, _is_cut = self._asked()
        back = f"{request.path}?{form.query}"
        if proposal is None or proposal.digest != request.POST.get("seen"):
            messages.warning(request, gettext("Something was booked or entered meanwhile. Look at the new proposal."))
            return redirect(back)
        try:
            made = bookings.book_all(proposal.days, institution=self._institution(form), by=self.me)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(back)
        sentence = ngettext("%(count)d appointment was booked.", "%(count)d appointments were booked.", len(made))
        messages.success(request, sentence % {"count": len(made)})
        return redirect("admin:inspections_appointment_changelist")

    def _asked(self) -> tuple[AskForm, Proposal | None, bool]:
        """The form, the proposal where it can be made, and whether more pieces are due than it looks at."""
        self.institutions = institutions_open(timezone.localdate(), self.office)
        form = AskForm(self.request.GET, office=self.office, institutions=self.institutions)
        if not form.is_valid():
            return form, None, False
        today = timezone.localdate()
        until, rule = last_day(form.cleaned_data["within"], today), BookingRule.on(today)
        in_region = self.scoped(Instrument.objects.filter(subtree_q(form.cleaned_data["region"], "region")))
        pieces = list(due(in_region, until, today).select_related("holder")[: MOST_PIECES + 1])
        openings = Openings(self._institution(form), today, max(until, last_offered(today, rule)))
        first = earliest_day(today, rule.working_days_ahead, openings.stated)
        return form, Proposal(pieces[:MOST_PIECES], openings, first), len(pieces) > MOST_PIECES

    def _institution(self, form: AskForm) -> Institution:
        return next(each for each in self.institutions if str(each.pk) == form.cleaned_data["institution"])
