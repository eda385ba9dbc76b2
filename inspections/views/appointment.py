"""An appointment: its pieces, their receipt, their results, and the form that the holder brings along."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bureau import records, scoping
from bureau.models import Staff
from bureau.texts import whole_number
from bureau.views.base import ScopedView
from inspections import bookings
from inspections.forms import CancelForm, ReceiptForm
from inspections.models import Appointment, AppointmentItem, Stage, Verification


def new_verification_url(item: AppointmentItem, appointment: Appointment) -> str:
    """The page of a new verification, which takes from the piece what is not said here."""
    values = {"instrument": item.instrument_id, "institution": appointment.institution_id, "quantity": item.quantity}
    received = {"received_on": item.received_on} if item.received_on else {}
    return f"{reverse('admin:inspections_verification_add')}?{urlencode({**values, **received})}"


class AppointmentView(ScopedView):
    permission = "inspections.view_appointment"

    @property
    def me(self) -> Staff:
        return cast(Staff, self.request.user)

    def appointment(self, pk: int) -> Appointment:
        rows = self.scoped(Appointment.objects.not_voided().with_progress())
        return get_object_or_404(rows.select_related("institution", "holder__region", "office"), pk=pk)

    def items(self, appointment: Appointment) -> list[Any]:
        """The pieces, each with its ``result``: the first paper since it was received."""
        rows = appointment.items.not_voided()
        items: list[Any] = list(rows.select_related("instrument__kind").order_by("instrument__name", "pk"))
        made = self.scoped(Verification.objects.not_voided())
        papers: dict[int, list[Verification]] = {}
        for paper in made.filter(instrument__in=[item.instrument_id for item in items]).order_by("verified_on", "pk"):
            papers.setdefault(cast(int, paper.instrument_id), []).append(paper)
        for item in items:
            since = item.received_on or appointment.day
            of_piece = papers.get(item.instrument_id, [])
            item.result = next((paper for paper in of_piece if paper.verified_on >= since), None)
        return items


class PageView(AppointmentView):
    title = _("Appointment")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment = self.appointment(pk)
        may_enter = request.user.has_perm("inspections.add_verification")  # type: ignore[union-attr]
        items = self.items(appointment)
        for item in items:
            is_open = item.result is None and not item.instrument.is_voided
            item.new_url = new_verification_url(item, appointment) if may_enter and is_open else ""
            item.is_awaited = is_open and item.received_on is None
        editable = scoping.editable_by(Appointment.objects.filter(pk=pk), self.me).exists()
        may_change = editable and self.me.has_perm("inspections.change_appointment")
        stands = appointment.state != Appointment.State.CANCELLED
        context = self.shell(
            subtitle=str(appointment),
            appointment=appointment,
            stage=appointment.stage,
            items=items,
            is_requested=appointment.stage == Stage.REQUESTED,
            may_change=may_change and stands,
            may_confirm=may_change and bookings.may_confirm(self.me),
            to_receive=[item for item in items if item.is_awaited],
            receipt=ReceiptForm(),
            cancelling=CancelForm(),
        )
        return render(request, "inspections/appointment.html", context)


class PaperView(AppointmentView):
    """The submission form (预约送检单), to be printed."""

    title = _("Submission form")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment = self.appointment(pk)
        items = [item for item in self.items(appointment) if not item.instrument.is_voided]
        context = self.shell(
            subtitle=str(appointment),
            appointment=appointment,
            items=items,
            pieces=sum(item.quantity for item in items),
            received_on=max((item.received_on for item in items if item.received_on), default=None),
        )
        return render(request, "inspections/submission_form.html", context)


class StepView(AppointmentView):
    """A step of an appointment that the reader may change; what is refused is said on its page."""

    permission = "inspections.change_appointment"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = scoping.editable_by(Appointment.objects.not_voided(), self.me)
        appointment = get_object_or_404(rows.select_related("institution"), pk=pk)
        try:
            messages.success(request, self.step(appointment))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except records.Outdated:
            messages.error(request, gettext("Somebody changed the appointment meanwhile. Look at it again."))
        return redirect("inspections:appointment", pk)

    def step(self, appointment: Appointment) -> str:
        raise NotImplementedError


class ConfirmView(StepView):
    def step(self, appointment: Appointment) -> str:
        bookings.confirm(appointment, by=self.me)
        return gettext("The appointment is booked.")


class CancelView(StepView):
    def step(self, appointment: Appointment) -> str:
        bookings.cancel(appointment, by=self.me, reason=self.request.POST.get("reason", ""))
        return gettext("The appointment is cancelled; its place is free again.")


class ReceiveView(StepView):
    def step(self, appointment: Appointment) -> str:
        form = ReceiptForm(self.request.POST)
        if not form.is_valid():
            raise ValidationError(_("Say on which day the pieces were received."))
        named = self.request.POST.getlist("items")
        items = {key for text in named if (key := whole_number(text)) is not None}
        count = bookings.receive(appointment, items, on=form.cleaned_data["on"], by=self.me)
        if not count:
            raise ValidationError(_("Choose at least one piece."))
        return ngettext("%(count)d piece was received.", "%(count)d pieces were received.", count) % {"count": count}
