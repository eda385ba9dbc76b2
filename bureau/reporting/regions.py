"""The regions of a report: the one asked for, and the places by which its figures are broken down."""

from django.utils.translation import gettext as _

from bureau.models.region import children, final_code, region_tree
from bureau.models.region_tree import Place
from bureau.reporting.periods import Period


class UnknownRegion(LookupError):
    """The message is a sentence for the reader."""


def place(code: str) -> Place:
    """Raises ``UnknownRegion`` if there is no such code, or if its rows count elsewhere today."""
    places = region_tree().places
    if code not in places:
        raise UnknownRegion(_("There is no region with the code “%(code)s”.") % {"code": code})
    heir = final_code(code)
    if heir != code:
        raise UnknownRegion(
            _("Region %(code)s %(name)s was succeeded by %(new_code)s %(new_name)s, where its records count.")
            % {"code": code, "name": places[code].name, "new_code": heir, "new_name": places[heir].name}
        )
    return places[code]


def parts(code: str, period: Period) -> dict[str, str]:
    """Code and name of what adds up to a region: the region itself, then its direct children in that period."""
    found = {child.code: child.name for day in (period.first, period.last) for child in children(code, day)}
    return {code: own_level_name(code), **dict(sorted(found.items()))}


def name_of_part(code: str, within: str) -> str:
    return own_level_name(code) if code == within else region_tree().places[code].name


def own_level_name(code: str) -> str:
    """For the rows that count at the region's own level, in none of its children."""
    return _("%(region)s itself") % {"region": region_tree().places[code].name}


def own_level_codes(code: str) -> list[str]:
    """The codes whose rows count in the region but in none of its children."""
    return [inside for inside in region_tree().codes_counting_in(code) if final_code(inside) == code]


def is_within(code: str, region: str) -> bool:
    return region_tree().bucket_of(code, region) is not None


def above(code: str, top: str = "") -> list[str]:
    return region_tree().above(code, top)
