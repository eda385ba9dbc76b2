from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.choice import BooleanColumn
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn, IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.finding import Finder, Found, Key, Parsed
from bureau.exchange.sheets import Reading, Sheet, register
from bureau.models import Staff
from enterprises.columns import EnterpriseColumn
from enterprises.models import Enterprise
from inspections import entry, ledger
from inspections.models import Verification
from inspections.sheets.instrument import KIND, LEGAL_KINDS, PURPOSES
from inspections.sheets.instrument_columns import (
    FollowingChoice,
    MomentColumn,
    PieceColumn,
    Pieces,
    UsedStandardColumn,
    catalogue_of,
    find_pieces,
    today_of,
)
from standards.sheets.institution import VERIFYING
from standards.sheets.institution_column import InstitutionColumn

PAPERS = {"certificate": ("检定证书",), "rejection": ("检定结果通知书", "不合格通知书"), "calibration": ("校准证书",)}
KINDS = {
    "initial": ("首次检定", "首检"),
    "subsequent": ("后续检定", "周期检定", "修理后检定", "周检"),
    "in_service": ("使用中检查", "使用中检验"),
    "arbitration": ("仲裁检定",),
    "calibration": ("校准",),
}
CONCLUSIONS = {"passed": ("合格", "符合"), "failed": ("不合格", "不符合"), "none": ("无结论", "/")}
# By what a record names its piece.
NAMING = ("instrument", "holder", "instrument_kind", "serial_no")


class VerificationFinder(Finder):
    """With the pieces of the records that are found, which their rules need."""

    def existing(self, parsed: Sequence[Parsed]) -> dict[Key, Found]:
        found = super().existing(parsed)
        rows = [each.row for each in found.values()]
        Pieces(self.context).bring(row.instrument_id for row in rows)
        self.context.cache(VerificationFinder).update({_naming(entry.values_of(row)): True for row in rows})
        return found


def _naming(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """In which words a record names its piece, and by what the record itself is known."""
    return tuple(values[name] for name in (*VerificationSheet.natural_key, *NAMING))


@register
class VerificationSheet(Sheet):
    """Verifications and calibrations by institution, number of the paper and day.

    The piece is found in the ledger by holder, kind and serial no.; without one the row stands for pieces that are not
    in the ledger, and counts where its client is.
    """

    key = "verifications"
    label = _("verifications")
    model = Verification
    natural_key = ("institution", "certificate_no", "verified_on")
    finder = VerificationFinder
    follows_beyond = True
    columns = (
        InstitutionColumn("institution", prefer=VERIFYING, aliases=("检定机构", "检定单位", "技术机构", "机构名称")),
        TextColumn("certificate_no", aliases=("证书编号", "证书号", "检定证书编号"), example="LX2016-00001"),
        FollowingChoice("paper", aliases=("证书类型", "证书种类"), also=PAPERS),
        FollowingChoice("kind", aliases=("检定类别", "检定类型", "检定种类"), also=KINDS),
        DateColumn("verified_on", aliases=("检定日期", "检定/校准日期", "校准日期")),
        EnterpriseColumn("holder", aliases=("送检单位", "委托单位", "使用单位", "单位名称", "统一社会信用代码")),
        ReferenceColumn("instrument_kind", by=("name", "code", "name_en"), aliases=KIND),
        TextColumn("serial_no", aliases=("出厂编号", "器具编号"), example="20160001"),
        PieceColumn("instrument", aliases=("台账编号", "强检系统编号", "管理编号")),
        IntegerColumn("quantity", unit="台件", minimum=1, required=False, aliases=("数量", "检定数量", "台件数")),
        FollowingChoice("purpose", aliases=("用途", "强检用途", "使用用途"), also=PURPOSES),
        FollowingChoice("legal_kind", aliases=("强检类别", "是否强检", "管理类别"), also=LEGAL_KINDS),
        FollowingChoice("conclusion", aliases=("检定结论", "检定结果", "结论"), also=CONCLUSIONS),
        TextColumn("accuracy_class", aliases=("准确度等级", "检定等级", "等级")),
        DateColumn("valid_until", end=True, aliases=("有效期至", "证书有效期", "有效期")),
        DateColumn("next_due_on", aliases=("下次检定日期", "下次送检日期")),
        UsedStandardColumn("standard", aliases=("所用计量标准", "计量标准证书号", "标准证书号")),
        TextColumn("verifier", aliases=("检定员", "检定人员")),
        TextColumn("checker", aliases=("核验员", "核验人员")),
        TextColumn("approver", aliases=("批准人", "授权签字人")),
        DecimalColumn("fee", unit="元", minimum=0, required=False, aliases=("检定费", "收费金额", "费用")),
        DecimalColumn("fee_waived", unit="元", minimum=0, required=False, aliases=("减免费用", "减免金额", "免征金额")),
        BooleanColumn("is_free", required=False, aliases=("是否免费", "免费检定", "免费")),
        BooleanColumn("is_emergency", required=False, aliases=("应急检定", "是否应急", "应急")),
        MomentColumn("requested_at", aliases=("应急申请时间", "申请时间")),
        MomentColumn("finished_at", aliases=("应急完成时间", "完成时间")),
        DateColumn("received_on", aliases=("收样日期", "受理日期", "接收日期")),
        RegionColumn(
            "region", on="verified_on", aliases=("使用地点行政区划", "行政区划", "行政区划代码", "所在地区", "地区")
        ),
        TextColumn("remark", aliases=("备注",)),
    )

    def initial(self, context: Context) -> dict[str, Any]:
        """Without a region: it follows from the piece, or the client, of each row."""
        return {**self._defaults, "region": None}

    def parse_all(self, raws: Mapping[str, Sequence[Any]], context: Context) -> list[Reading]:
        readings = super().parse_all(raws, context)
        found = find_pieces([reading.values for reading in readings], context)
        for place, (reading, piece) in enumerate(zip(readings, found, strict=True)):
            if isinstance(piece, CellError):
                reading.note("instrument", raws["instrument"][place], piece)
            elif piece is not None:
                reading.values["instrument"] = piece.pk
            elif isinstance(reading.values.get("instrument"), str):
                without = CellError(_("A number of the ledger needs the client beside it."))
                reading.note("instrument", raws["instrument"][place], without)
        Pieces(context).remember(piece for piece in found if piece is not None and not isinstance(piece, CellError))
        self._note_places([reading.values for reading in readings], context)
        return readings

    def _note_places(self, rows: Sequence[Mapping[str, Any]], context: Context) -> None:
        """Where the clients are of whom nothing else says where the pieces are."""
        places = context.cache((self, "places"))
        asked = {row.get("holder") for row in rows if not row.get("region") and not row.get("instrument")}
        if asked := asked - {None} - places.keys():
            places.update(Enterprise.objects.filter(pk__among=asked).values_list("pk", "region"))

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        piece = Pieces(context).get(values.get("instrument"))
        # What the record on file says already stands, even if the ledger says something else by now.
        is_said = piece is not None and _naming(values) in context.cache(VerificationFinder)
        found = entry.verification(values, piece, catalogue_of(context), today_of(context), may_differ=is_said)
        if not found.get("region"):
            found["region"] = self._region(found, piece, context)
        empty = [name for name in ("kind", "paper", "conclusion", "purpose", "legal_kind") if not found.get(name)]
        if empty:
            raise ValidationError({name: _("This cell must not be empty.") for name in empty})
        return found

    def _region(self, values: Mapping[str, Any], piece: Any, context: Context) -> str:
        """The place of use; what lies beyond the office's own area counts where the office is."""
        code = piece.region_id if piece is not None else context.cache((self, "places")).get(values.get("holder"))
        region = context.regions.by_code.get(code or "")
        if region is None:
            return context.office.region_id
        if problem := region.problem_on(values["verified_on"]):
            raise ValidationError({"region": problem})
        return region.pk

    def before_write(self, added: Sequence[Verification]) -> None:
        ledger.verifications_coming(added)

    def after_write(
        self,
        added: Sequence[Verification],
        changed: Sequence[Verification],
        *,
        by: Staff | None,
        import_id: int | None,
    ) -> None:
        ledger.verifications_written(added, changed, were_coming=True)

    def after_undo(self, rows: Sequence[Verification], *, by: Staff | None) -> None:
        ledger.verifications_written([], rows)
