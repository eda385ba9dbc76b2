"""The list of enterprises that may be one and the same."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from bureau import scoping
from bureau.views.base import ScopedView
from enterprises import search
from enterprises.doubles import best_first, candidates
from enterprises.models import Enterprise

PAGE_SIZE = 15


class DoublesView(ScopedView):
    """Groups with at least one enterprise that the reader's office keeps, or one below."""

    permission = "enterprises.change_enterprise"
    title = _("Possible doubles")

    def get(self, request: HttpRequest) -> HttpResponse:
        text, with_two_codes = request.GET.get("q", "").strip()[:100], request.GET.get("codes") == "two"
        mine = scoping.editable_by(Enterprise.objects.not_voided(), request.user)
        groups = candidates(search.matching(mine, text), with_two_codes=with_two_codes)
        page = Paginator(groups, PAGE_SIZE).get_page(request.GET.get("page"))
        context = self.shell(
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number),
            groups=self._groups(list(page.object_list)),
            text=text,
            with_two_codes=with_two_codes,
            query=urlencode({"q": text, "codes": "two"} if with_two_codes else {"q": text}),
            may_merge=request.user.has_perm("enterprises.void_enterprise"),
        )
        return render(request, "enterprises/doubles.html", context)

    def _groups(self, keys: list[list[int]]) -> list[dict[str, Any]]:
        wanted = {pk for group in keys for pk in group}
        rows = Enterprise.objects.filter(pk__in=wanted).select_related("region", "office", "industry")
        by_key = {row.pk: row for row in rows}
        groups = []
        for group in keys:
            members = best_first(by_key[pk] for pk in group)
            codes = {member.credit_code for member in members} - {""}
            groups.append({"members": members, "has_two_codes": len(codes) > 1})
        return groups
