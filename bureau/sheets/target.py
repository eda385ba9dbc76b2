from django.utils.translation import gettext_lazy

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import register
from bureau.reporting.models import Target
from bureau.sheets.of_days import OfDaysSheet, of_days

SENSES = {"at_least": ("不少于", "不低于", "≥", ">="), "at_most": ("不多于", "不超过", "不高于", "≤", "<=")}


@register
class TargetSheet(OfDaysSheet):
    """Targets by figure, region and days."""

    key = "targets"
    label = gettext_lazy("targets")
    model = Target
    columns = of_days(
        ChoiceColumn("sense", required=False, also=SENSES, aliases=("方向", "要求")),
        TextColumn("basis", aliases=("依据", "下达文件", "文件")),
    )
