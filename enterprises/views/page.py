"""One enterprise, one page: who it is, and everything that was ever recorded about it, by date."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import scoping
from bureau.timeline import Entry, Timeline
from bureau.views.base import ScopedView
from enterprises.models import Contact, Enterprise, EnterpriseKindSince, EnterpriseMerge, FormerName

PAGE_SIZE = 50
# More than anybody prints; the list says so when it is cut.
MOST_PRINTED = 5000


@dataclass(frozen=True)
class Link:
    text: str
    url: str
    is_chosen: bool
    icon: str = ""
    count: int | None = None


class EnterpriseView(ScopedView):
    permission = "enterprises.view_enterprise"

    def enterprise(self, pk: int) -> Enterprise:
        rows = self.scoped(Enterprise.objects.select_related("region", "office", "industry", "merged_into"))
        return get_object_or_404(rows, pk=pk)

    def may_merge(self, *enterprises: Enterprise) -> bool:
        """Who could void each of them: the office that keeps it or one above."""
        user = self.request.user
        if not user.has_perm("enterprises.void_enterprise"):
            return False
        keys = {enterprise.pk for enterprise in enterprises}
        return scoping.editable_by(Enterprise.objects.filter(pk__in=keys), user).count() == len(keys)


class Counted:
    """A paginator's list that was counted beforehand and reads only the page that is shown."""

    def __init__(self, timeline: Timeline, count: int) -> None:
        self._timeline, self._count = timeline, count

    def count(self) -> int:
        return self._count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, span: slice) -> list[Entry]:
        return self._timeline.entries(span.start or 0, span.stop)


class PageView(EnterpriseView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        enterprise = self.enterprise(pk)
        timeline, counts = self._timeline(enterprise)
        shown = sum(
            count for (key, year), count in counts.items() if self.kind in ("", key) and self.year in (None, year)
        )
        is_whole = request.GET.get("all") == "1"
        page = Paginator(Counted(timeline, shown), MOST_PRINTED if is_whole else PAGE_SIZE).get_page(
            request.GET.get("page")
        )
        context = self.shell(
            title=enterprise.name,
            enterprise=enterprise,
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number),
            total=sum(counts.values()),
            is_whole=is_whole,
            query=self._query(),
            filters=self._filters(timeline, counts),
            print_url=f"?{self._query(all='1')}",
            **self._identity(enterprise),
        )
        return render(request, "enterprises/page.html", context)

    def _timeline(self, enterprise: Enterprise) -> tuple[Timeline, Counter[tuple[str, int]]]:
        whole = Timeline(enterprise, self.request.user)
        counts = Counter({(source.key, year): count for source, year, count in whole.counts()})
        key, year = self.request.GET.get("kind", ""), self.request.GET.get("year", "")
        self.kind = key if key in {known for known, _year in counts} else ""
        self.year = int(year) if year in {str(known) for _key, known in counts} else None
        return Timeline(enterprise, self.request.user, key=self.kind, year=self.year), counts

    def _identity(self, enterprise: Enterprise) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        kinds = self.scoped(EnterpriseKindSince.objects.not_voided().filter(enterprise=enterprise))
        is_open = scoping.open_to(Enterprise.objects.filter(pk=enterprise.pk), user).exists()
        merges = EnterpriseMerge.objects.filter(kept=enterprise, undone_at__isnull=True)
        contacts = scoping.visible_to(Contact.objects.not_voided().filter(enterprise=enterprise), user)
        return {
            "kinds": [
                (since, since.ends_on is None or since.ends_on >= today) for since in kinds.select_related("kind")
            ],
            "former_names": self.scoped(FormerName.objects.not_voided().filter(enterprise=enterprise)),
            "contacts": contacts,
            "merges": merges.select_related("double", "merged_by") if is_open else [],
            "may_merge": self.may_merge(enterprise),
            "change_url": reverse("admin:enterprises_enterprise_change", args=[enterprise.pk]),
        }

    # Links that narrow the time line ---------------------------------------------------------------

    def _query(self, **values: str) -> str:
        chosen = {"kind": self.kind, "year": str(self.year or ""), **values}
        return urlencode({name: value for name, value in chosen.items() if value})

    def _filters(self, timeline: Timeline, counts: Counter[tuple[str, int]]) -> list[tuple[str, list[Link]]]:
        by_kind: Counter[str] = Counter()
        by_year: Counter[int] = Counter()
        for (key, year), count in counts.items():
            by_kind[key] += count
            by_year[year] += count
        kinds = [
            Link(
                str(source.name),
                f"?{self._query(kind=source.key)}",
                self.kind == source.key,
                source.icon,
                by_kind[source.key],
            )
            for source in timeline.sources
            if by_kind[source.key]
        ]
        years = [
            Link(str(year), f"?{self._query(year=str(year))}", self.year == year, count=by_year[year])
            for year in sorted(by_year, reverse=True)
        ]
        everything = [
            Link(_("all"), f"?{self._query(kind='')}", not self.kind),
            Link(_("all"), f"?{self._query(year='')}", not self.year),
        ]
        return [(_("Kind"), [everything[0], *kinds]), (_("Year"), [everything[1], *years])]
