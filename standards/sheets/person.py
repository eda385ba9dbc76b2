from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.sheets import register
from bureau.models import Staff
from standards.models import StandardPerson
from standards.models.dated import overlaps
from standards.models.person import two_responsible
from standards.sheets.institution_column import TechnicianColumn
from standards.sheets.parts import PartSheet, StandardColumn

ROLES = {
    "responsible": ("计量标准负责人", "负责人"),
    "verifier": ("检定人员", "校准人员", "检定或校准人员", "检定员"),
    "checker": ("核验人员", "核验员"),
}


@register
class StandardPersonSheet(PartSheet):
    """Who works with which standard."""

    key = "standard_persons"
    label = _("persons of standards")
    model = StandardPerson
    natural_key = ("standard", "technician", "role", "begins_on")
    columns = (
        StandardColumn(example="[2016] 辽量标 证字第 001 号"),
        TechnicianColumn(aliases=("姓名", "人员", "人员姓名")),
        ChoiceColumn("role", also=ROLES, aliases=("职责", "角色", "岗位")),
        DateColumn("begins_on", aliases=("开始日期", "上岗日期")),
        DateColumn("ends_on", end=True, aliases=("终止日期", "离岗日期")),
    )

    def foresee(self, rows: Sequence[StandardPerson]) -> list[ValidationError | None]:
        return [ValidationError({"begins_on": found}) if found else None for found in _problems(rows)]

    def after_write(
        self,
        added: Sequence[StandardPerson],
        changed: Sequence[StandardPerson],
        *,
        by: Staff | None,
        import_id: int | None,
    ) -> None:
        _refuse([*added, *changed])

    def after_undo(self, rows: Sequence[StandardPerson], *, by: Staff | None) -> None:
        _refuse([row for row in rows if not row.is_voided])


def _problems(rows: Sequence[StandardPerson]) -> list[str | None]:
    return [one or other for one, other in zip(overlaps(rows), two_responsible(rows), strict=True)]


def _refuse(rows: Sequence[StandardPerson]) -> None:
    for found in _problems(rows):
        if found:
            raise ValidationError({"begins_on": found})
