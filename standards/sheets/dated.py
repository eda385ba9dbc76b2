from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet
from bureau.models import Staff
from bureau.models.record import standing
from standards.models.dated import overlaps, region_problem


class DatedSheet(Sheet):
    """Rows that hold from a day to a day: two of the same never on one day, in a region that existed meanwhile."""

    def rows(self) -> Any:
        return self.model._default_manager.filter(standing(self.model))

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        region = context.regions.by_code.get(values.get("region") or "")
        if region and (problem := region_problem(region, values["begins_on"], values["ends_on"])):
            raise ValidationError({"region": problem})
        return values

    def foresee(self, rows: Sequence[Any]) -> list[ValidationError | None]:
        return [ValidationError({"begins_on": found}) if found else None for found in overlaps(rows)]

    def after_write(
        self, added: Sequence[Any], changed: Sequence[Any], *, by: Staff | None, import_id: int | None
    ) -> None:
        self._refuse([*added, *changed])

    def after_undo(self, rows: Sequence[Any], *, by: Staff | None) -> None:
        self._refuse([row for row in rows if not row.is_voided])

    def _refuse(self, rows: Sequence[Any]) -> None:
        for refusal in self.foresee(rows):
            if refusal:
                raise refusal
