"""C-mark declarations, certificates of measurement management systems and licences of the demo province."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bureau import records
from bureau.dates import add_months
from bureau.demo import Demo
from enterprises import c_mark
from enterprises.models import (
    CMarkDeclaration,
    CMarkProduct,
    Enterprise,
    EnterpriseKindSince,
    Licence,
    ManagementSystemCertificate,
)

YEARS = (2016, 2025, 2026)
GOODS = (("大米", "5 kg"), ("食用油", "5 L"), ("酱油", "500 mL"), ("饼干", "400 g"))
INSTRUMENTS = ("电子计价秤", "燃油加油机", "膜式燃气表", "压力变送器")


def fill(demo: Demo) -> None:
    by = demo.people["province-clerk"]
    declarations = records.bulk_add(list(_declarations(_of_kind("prepack")[:36])), by=by)
    records.bulk_add(list(_products(declarations)), by=by)
    c_mark.follow(declarations, by=by)
    records.bulk_add(list(_certificates([*_of_kind("key_energy"), *_of_kind("instrument_maker")][::4])), by=by)
    records.bulk_add(list(_licences(_of_kind("instrument_maker"))), by=by)


def _of_kind(kind: str) -> list[Enterprise]:
    keys = EnterpriseKindSince.objects.filter(kind=kind).values("enterprise")
    return list(Enterprise.objects.filter(pk__in=keys).select_related("office").order_by("pk"))


def _declarations(enterprises: Sequence[Enterprise]) -> Iterator[CMarkDeclaration]:
    for number, enterprise in enumerate(enterprises):
        declared_on = date(YEARS[number % 3], 2 + number % 7, 5 + number % 20)
        yield CMarkDeclaration(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=enterprise.region_id,
            declared_on=declared_on,
            metrology_head="计量负责人",
            publication_due_on=declared_on + timedelta(days=7),
            published_on=declared_on + timedelta(days=4 + number % 5),
            withdrawn_on=add_months(declared_on, 6) if number % 12 == 0 else None,
            withdrawal_reason_id="closed_down" if number % 12 == 0 else None,
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


def _certificates(enterprises: Sequence[Enterprise]) -> Iterator[ManagementSystemCertificate]:
    for number, enterprise in enumerate(enterprises):
        issued_on = date(YEARS[number % 3], 1 + number % 9, 8 + number % 18)
        yield ManagementSystemCertificate(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=enterprise.region_id,
            body="某某计量体系认证有限公司",
            certificate_no=f"CMS〔{issued_on.year}〕{number + 1:04}",
            grade=("AAA", "AA", "A")[number % 3],
            issued_on=issued_on,
            valid_until=add_months(issued_on, 60) - timedelta(days=1),
        )


def _licences(enterprises: Sequence[Enterprise]) -> Iterator[Licence]:
    for number, enterprise in enumerate(enterprises):
        applied_on = date(YEARS[number % 3], 1 + number % 9, 3 + number % 20)
        accepted_on = applied_on + timedelta(days=number % 4)
        decided_on = accepted_on + timedelta(days=8 + number % 14)
        is_granted = number % 11 != 10
        yield Licence(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=enterprise.region_id,
            kind=Licence.Kind.values[number // 3 % 3],
            authority="省市场监督管理局",
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
