"""What a page of figures is asked for in its address: a region of the reader's own, and a period."""

from typing import Any

from django.http import Http404, QueryDict

from bureau.models.region import children, region_tree
from bureau.reporting import regions
from bureau.reporting.dimensions import UnknownValue
from bureau.reporting.periods import InvalidPeriod, Period
from bureau.reporting.regions import UnknownRegion

# What a reader may ask for and nobody can answer: each says why in a sentence.
Unanswerable = (InvalidPeriod, UnknownRegion, UnknownValue)


def region(query: QueryDict, user: Any) -> str:
    """The reader's own region unless another is asked for; one outside the own subtree is not there for the reader."""
    own = user.office.region_id
    code = query.get("region") or own
    if not regions.is_within(code, own):
        raise Http404
    return code


def period(query: QueryDict) -> Period | None:
    """None if the address names none. Raises ``InvalidPeriod``."""
    texts = {"year": query.get("year", ""), "first": query.get("from", ""), "last": query.get("to", "")}
    return Period.from_text(**texts) if any(texts.values()) else None


def region_choices(selected: str, user: Any) -> list[tuple[str, str]]:
    """From the reader's own region down to the selected one, and the children of both: a step at a time."""
    places = region_tree().places
    own = user.office.region_id
    shown = {*regions.above(selected, own), *(child.code for top in (own, selected) for child in children(top))}
    return [(code, "\u3000" * (len(regions.above(code, own)) - 1) + places[code].name) for code in sorted(shown)]
