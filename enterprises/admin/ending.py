"""What the pages of pledges, awards, certificates and declarations share: they hold until they end."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from enterprises.models.ending import State


class StateFilter(DropdownFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in State.values:
            return queryset
        return queryset.in_state(self.value(), timezone.localdate())


class ShowsState:
    @display(
        description=_("state"),
        label={State.IN_FORCE.value: "success", State.EXPIRED.value: "warning", State.WITHDRAWN.value: "danger"},
    )
    def state_shown(self, row: Any) -> tuple[str, Any]:
        return row.state.value, row.state.label
