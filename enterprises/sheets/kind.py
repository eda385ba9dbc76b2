from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import KeptEnterpriseColumn
from enterprises.kinds import Span, overlap
from enterprises.models import EnterpriseKindSince


@register
class EnterpriseKindSheet(Sheet):
    """Lists such as the key energy-using units of a year: which enterprise is of which kind, from when to when."""

    key = "enterprise-kinds"
    label = _("kinds of enterprises by date")
    model = EnterpriseKindSince
    natural_key = ("enterprise", "kind", "begins_on")
    columns = (
        KeptEnterpriseColumn("enterprise"),
        ReferenceColumn("kind", by=("name", "code", "name_en"), aliases=("类别", "单位类别", "企业类别", "类型")),
        DateColumn("begins_on", aliases=("起始日期", "列入日期", "自")),
        DateColumn("ends_on", end=True, aliases=("终止日期", "退出日期", "至")),
    )

    def foresee(self, rows: Sequence[Any]) -> list[ValidationError | None]:
        """Refused by the form alike: spans of one kind that share a day."""
        spans: dict[int, list[Span]] = {}
        own = {row.pk for row in rows if row.pk}
        known = EnterpriseKindSince.objects.not_voided().filter(enterprise__in={row.enterprise_id for row in rows})
        for row in known.exclude(pk__in=own).select_related("kind"):
            spans.setdefault(row.enterprise_id, []).append((row.kind, row.begins_on, row.ends_on))
        found: list[ValidationError | None] = []
        for row in rows:
            mine = spans.setdefault(row.enterprise_id, [])
            span = (row.kind, row.begins_on, row.ends_on)
            problem = overlap([*mine, span])
            found.append(ValidationError({"begins_on": problem}) if problem else None)
            if not problem:
                mine.append(span)
        return found

    def after_write(self, added: Sequence[Any], changed: Sequence[Any], **options: Any) -> None:
        if problem := next((each for each in self.foresee([*added, *changed]) if each), None):
            raise problem
