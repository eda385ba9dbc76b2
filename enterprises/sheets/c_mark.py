"""C-mark declarations, and the products that they name."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.reference import RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from bureau.models import Staff
from enterprises import c_mark
from enterprises.columns import ALIASES, EnterpriseColumn
from enterprises.models import CMarkDeclaration, CMarkProduct, TimeLimit
from enterprises.models.c_mark import BEFORE
from enterprises.sheets.dated import DatedColumn
from enterprises.sheets.ending import EndingSheet, withdrawal_columns
from enterprises.sheets.limits import with_last_day

if TYPE_CHECKING:
    from bureau.exchange.context import Lookups


@register
class CMarkDeclarationSheet(EndingSheet):
    """C-mark declarations by enterprise and day."""

    key = "c-mark-declarations"
    label = gettext_lazy("C-mark declarations")
    model = CMarkDeclaration
    natural_key = ("enterprise", "declared_on")
    happened_on = "declared_on"
    columns = (
        EnterpriseColumn("enterprise"),
        DateColumn("declared_on", aliases=("声明日期", "自我声明日期")),
        TextColumn("legal_representative", aliases=("法定代表人", "法人代表")),
        TextColumn("metrology_head", aliases=("计量负责人",)),
        DateColumn("publication_due_on", aliases=("公布期限",)),
        DateColumn("published_on", aliases=("公布日期", "公示日期", "发布日期")),
        DateColumn("valid_until", end=True, aliases=("有效期至", "有效期")),
        *withdrawal_columns(),
        RegionColumn("region", on="declared_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        values = super().clean_row(values, context)
        return with_last_day(values, "publication_due_on", TimeLimit.Act.C_MARK_PUBLICATION, "declared_on", context)

    def after_write(
        self, added: Sequence[Any], changed: Sequence[Any], *, by: Staff | None, import_id: int | None
    ) -> None:
        c_mark.follow(changed, by=by, import_id=import_id)

    def after_undo(self, rows: Sequence[Any], *, by: Staff | None) -> None:
        c_mark.follow(rows, by=by)


class DeclarationColumn(DatedColumn):
    """A declaration that the office keeps: its enterprise, and the day where the enterprise made several."""

    several = gettext_lazy("The enterprise made several declarations. Write the day behind its code or name.")
    missing = gettext_lazy("Your office keeps no C-mark declaration of this enterprise (and day).")
    before = BEFORE

    def __init__(self) -> None:
        super().__init__("declaration", on="added_on", aliases=("C标志声明", *ALIASES))
        self._enterprise = EnterpriseColumn("enterprise")

    def bind(self, model: Any) -> None:
        super().bind(model)
        self._enterprise.bind(CMarkDeclaration)

    def found(self, names: set[str], context: "Context") -> Iterator[tuple[str, int, date]]:
        self._enterprise.prepare(names, context)
        named: dict[int, list[str]] = {}
        for name in names:
            with suppress(CellError):
                named.setdefault(int(self._enterprise.parse(name, context)), []).append(name)
        rows = context.editable(CMarkDeclaration.objects.not_voided().filter(enterprise__in=named))
        for pk, enterprise, day in rows.values_list("pk", "enterprise", "declared_on"):
            for name in named[enterprise]:
                yield name, pk, day

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            rows = CMarkDeclaration.objects.filter(pk__in=missing).select_related("enterprise")
            for row in rows:
                of = row.enterprise
                cache[row.pk] = f"{of.credit_code or of.region_id} {of.name} {row.declared_on.isoformat()}"

    def rule(self) -> str:
        return _("Unified social credit code or name of the enterprise; behind it the day of the declaration.")


@register
class CMarkProductSheet(Sheet):
    """Products of C-mark declarations by name, brand, net content and the day on which they were declared."""

    key = "c-mark-products"
    label = gettext_lazy("C-mark products")
    model = CMarkProduct
    natural_key = ("declaration", "name", "brand", "net_content", "added_on")
    columns = (
        DeclarationColumn(),
        TextColumn("name", aliases=("商品名称", "产品名称")),
        TextColumn("brand", aliases=("商标", "品牌")),
        TextColumn("net_content", aliases=("净含量", "规格", "规格（净含量）"), example="500 g"),
        TextColumn("package", aliases=("包装", "包装形式", "包装方式")),
        DateColumn("added_on", aliases=("产品声明日期", "声明日期")),
        DateColumn("removed_on", aliases=("停止声明日期", "停用日期")),
    )

    def after_write(
        self, added: Sequence[Any], changed: Sequence[Any], *, by: Staff | None, import_id: int | None
    ) -> None:
        c_mark.follow(_declarations([*added, *changed]), by=by, import_id=import_id)

    def after_undo(self, rows: Sequence[Any], *, by: Staff | None) -> None:
        c_mark.follow(_declarations(rows), by=by)


def _declarations(products: Sequence[Any]) -> list[Any]:
    keys = {product.declaration_id for product in products}
    return list(CMarkDeclaration.objects.filter(pk__in=keys))
