"""C-mark declarations, certificates of measurement management systems and licences of a demo province.

As Hebei published of May 2021: 292 producers with the C mark, 182 enterprises with a certified system, and since 2020
193 new products among measuring instruments.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bureau import records
from bureau.dates import add_months
from bureau.demo import HEBEI, LIAONING, Demo
from enterprises import c_mark
from enterprises.demo.enterprise import of_kinds
from enterprises.models import (
    CMarkDeclaration,
    CMarkProduct,
    Enterprise,
    Licence,
    ManagementSystemCertificate,
)

GOODS = (("大米", "5 kg"), ("食用油", "5 L"), ("酱油", "500 mL"), ("饼干", "400 g"))
AUTHORITIES = {LIAONING: "省市场监督管理局", HEBEI: "河北省市场监督管理局"}
LAST_DAY = date(2026, 10, 31)
INSTRUMENTS = ("电子计价秤", "燃油加油机", "膜式燃气表", "压力变送器")


@dataclass(frozen=True)
class Facts:
    """Years of the first papers, in turn, and how many enterprises have one (None: every fourth of those in question).

    ``is_renewed``: so are certificates when they run out; their numbers begin with ``first_number``.

    ``licences``: the new products and the others granted from a day on, over so many days; empty: one a maker.
    """

    years: tuple[int, ...]
    declarers: int
    withdrawn: int
    certified: int | None
    first_number: int = 1
    is_renewed: bool = False
    licences: tuple[tuple[date, int, int, int], ...] = ()


FACTS = {
    LIAONING: Facts(years=(2016, 2025, 2026), declarers=36, withdrawn=3, certified=None),
    HEBEI: Facts(
        years=(2017, 2018, 2019, 2020), declarers=292 + 24, withdrawn=24, certified=182, first_number=1001,
        is_renewed=True,
        # Of the new products 193 from 2020 to 18 May 2021.
        licences=(
            (date(2018, 1, 8), 350, 118, 40), (date(2019, 1, 8), 350, 131, 44), (date(2020, 1, 8), 350, 139, 47),
            (date(2021, 1, 8), 125, 54, 18), (date(2021, 5, 24), 215, 88, 29), (date(2025, 1, 8), 350, 146, 51),
            (date(2026, 1, 8), 260, 97, 33),
        ),
    ),
}  # fmt: skip


def fill(demo: Demo) -> None:
    facts, by = FACTS[demo.province], demo.by
    declarations = records.bulk_add(list(_declarations(facts, of_kinds(demo, "prepack")[: facts.declarers])), by=by)
    records.bulk_add(list(_products(declarations)), by=by)
    c_mark.follow(declarations, by=by)
    users = [*of_kinds(demo, "key_energy"), *of_kinds(demo, "instrument_maker")][::4]
    records.bulk_add(list(_certificates(facts, users[: facts.certified])), by=by)
    makers = of_kinds(demo, "instrument_maker")
    records.bulk_add(list(_dealt_out(demo, facts, makers) if facts.licences else _one_each(demo, facts, makers)), by=by)


def _declarations(facts: Facts, enterprises: Sequence[Enterprise]) -> Iterator[CMarkDeclaration]:
    """One in twelve, up to so many, was given up after half a year."""
    for number, enterprise in enumerate(enterprises):
        declared_on = date(facts.years[number % len(facts.years)], 2 + number % 7, 5 + number % 20)
        is_withdrawn = number % 12 == 0 and number // 12 < facts.withdrawn
        yield CMarkDeclaration(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=enterprise.region_id,
            declared_on=declared_on,
            metrology_head="计量负责人",
            publication_due_on=declared_on + timedelta(days=7),
            published_on=declared_on + timedelta(days=4 + number % 5),
            withdrawn_on=add_months(declared_on, 6) if is_withdrawn else None,
            withdrawal_reason_id="closed_down" if is_withdrawn else None,
        )


def _products(declarations: Sequence[CMarkDeclaration]) -> Iterator[CMarkProduct]:
    for number, declaration in enumerate(declarations):
        for name, net_content in (GOODS[number % 4], GOODS[(number + 1) % 4]):
            yield CMarkProduct(
                declaration=declaration,
                name=name,
                brand="某某",
                net_content=net_content,
                package="袋装" if net_content.endswith("g") else "瓶装",
                added_on=declaration.declared_on,
            )


def _certificates(facts: Facts, enterprises: Sequence[Enterprise]) -> Iterator[ManagementSystemCertificate]:
    for number, enterprise in enumerate(enterprises):
        issued_on = date(facts.years[number % len(facts.years)], 1 + number % 9, 8 + number % 18)
        while issued_on <= LAST_DAY:
            until = add_months(issued_on, 60) - timedelta(days=1)
            yield ManagementSystemCertificate(
                enterprise=enterprise,
                office=enterprise.office,
                region_id=enterprise.region_id,
                body="某某计量体系认证有限公司",
                certificate_no=f"CMS〔{issued_on.year}〕{facts.first_number + number:04}",
                grade=("AAA", "AA", "A")[number % 3],
                issued_on=issued_on,
                valid_until=until,
            )
            if not facts.is_renewed:
                break
            issued_on = until - timedelta(days=14)


def _one_each(demo: Demo, facts: Facts, makers: Sequence[Enterprise]) -> Iterator[Licence]:
    for number, maker in enumerate(makers):
        applied_on = date(facts.years[number % len(facts.years)], 1 + number % 9, 3 + number % 20)
        decided_on = applied_on + timedelta(days=number % 4 + 8 + number % 14)
        kind, is_granted = Licence.Kind.values[number // 3 % 3], number % 11 != 10
        yield _licence(demo, maker, number, kind, applied_on, decided_on, is_granted=is_granted)


def _dealt_out(demo: Demo, facts: Facts, makers: Sequence[Enterprise]) -> Iterator[Licence]:
    """Of a maker one after the other; to those that were granted come some that were refused."""
    others, number = (Licence.Kind.TYPE_APPROVAL, Licence.Kind.REFERENCE_MATERIAL), 0
    for first, days, new_products, other in facts.licences:
        refused = (new_products + other) // 10
        kinds = [Licence.Kind.NEW_PRODUCT] * new_products + [others[each % 4 == 3] for each in range(other + refused)]
        for place, kind in enumerate(kinds):
            decided_on = first + timedelta(days=place * 37 % days)
            applied_on = decided_on - timedelta(days=number % 4 + 8 + number % 14)
            maker = makers[number * 7 % len(makers)]
            is_granted = place < new_products + other
            yield _licence(demo, maker, number, kind, applied_on, decided_on, is_granted=is_granted)
            number += 1


def _licence(
    demo: Demo, maker: Enterprise, number: int, kind: str, applied_on: date, decided_on: date, *, is_granted: bool
) -> Licence:
    accepted_on = applied_on + timedelta(days=number % 4)
    return Licence(
        enterprise=maker,
        office=maker.office,
        region_id=maker.region_id,
        kind=kind,
        authority=AUTHORITIES[demo.province],
        application_no=f"受理〔{applied_on.year}〕{number + 1:04}",
        product=INSTRUMENTS[number % 4],
        is_handled_online=number % 5 != 0,
        applied_on=applied_on,
        accepted_on=accepted_on,
        decision_due_on=accepted_on + timedelta(days=20),
        decided_on=decided_on,
        decision="granted" if is_granted else "refused",
        certificate_no=f"{applied_on.year}F{number + 1:04}" if is_granted else "",
    )
