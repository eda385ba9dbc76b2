"""Finding the enterprise that a row is about: by its code, else by its name in the region."""

from collections.abc import Iterable, Sequence
from typing import Any

from bureau.exchange.finding import Finder, Key, Parsed
from enterprises.models import Enterprise
from enterprises.names import name_key

Place = tuple[str, str]


class EnterpriseFinder(Finder):
    """A code decides. A row without one, or with one that is not on record, means the enterprise of its name in the
    region, if that has no code: the row then completes it. A row without code also means one that has, if the name
    is borne only once there.
    """

    def candidates(self, parsed: Sequence[Parsed]) -> set[Any]:
        return {row.pk for row in self._rows(parsed)} if parsed else set()

    def _find(self, parsed: Sequence[Parsed]) -> dict[Key, Any]:
        if not parsed:
            return {}
        by_code: dict[str, Any] = {}
        by_place: dict[Place, list[Any]] = {}
        for row in self._rows(parsed):
            if row.credit_code:
                by_code[row.credit_code] = row
            by_place.setdefault((row.name_key, row.region_id), []).append(row)
        found = {}
        for each in parsed:
            row = by_code.get(each.values.get("credit_code") or "") or self._by_name(each, by_place)
            if row is not None:
                found[each.key] = row
        return found

    def _by_name(self, parsed: Parsed, by_place: dict[Place, list[Any]]) -> Any:
        bearers = by_place.get(self._place(parsed), [])
        without_code = [row for row in bearers if not row.credit_code]
        if without_code:
            return without_code[0]
        return bearers[0] if len(bearers) == 1 and not parsed.values.get("credit_code") else None

    def _place(self, parsed: Parsed) -> Place:
        return name_key(parsed.values.get("name") or ""), parsed.values.get("region") or self.context.office.region_id

    def _rows(self, parsed: Sequence[Parsed]) -> Iterable[Enterprise]:
        """One query for the codes, one for the names: an index for each."""
        codes = {code for each in parsed if (code := each.values.get("credit_code"))}
        places = [self._place(each) for each in parsed]
        named = self.sheet.rows().filter(
            name_key__in={key for key, _region in places}, region__in={region for _key, region in places}
        )
        keys = set(named.values_list("pk", flat=True))
        keys |= set(self.sheet.rows().filter(credit_code__in=codes).values_list("pk", flat=True))
        rows = self.sheet.rows().filter(pk__in=keys)
        return rows.select_for_update() if self.locks else rows
