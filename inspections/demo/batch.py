"""Batches of pieces verified in Hebei, year by year: what a province's institutions do, as the sums of their papers.

As published: 6.5 million pieces in 2020, and 250 million yuan waived from 2016 to 18 May 2021. What single pieces of
the ledger already count is left out of both.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any

from bureau.dates import add_months
from enterprises.models import Enterprise
from inspections.generators import SEASON, SORTS, Sort
from inspections.models import Verification

WAIVED, WAIVED_FROM, WAIVED_UNTIL = 250_000_000, date(2016, 1, 1), date(2021, 5, 18)
# Year → pieces in all, and on how many papers; the last year up to its last month.
YEARS = {
    2016: (6_020_000, 1500), 2017: (6_130_000, 1500), 2018: (6_240_000, 1500), 2019: (6_380_000, 6000),
    2020: (6_500_000, 14_400), 2021: (6_590_000, 3000), 2022: (6_410_000, 1500), 2023: (6_640_000, 1500),
    2024: (6_720_000, 1500), 2025: (6_810_000, 3000), 2026: (5_650_000, 3000),
}  # fmt: skip
MONTHS = {2026: 10}
# Who has instruments of a purpose, and of some kinds whoever else.
HOLDERS = {
    "trade": ("market", "retail", "catering", "jewelry"),
    "safety": ("lpg", "utility", "fuel"),
    "medical": ("medical", "optical"),
    "environment": ("utility", "key_energy"),
    "standard": ("instrument_maker",),
    "other": ("instrument_maker", "prepack", "key_energy"),
}
HOLDERS_OF_KIND = {
    "fuel_dispenser": ("fuel",),
    "electricity_meter": ("utility",),
    "water_meter_25": ("utility",),
    "gas_meter_natural": ("utility",),
    "focimeter": ("optical",),
    "charging_pile_ac": ("utility", "retail"),
}
FAILED = 40  # one paper in so many is a rejection notice


@dataclass(frozen=True)
class Batch:
    """Without fee waived yet, which depends on all batches together; ``fee`` in yuan."""

    client: Enterprise
    sort: Sort
    on: date
    quantity: int
    number: int

    @property
    def fee(self) -> int:
        return self.quantity * self.sort.fee // 100

    @property
    def values(self) -> dict[str, Any]:
        is_calibration = self.sort.purpose == "other"
        is_new = self.sort.batch > 1
        kind = "calibration" if is_calibration else "initial" if is_new else "subsequent"
        conclusion = "none" if is_calibration else "failed" if self.number % FAILED == 7 else "passed"
        # The catalogue says nothing of weights, whose period the certificate states.
        is_stated = self.sort.purpose == "standard" and conclusion == "passed"
        return {
            "kind": kind,
            "conclusion": conclusion,
            "instrument_kind_id": self.sort.kind,
            "purpose": self.sort.purpose,
            "quantity": self.quantity,
            "valid_until": add_months(self.on, self.sort.months) - timedelta(days=1) if is_stated else None,
            "fee": self.fee,
            "received_on": self.on - timedelta(days=1 + self.number % 12),
        }


def batches(
    enterprises: Sequence[Enterprise], kind_of: Mapping[int, str], known: Sequence[Verification]
) -> list[Batch]:
    """Clients, kinds and months as they fall by their shares; ``known`` are the verifications of single pieces."""
    chance, clients = random.Random(2021), _clients(enterprises, kind_of)
    found = []
    for year, (pieces, papers) in YEARS.items():
        pieces -= sum(row.quantity for row in known if row.verified_on.year == year)
        sorts = chance.choices(SORTS, [sort.share for sort in SORTS], k=papers)
        months = MONTHS.get(year, 12)
        days = [_day(chance, year, months) for _each in range(papers)]
        for number, (sort, on, quantity) in enumerate(zip(sorts, days, _shares(pieces, sorts, chance), strict=True)):
            found.append(Batch(chance.choice(clients[sort.kind]), sort, on, quantity, number))
    return found


def waived(made: Sequence[Batch], known: Sequence[Verification]) -> Iterator[int]:
    """Of each batch's fee the same part, in the time of which the sum was published; of all others likewise."""
    whole = WAIVED - sum(Decimal(row.fee_waived) for row in known if _counts(row.verified_on))
    fees = list(accumulate((each.fee if _counts(each.on) else 0 for each in made), initial=0))
    for number, each in enumerate(made):
        if _counts(each.on):
            yield int(whole * fees[number + 1] // fees[-1] - whole * fees[number] // fees[-1])
        else:
            yield int(each.fee * whole // fees[-1])


def _counts(on: date) -> bool:
    return WAIVED_FROM <= on <= WAIVED_UNTIL


def _clients(enterprises: Sequence[Enterprise], kind_of: Mapping[int, str]) -> dict[str, list[Enterprise]]:
    """By kind of instrument who may have it."""
    by_kind: dict[str, list[Enterprise]] = {}
    for each in enterprises:
        by_kind.setdefault(kind_of.get(each.pk, ""), []).append(each)
    names = {sort.kind: HOLDERS_OF_KIND.get(sort.kind, HOLDERS[sort.purpose]) for sort in SORTS}
    return {kind: [each for name in of_kind for each in by_kind[name]] for kind, of_kind in names.items()}


def _day(chance: random.Random, year: int, months: int) -> date:
    month = chance.choices(range(1, months + 1), SEASON[:months])[0]
    return date(year, month, chance.randint(1, 28))


def _shares(whole: int, sorts: Sequence[Sort], chance: random.Random) -> Iterator[int]:
    """A whole number of pieces over papers: of new meters many on one, of other kinds fewer; they add up exactly."""
    weights = [chance.randint(20, 180) * (3 if sort.batch > 1 else 1) for sort in sorts]
    reached = list(accumulate(weights, initial=0))
    for number in range(len(sorts)):
        yield whole * reached[number + 1] // reached[-1] - whole * reached[number] // reached[-1]
