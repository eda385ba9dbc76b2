from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminSelectWidget

from bureau.due.kinds import DueKind, warning_months
from bureau.due.listing import OVERDUE, Asked
from bureau.models import Office
from bureau.models.region_tree import children


class FilterForm(forms.Form):
    """What the list is narrowed to; only what the reader may see is offered."""

    kind = forms.ChoiceField(label=_("What is due"), required=False, widget=UnfoldAdminSelectWidget)
    within = forms.ChoiceField(label=_("When"), required=False, widget=UnfoldAdminSelectWidget)
    region = forms.ChoiceField(label=_("Region"), required=False, widget=UnfoldAdminSelectWidget)
    office = forms.TypedChoiceField(
        label=_("Kept by office"), required=False, coerce=int, empty_value=None, widget=UnfoldAdminSelectWidget
    )

    def __init__(self, data: Any, *, office: Office, kinds: list[DueKind]) -> None:
        super().__init__(data)
        every = [("", _("All"))]
        parts = children(office.region_id, timezone.localdate())
        offices = Office.objects.below(office).values_list("pk", "name")
        self._offer("kind", [*every, *((kind.key, kind.label) for kind in kinds)])
        self._offer("within", [*every, (OVERDUE, _("Overdue")), *((str(n), within_text(n)) for n in warning_months())])
        self._offer("region", [*every, *((region.code, region.name) for region in parts)])
        self._offer("office", [*every, *offices])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> Asked | None:
        """None for what is not among the choices."""
        return Asked(**self.cleaned_data) if self.is_valid() else None

    def in_words(self) -> list[str]:
        """How the list is narrowed, one text each."""
        return [
            f"{field.label}: {dict(field.choices)[value]}"  # type: ignore[attr-defined]
            for name, field in self.fields.items()
            if (value := self.cleaned_data[name]) not in ("", None)
        ]


def within_text(months: int) -> str:
    return ngettext("Within %(count)d month", "Within %(count)d months", months) % {"count": months}


class MailForm(forms.Form):
    mail_to = forms.EmailField(label=_("Mail address"), widget=UnfoldAdminEmailInputWidget)
