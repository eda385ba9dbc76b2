"""Plans of energy-metering audits with their units, audits as they are planned, findings and nonconformities."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from bureau.models import Staff
from bureau.models.record import standing
from enterprises.sheets.energy_columns import EnergyUnitColumn
from inspections.models import (
    AuditFinding,
    AuditPlan,
    AuditRule,
    AuditState,
    EnergyAudit,
    Nonconformity,
    PlannedAudit,
)
from inspections.models.audit_item import edition_on
from inspections.models.energy_audit import OPEN_STATES
from inspections.sheets.audit_columns import AuditColumn, AuditItemColumn
from inspections.sheets.instrument_columns import today_of

REGION = ("行政区划", "行政区划代码", "所在地区", "地区")
RESULTS = {
    "conforming": ("符合", "合格"),
    "defective": ("有缺陷", "基本符合"),
    "nonconforming": ("不符合", "不合格"),
    "not_applicable": ("不适用",),
}
OUTCOMES = {"rectified": ("已整改", "整改完成"), "not_rectified": ("未整改", "整改未完成")}


def plan_column(name: str = "plan") -> ReferenceColumn:
    return ReferenceColumn(name, by=("name",), aliases=("审查计划", "审查计划名称", "计划名称"))


@register
class AuditPlanSheet(Sheet):
    """Yearly plans of audits."""

    key = "audit-plans"
    label = _("plans of energy-metering audits")
    model = AuditPlan
    natural_key = ("agency", "name")
    columns = (
        TextColumn("agency", aliases=("下达单位", "组织单位"), example="省市场监督管理局"),
        TextColumn("name", aliases=("计划名称", "审查计划名称")),
        TextColumn("document_no", aliases=("文号", "计划文号")),
        IntegerColumn("year", minimum=1990, maximum=2100, aliases=("年度", "计划年度")),
        DateColumn("self_check_due_on", end=True, aliases=("自查截止日期", "自查期限")),
        DateColumn("on_site_from", aliases=("现场审查起始日期",)),
        DateColumn("on_site_until", end=True, aliases=("现场审查截止日期",)),
        RegionColumn("region", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )


@register
class PlannedAuditSheet(Sheet):
    """The units of the plans."""

    key = "planned-audits"
    label = _("units of audit plans")
    model = PlannedAudit
    natural_key = ("plan", "unit")
    columns = (
        plan_column(),
        EnergyUnitColumn(),
        TextColumn("body", aliases=("审查单位", "承担单位")),
        DateColumn("on_site_by", end=True, aliases=("现场审查日期", "计划审查日期", "审查时间")),
        TextColumn("remark", aliases=("备注",)),
    )

    def rows(self) -> Any:
        return PlannedAudit.objects.filter(standing(PlannedAudit))


@register
class EnergyAuditSheet(Sheet):
    """Audits as they are planned. Steps, conclusion and report are no columns: they are taken one by one."""

    key = "energy-audits"
    label = _("energy-metering audits")
    model = EnergyAudit
    natural_key = ("agency", "number")
    columns = (
        TextColumn("agency", aliases=("审查单位", "审查机构"), example="市计量测试所"),
        TextColumn("number", aliases=("审查编号",), example="2026-001"),
        EnergyUnitColumn(),
        plan_column(),
        DateColumn("self_check_due_on", end=True, aliases=("自查截止日期", "自查期限")),
        DateColumn("planned_on", end=True, aliases=("计划审查日期", "现场审查日期")),
        RegionColumn("region", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )

    def before_write(self, added: Sequence[EnergyAudit]) -> None:
        editions: dict[date, str] = {}
        for audit in added:
            day = audit.day
            audit.edition = editions[day] if day in editions else editions.setdefault(day, edition_on(day))

    def foresee(self, rows: Sequence[EnergyAudit]) -> list[ValidationError | None]:
        """Which unit is audited is settled once the audit has begun."""
        known = {row.pk for row in rows if row.pk is not None}
        begun = EnergyAudit.objects.filter(pk__in=known).exclude(state=AuditState.PLANNED) if known else []
        units = {row.pk: row.unit_id for row in begun}
        said = ValidationError({"unit": _("The audit has begun: its unit cannot change any more.")})
        return [said if units.get(row.pk, row.unit_id) != row.unit_id else None for row in rows]


class OfAuditSheet(Sheet):
    """Rows that may be written while their audit is open."""

    CLOSED: Any = _("The audit is concluded or voided: its findings stand. Reopen it to change them.")

    def rows(self) -> Any:
        return self.model._default_manager.filter(standing(self.model), audit__voided_at__isnull=True)

    def foresee(self, rows: Sequence[Any]) -> list[ValidationError | None]:
        audits = {row.audit_id for row in rows}
        open_ones = EnergyAudit.objects.filter(pk__in=audits, voided_at__isnull=True, state__in=OPEN_STATES)
        known = set(open_ones.values_list("pk", flat=True)) if audits else set()
        return [None if row.audit_id in known else ValidationError({"audit": self.CLOSED}) for row in rows]

    def after_write(
        self, added: Sequence[Any], changed: Sequence[Any], *, by: Staff | None, import_id: int | None
    ) -> None:
        self._refuse([*added, *changed])

    def after_undo(self, rows: Sequence[Any], *, by: Staff | None) -> None:
        self._refuse(rows)

    def _refuse(self, rows: Sequence[Any]) -> None:
        for refusal in self.foresee(rows):
            if refusal:
                raise refusal


@register
class AuditFindingSheet(OfAuditSheet):
    """What audits found, item by item."""

    key = "audit-findings"
    label = _("findings of audits")
    model = AuditFinding
    natural_key = ("audit", "item")
    columns = (
        AuditColumn(),
        AuditItemColumn(aliases=("审查项目", "审查项目编号", "条款号")),
        ChoiceColumn("result", aliases=("审查结果", "结果", "判定"), also=RESULTS),
        TextColumn("finding", aliases=("审查发现", "问题描述", "存在问题")),
        TextColumn("clause", aliases=("不符合条款", "依据条款")),
    )


@register
class NonconformitySheet(OfAuditSheet):
    """Nonconformities with their rectification."""

    key = "nonconformities"
    label = _("nonconformities")
    model = Nonconformity
    natural_key = ("audit", "number")
    columns = (
        AuditColumn(),
        IntegerColumn("number", minimum=1, aliases=("序号", "不符合项编号")),
        AuditItemColumn(aliases=("审查项目", "审查项目编号")),
        TextColumn("clause", aliases=("不符合条款", "依据条款")),
        TextColumn("facts", aliases=("不符合事实", "不符合项描述", "不符合内容")),
        DateColumn("found_on", aliases=("发现日期", "审查日期")),
        DateColumn("due_on", end=True, aliases=("整改期限", "整改截止日期")),
        TextColumn("measures", aliases=("整改措施",)),
        TextColumn("evidence", aliases=("整改证据", "见证材料")),
        TextColumn("verified_by", aliases=("验证人", "验证人员")),
        DateColumn("verified_on", aliases=("验证日期",)),
        ChoiceColumn("outcome", aliases=("整改结果", "验证结论"), also=OUTCOMES),
        DateColumn("closed_on", aliases=("关闭日期",)),
        RegionColumn("region", aliases=REGION),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        today = today_of(context)
        for name in ("found_on", "verified_on", "closed_on"):
            if (day := values.get(name)) and day > today:
                raise ValidationError({name: _("This day lies in the future.")})
        found_on = values.get("found_on")
        if values.get("due_on") is None and found_on:
            due = context.cache((self, "due"))
            if found_on not in due:
                due[found_on] = AuditRule.on(found_on).due_on(found_on)
            values = {**values, "due_on": due[found_on]}
        return values
