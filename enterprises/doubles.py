"""Which enterprises on record may be one and the same: by name and place, or by a code that one of them had."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from django.db.models import Count, QuerySet

from bureau.models.region import code_range
from enterprises.models import Enterprise, FormerName


class Member(NamedTuple):
    pk: int
    key: str
    region: str
    code: str


def twins_of(enterprise: Enterprise) -> QuerySet:
    """Others of the same normalised name in the same region."""
    rows = Enterprise.objects.not_voided().filter(name_key=enterprise.name_key, region=enterprise.region_id)
    return rows.exclude(pk=enterprise.pk)


def candidates(rows: QuerySet, *, with_two_codes: bool = False) -> list[list[int]]:
    """Groups of enterprises, by key, that may be one, at least one of them among ``rows``.

    Of the same normalised name, in one region or in regions that lie in one another; or one has as its code what
    another had as its code before. Two that both have codes of their own are told apart by these: they are left out
    unless ``with_two_codes``.
    """
    mine = set(rows.values_list("pk", flat=True))
    groups = [group for group in [*_of_one_name(rows), *_of_a_former_code()] if mine & {each.pk for each in group}]
    if not with_two_codes:
        groups = [group for group in groups if not _are_told_apart(group)]
    return [sorted(each.pk for each in group) for group in groups]


def _are_told_apart(group: Sequence[Member]) -> bool:
    """One name, and each its own code."""
    return len({each.key for each in group}) == 1 and all(each.code for each in group)


def best_first(members: Iterable[Enterprise]) -> list[Enterprise]:
    """With a verified code before one without, then the older record: the first is the one to keep."""
    return sorted(members, key=lambda each: (not each.credit_code, bool(each.unverified), each.pk))


def _of_one_name(rows: QuerySet) -> list[list[Member]]:
    living = Enterprise.objects.not_voided().order_by()
    shared = living.values("name_key").annotate(bearers=Count("pk")).filter(bearers__gt=1).values("name_key")
    names = rows.order_by().filter(name_key__in=shared).values("name_key")
    by_name: dict[str, list[Member]] = {}
    for row in living.filter(name_key__in=names).values_list("pk", "name_key", "region", "credit_code"):
        member = Member(*row)
        by_name.setdefault(member.key, []).append(member)
    return [group for _name, members in sorted(by_name.items()) for group in _by_place(members)]


def _of_a_former_code() -> list[list[Member]]:
    former = FormerName.objects.not_voided().filter(enterprise__voided_at__isnull=True).exclude(credit_code="")
    holders: dict[str, set[int]] = {}
    for code, pk in former.values_list("credit_code", "enterprise"):
        holders.setdefault(code, set()).add(pk)
    living = Enterprise.objects.not_voided().order_by("pk")
    bearers = living.filter(credit_code__in=former.values("credit_code")).values_list("credit_code", "pk")
    groups = [{pk, *holders[code]} for code, pk in bearers]
    known = {
        row[0]: Member(*row)
        for row in living.filter(pk__in=set().union(*groups)).values_list("pk", "name_key", "region", "credit_code")
    }
    return [[known[pk] for pk in sorted(group)] for group in groups if len(group) > 1]


def _by_place(members: list[Member]) -> list[list[Member]]:
    """Clusters of members, each joined to another one by its place."""
    cluster = {member.pk: {member.pk} for member in members}
    for one, other in combinations(members, 2):
        if _lies_in(one.region, other.region) or _lies_in(other.region, one.region):
            joined = cluster[one.pk] | cluster[other.pk]
            cluster.update(dict.fromkeys(joined, joined))
    distinct = {id(joined): joined for joined in cluster.values() if len(joined) > 1}
    return [[member for member in members if member.pk in joined] for joined in distinct.values()]


def _lies_in(code: str, region: str) -> bool:
    span = code_range(region)
    return span is None or span[0] <= code < span[1]
