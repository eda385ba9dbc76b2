from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.finding import Finder, Parsed
from bureau.exchange.sheets import Sheet, register
from bureau.models import Staff
from bureau.texts import match_text
from enterprises.columns import EnterpriseColumn
from inspections import entry, ledger
from inspections.models import Instrument
from inspections.sheets.instrument_columns import FollowingChoice, catalogue_of, today_of

HOLDER = ("使用单位", "使用单位名称", "单位名称", "受检单位", "企业名称", "统一社会信用代码")
KIND = ("器具种别", "强检器具种别", "种别", "二级目录", "器具种类")
PURPOSES = {
    "trade": ("贸易结算",),
    "safety": ("安全防护", "安全"),
    "medical": ("医疗卫生", "医疗"),
    "environment": ("环境监测", "环保"),
    "standard": ("社会公用计量标准", "最高计量标准", "计量标准器具"),
    "other": ("其他", "工艺控制", "质量检测"),
}
LEGAL_KINDS = {"mandatory": ("强检", "强制检定", "是"), "voluntary": ("非强检", "非强制检定", "否")}
STATES = {"in_use": ("在用", "使用中", "正常"), "stopped": ("停用", "封存", "备用"), "scrapped": ("报废", "注销")}
ENDS = {"replaced": ("到期轮换", "轮换"), "failed": ("检定不合格", "失准报废"), "other": ("其他",)}
SUBMISSIONS = {"sent_in": ("送检", "送检定"), "on_site": ("现场检定", "现场", "上门检定")}
# What names a piece without a serial no., in this order.
NUMBERS = ("ecqs_no", "holder_no")


class InstrumentFinder(Finder):
    """By holder, kind and serial no., else by a number of its own; a scrapped piece only where none took its place."""

    def _find(self, parsed: Sequence[Parsed]) -> dict[Any, Any]:
        if not parsed:
            return {}
        rows = self._rows(parsed)
        wanted, found = {row.key for row in parsed}, {}
        for row in sorted(rows, key=lambda row: (row.state != Instrument.State.SCRAPPED, row.pk)):
            for key in _keys(entry.values_of(row)):
                if key in wanted:
                    found[key] = row
        return found

    def candidates(self, parsed: Sequence[Parsed]) -> set[Any]:
        return {row.pk for row in self._rows(parsed)} if parsed else set()

    def _rows(self, parsed: Sequence[Parsed]) -> Iterable[Instrument]:
        asked = Q()
        for name in ("serial_no", *NUMBERS):
            texts = {row.values.get(name) for row in parsed} | {row.written.get(name) for row in parsed}
            if texts := texts - {None, ""}:
                asked |= Q(**{f"{name}__among": texts})
        rows = self.sheet.rows().filter(asked, holder__among={row.values["holder"] for row in parsed})
        return rows.select_for_update() if self.locks else rows


def _keys(values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The keys under which a piece is found, the best first: a row of a file has that one alone."""
    holder, kind, serial = values.get("holder"), values.get("kind"), values.get("serial_no")
    if not holder or not kind:
        return []
    numbers = [(holder, name, match_text(values[name])) for name in NUMBERS if values.get(name)]
    return [(holder, kind, match_text(serial)), *numbers] if serial else numbers


@register
class InstrumentSheet(Sheet):
    """The ledger of instruments, in the columns of the national platform."""

    key = "instruments"
    label = _("measuring instruments")
    model = Instrument
    natural_key = ("holder", "kind", "serial_no")
    finder = InstrumentFinder
    follows_beyond = True
    columns = (
        EnterpriseColumn("holder", aliases=HOLDER),
        TextColumn("name", aliases=("器具名称", "计量器具名称"), example="电子计价秤"),
        ReferenceColumn("kind", by=("name", "code", "name_en"), aliases=KIND),
        TextColumn("model", aliases=("型号规格", "规格型号", "型号")),
        TextColumn("measuring_range", aliases=("测量范围", "量程")),
        TextColumn("accuracy_class", aliases=("准确度等级", "准确度", "等级")),
        TextColumn("serial_no", aliases=("出厂编号", "器具编号", "编号"), example="20160001"),
        TextColumn("maker", aliases=("生产厂家", "制造单位", "生产企业", "制造厂")),
        TextColumn("origin", aliases=("器具产地", "产地")),
        TextColumn("place", aliases=("安装/使用地点", "安装地点", "使用地点")),
        RegionColumn("region", aliases=("使用地点行政区划", "行政区划", "行政区划代码", "所在地区", "地区")),
        IntegerColumn("quantity", unit="台件", minimum=1, required=False, aliases=("数量", "器具数量")),
        ChoiceColumn("purpose", aliases=("用途", "强检用途", "使用用途"), also=PURPOSES),
        FollowingChoice("submission", aliases=("送检方式", "检定方式"), also=SUBMISSIONS),
        FollowingChoice("legal_kind", aliases=("强检类别", "是否强检", "管理类别"), also=LEGAL_KINDS),
        IntegerColumn("period_months", minimum=1, maximum=600, aliases=("检定周期", "检定周期（月）", "周期")),
        DateColumn("in_use_from", aliases=("启用日期", "投用日期", "使用日期")),
        DateColumn("first_verified_on", aliases=("首次检定日期", "首检日期")),
        DateColumn("replace_due_on", aliases=("到期轮换日期", "使用期限至", "轮换日期")),
        FollowingChoice("state", aliases=("使用状态", "器具状态", "状态"), also=STATES),
        DateColumn("state_since", aliases=("状态起始日期", "停用日期", "报废日期")),
        ChoiceColumn("end_reason", aliases=("报废原因",), also=ENDS),
        TextColumn("ecqs_no", aliases=("强检系统编号", "平台编号", "器具备案编号")),
        TextColumn("holder_no", aliases=("单位自编号", "管理编号", "用能单位管理编号", "自编号")),
        TextColumn("remark", aliases=("备注",)),
    )

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """A piece without a serial no. is found by its number on the platform or its holder's own."""
        return next(iter(_keys(values)), None)

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        today = today_of(context)
        region = context.regions.by_code.get(values.get("region") or "")
        if region and (problem := region.problem_on(today)):
            raise ValidationError({"region": problem})
        return entry.instrument(values, catalogue_of(context), today)

    def after_write(
        self, added: Sequence[Instrument], changed: Sequence[Instrument], *, by: Staff | None, import_id: int | None
    ) -> None:
        ledger.instruments_written(added, changed)

    def after_undo(self, rows: Sequence[Instrument], *, by: Staff | None) -> None:
        ledger.instruments_written([], rows)
