"""The changes of a record's history, as one reads them."""

from typing import Any

from django.utils.translation import gettext
from simple_history.models import DeletedObject, ModelChange
from simple_history.template_utils import HistoricalRecordContextHelper

NOTHING = "—"


class ReadableChanges(HistoricalRecordContextHelper):
    """What was empty is a dash, a choice its label, a flag yes or no."""

    def prepare_delta_change_value(self, change: ModelChange, value: Any) -> Any:
        # A relation that was empty is handed over as a row that was deleted, without a key.
        if value in (None, "") or (isinstance(value, DeletedObject) and value.pk is None):
            return NOTHING
        field = self.model._meta.get_field(change.field)
        if choices := getattr(field, "flatchoices", None):
            return str(dict(choices).get(value, value))
        if isinstance(value, bool):
            return gettext("Yes") if value else gettext("No")
        return super().prepare_delta_change_value(change, value)
