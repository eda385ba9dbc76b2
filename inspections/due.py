"""What is due about instruments; one class is one kind (``bureau.due.kinds``)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.due.kinds import DueKind, register
from inspections.models import Instrument, LegalKind

IN_USE = Q(state=Instrument.State.IN_USE)


class OfInstrument(DueKind):
    model = Instrument
    related = ("holder",)

    def holder(self, row: Any) -> str:
        return row.holder.name


@register
class VerificationDue(OfInstrument):
    """A piece in use under mandatory verification that has to be verified again."""

    key = "verification.due"
    label = _("Mandatory verification")
    due_path = "next_due_on"
    condition = IN_USE & Q(legal_kind=LegalKind.MANDATORY)


@register
class ReplacementDue(OfInstrument):
    """A piece of a kind with a limited time in use (到期轮换)."""

    key = "verification.replacement"
    label = _("Replacement of an instrument")
    due_path = "replace_due_on"
    condition = IN_USE
