"""Finding a region by what clerks write: its code, its name, or both."""

import re
from collections import defaultdict
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from bureau.exchange.columns.base import CellError, Doubt
from bureau.models import Region
from bureau.models.region import final_code, region_tree, subtree_q
from bureau.texts import match_text

_CODE = re.compile(r"(\d{6}(?:\d{3})?)(\D.*)?", re.ASCII)
_LEVEL_WORD = re.compile(r"(?<=..)[省市区县盟旗]$")


class RegionIndex:
    """The regions in which an office of ``within`` may enter records: that region and all that count in it."""

    def __init__(self, within: str) -> None:
        self.within = within

    @cached_property
    def by_code(self) -> dict[str, Region]:
        return Region.objects.filter(subtree_q(self.within, "pk")).order_by("code").in_bulk()

    @cached_property
    def _by_name(self) -> dict[str, list[Region]]:
        found: dict[str, list[Region]] = defaultdict(list)
        for region in self.by_code.values():
            for name in self._names(region):
                found[match_text(name)].append(region)
        return found

    def _names(self, region: Region) -> set[str]:
        """和平区 is also 沈阳市和平区, 辽宁省沈阳市和平区 and 和平 (ambiguity shows when a name is looked up)."""
        names, longer = {region.name, region.full_name, _LEVEL_WORD.sub("", region.name)}, region.name
        place = region_tree().places.get(region.parent_id or "")
        while place and place.parent:
            longer = place.name + longer
            names.add(longer)
            place = region_tree().places.get(place.parent)
        return names

    def meant(self, text: str) -> list[Region]:
        """The region of this code or name; several that bear the name. ``CellError``, ``Doubt`` for one elsewhere."""
        wanted = match_text(text)
        if match := _CODE.fullmatch(wanted):
            return [self._agreeing(self._by_its_code(match[1]), match[2] or "")]
        if candidates := self._by_name.get(wanted):
            return candidates
        raise CellError(_("No region of this name lies within %(within)s. Write its six-digit code.") % self._place)

    def is_written_out(self, region: Region, text: str) -> bool:
        """Whether a text that means the region holds its code or its name with all its signs."""
        wanted = match_text(text)
        return bool(_CODE.fullmatch(wanted)) or wanted.endswith(match_text(region.name))

    def _by_its_code(self, code: str) -> Region:
        region = self.by_code.get(code)
        if region:
            return region
        if code in region_tree().places:
            raise Doubt(_("This region does not lie within %(within)s.") % self._place, code)
        raise CellError(_("There is no region with the code %(code)s.") % {"code": code})

    @property
    def _place(self) -> dict[str, str]:
        place = region_tree().places.get(self.within)
        return {"within": place.full_name if place else self.within}

    def _agreeing(self, region: Region, name: str) -> Region:
        """Where code and name stand in one cell, one must not contradict the other."""
        former = {former["name"] for former in region.former_names}
        if name and name not in {match_text(known) for known in self._names(region) | former}:
            raise CellError(
                _("The code %(code)s is that of %(name)s, not of the name beside it.")
                % {"code": region.code, "name": region.full_name}
            )
        return region

    def one_of(self, candidates: list[Region], on: date | None) -> Region:
        """The one that is meant on a day, today if it is unknown; raises ``CellError`` if that is not clear."""
        day = on or timezone.localdate()
        in_force = [region for region in candidates if region.is_in_force(day)] or candidates
        # In the year of a change the old and the new code of one place are both in force: take the new one.
        ends = {final_code(region.code) for region in in_force}
        if len(ends) == 1:
            return next((region for region in in_force if region.code in ends), in_force[-1])
        options = _(", ").join(f"{region.code} {region.full_name}" for region in in_force[:5])
        raise CellError(_("Several regions have this name: %(options)s. Write the code.") % {"options": options})
