from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import BooleanColumn, ChoiceColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import register
from bureau.models import Staff
from standards.models import ComparisonParticipant
from standards.sheets.comparison import ComparisonColumn
from standards.sheets.comparison_parts import ComparisonPartSheet

ROLES = {"pilot": ("主导实验室", "主导"), "participant": ("参比实验室", "参比", "参加")}


@register
class ComparisonParticipantSheet(ComparisonPartSheet):
    """Laboratories of comparisons by their codes; the institution on record is pointed to on the page."""

    key = "comparison_participants"
    label = _("laboratories in comparisons")
    model = ComparisonParticipant
    natural_key = ("comparison", "lab_code")
    columns = (
        ComparisonColumn(example="2026-03"),
        TextColumn("lab_code", aliases=("实验室代码", "实验室编号", "代码"), example="A01"),
        TextColumn("name", aliases=("实验室名称", "参比单位", "单位名称", "机构名称"), example="市计量测试所"),
        ChoiceColumn("role", aliases=("角色", "实验室类型"), also=ROLES),
        BooleanColumn("is_in_reference", required=False, aliases=("是否参与参考值", "计入参考值")),
    )

    def settle(self, rows: Sequence[Any], by: Staff | None) -> None:
        """The verdict of a row that was just written may change with it: the importer goes on with its new version."""
        super().settle(rows, by)
        versions = dict(
            ComparisonParticipant.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "version")
        )
        for row in rows:
            row.version = versions[row.pk]
