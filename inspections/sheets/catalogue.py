"""The official annex of the catalogue under mandatory control, as a table. Entries are reference rows, which the
exchange does not write: ``inspections.catalogue`` takes the rows that are read here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet
from inspections.models import CatalogueEntry

CONTROLS = {
    "P": ("型式批准",),
    "V": ("强制检定", "强检"),
    "P+V": ("型式批准、强制检定", "型式批准和强制检定", "强制检定、型式批准", "V+P"),
}
MODES = {
    "periodic": ("周期检定",),
    "first_only": (
        "首检-失准报废",
        "只做首次强制检定，失准报废",
        "只做首次强制检定-失准报废",
        "首次强制检定，失准报废",
    ),
    "replaced": (
        "首检-限期使用到期轮换",
        "只做首次强制检定，限期使用，到期轮换",
        "只做首次强制检定-限期使用到期轮换",
        "首次强制检定，限期使用，到期轮换",
    ),
    "none": ("无", "-", "—", "/"),
}
USES = {
    "is_for_trade": "贸易结算",
    "is_for_safety": "安全防护",
    "is_for_medical": "医疗卫生",
    "is_for_environment": "环境监测",
}


class UsesColumn(TextColumn):
    """The fields of use in one cell, such as 贸易结算、安全防护; a longer text is searched for these words."""

    def bind(self, model: type[models.Model]) -> None:
        stated, self.name = self.name, "note"
        super().bind(model)
        self.name = self.attribute = stated

    def rule(self) -> str:
        return _("Fields of use, one or several: %(words)s.") % {"words": _(", ").join(USES.values())}


class CatalogueSheet(Sheet):
    key = "catalogue"
    label = gettext_lazy("catalogue under mandatory control")
    model = CatalogueEntry
    natural_key = ("kind",)
    columns = (
        ReferenceColumn("kind", by=("name", "code", "name_en"), aliases=("二级目录", "种别", "器具种别", "器具名称")),
        ChoiceColumn("control", aliases=("监管方式",), also=CONTROLS),
        ChoiceColumn("mode", aliases=("强检方式", "检定方式"), also=MODES, required=False),
        UsesColumn(
            "uses", label=gettext_lazy("fields of use"), aliases=("强检范围及说明", "用途", "使用范围"), required=False
        ),
        IntegerColumn("period_months", minimum=1, maximum=600, aliases=("检定周期", "检定周期（月）")),
        IntegerColumn("life_months", minimum=1, maximum=600, aliases=("使用期限", "使用期限（月）")),
        TextColumn("regulation", aliases=("检定规程", "计量检定规程")),
        TextColumn("note", aliases=("备注", "说明")),
    )

    def value_of(self, row: Any, column: Any) -> Any:
        return "" if column.name == "uses" else super().value_of(row, column)

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        mode = values["mode"] or (CatalogueEntry.Mode.NONE if values["control"] == "P" else "")
        if not mode:
            raise ValidationError({"mode": _("This cell must not be empty.")})
        if (mode == CatalogueEntry.Mode.NONE) != (values["control"] == CatalogueEntry.Control.TYPE_APPROVAL):
            raise ValidationError({"mode": _("Control by verification needs a verification mode, type approval none.")})
        uses = values["uses"]
        return {**values, "mode": mode, **{name: word in uses for name, word in USES.items()}}
