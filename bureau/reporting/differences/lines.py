"""The lines of a page about a frozen year: frozen, now, difference and what stands under each cause, as texts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bureau.models.region import region_tree
from bureau.reporting.differences.causes import Cause
from bureau.reporting.differences.explaining import Difference, Explanation
from bureau.reporting.dimensions import REGION, label_of_other
from bureau.reporting.engine import TOTAL, Slot
from bureau.reporting.figures import Value, change
from bureau.reporting.indicators import BaseIndicator, Rate
from bureau.reporting.lines import number_text
from bureau.reporting.regions import own_level_name

# The causes in the order of the pages; what no row explains comes last.
SHOWN = (Cause.LATE, Cause.VOIDED, Cause.MERGED, Cause.RECLASSIFIED, Cause.CHANGED, Cause.DEFINITION)


@dataclass(frozen=True)
class DifferenceLine:
    """``causes`` has a text for each of ``SHOWN``, with the address of its records."""

    label: str
    unit: str
    frozen: str
    now: str
    change: str
    url: str
    causes: list[tuple[str, str]] = field(default_factory=list)
    note: str = ""
    is_part: bool = False


def lines_of(
    difference: Difference, explained: dict[str, Explanation], indicator: BaseIndicator, slot: Slot = TOTAL
) -> Iterable[DifferenceLine]:
    """Of a rate the rate itself, then what it is made of."""
    was, now = difference.frozen_slots(indicator.key).get(slot), difference.now_slots(indicator.key).get(slot)
    url = url_of(difference, indicator.key, slot)
    if not isinstance(indicator, Rate):
        note = _("Only parts differ.") if now == was else ""
        yield _line(indicator, was, now, url, causes=_causes(explained[indicator.key], slot, url), note=note)
        return
    yield _line(indicator, was, now, url, causes=[("", "")] * len(SHOWN), note=_("Explained by what it is made of:"))
    for part in indicator.parts:
        explanation, of = explained[part.key], _with(url, of=part.key)
        before, after = explanation.frozen.get(slot, 0), explanation.now.get(slot, 0)
        yield _line(part, before, after, of, causes=_causes(explanation, slot, of), is_part=True)


def parts_of(difference: Difference, indicator: BaseIndicator) -> list[DifferenceLine]:
    """The parts that differ, each with the page on which it is explained."""
    was, now = difference.frozen_slots(indicator.key), difference.now_slots(indicator.key)
    return [
        _line(indicator, was.get(slot), now.get(slot), url_of(difference, indicator.key, slot), slot, difference.region)
        for slot in dict.fromkeys([*was, *now])
        if slot != TOTAL and not same(was.get(slot), now.get(slot))
    ]


def number_of(difference: Difference, indicator: BaseIndicator) -> str:
    """What was frozen."""
    return number_text(difference.frozen.value(indicator.key), indicator.decimals)


def same(was: Value, now: Value) -> bool:
    """What is not there counts nothing."""
    return (was or 0) == (now or 0)


def label_of(indicator: BaseIndicator, slot: Slot, region: str) -> str:
    name, value = slot
    if name == REGION:
        return own_level_name(region) if value == region else region_tree().places[value].name
    dimension = indicator.dimension(name)
    return f"{dimension.label}: {dimension.known().get(value) or label_of_other(value)}"


def url_of(difference: Difference, key: str, slot: Slot) -> str:
    path = reverse("reporting:frozen-figure", args=[difference.frozen.pk, key])
    return path if slot == TOTAL else _with(path, **dict([slot]))


def _line(
    indicator: BaseIndicator, was: Value, now: Value, url: str, slot: Slot = TOTAL, region: str = "", **more: object
) -> DifferenceLine:
    return DifferenceLine(
        label=str(indicator.label) if slot == TOTAL else label_of(indicator, slot, region),
        unit=str(indicator.unit),
        frozen=number_text(was, indicator.decimals),
        now=number_text(now, indicator.decimals),
        change=number_text(change(now, was), indicator.decimals, sign="+"),
        url=url,
        **more,  # type: ignore[arg-type]
    )


def _causes(explanation: Explanation, slot: Slot, url: str) -> list[tuple[str, str]]:
    found = []
    for cause in SHOWN:
        amount, has_rows = explanation.amount(cause, slot), bool(explanation.items_of(cause, slot))
        text = number_text(amount, explanation.indicator.decimals, sign="+") if amount or has_rows else ""
        found.append((text, _with(url, cause=cause.value) if has_rows else ""))
    return found


def _with(url: str, **query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"
