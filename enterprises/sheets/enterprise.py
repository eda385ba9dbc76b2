from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.choice import ChoiceColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import CreditCodeColumn, TextColumn
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet, register
from bureau.models import Staff
from bureau.texts import match_text
from enterprises import renaming
from enterprises.models import Enterprise, IndustryClass
from enterprises.names import name_key
from enterprises.sheets.finding import EnterpriseFinder

if TYPE_CHECKING:
    from bureau.exchange.context import Lookups

SIZES = {
    "large": ("大型企业", "大"),
    "medium": ("中型企业", "中"),
    "small": ("小型企业", "小"),
    "micro": ("微型企业", "微"),
}


class IndustryColumn(ReferenceColumn):
    """A section or division of GB/T 4754: code, name, or both; a code alone is one of the edition in force."""

    def __init__(self, name: str = "industry", **kwargs: Any) -> None:
        super().__init__(name, by=("code", "name"), **kwargs)

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        known = self._known(context)
        if known:
            return
        today = timezone.localdate()
        for row in IndustryClass.objects.order_by("edition", "-level"):
            texts = {f"{row.code} {row.name}", f"{row.code} {row.name_en}"}
            if row.holds(today):
                texts |= {row.code, f"{row.section_code}{row.code}", row.name, row.name_en}
            for text in texts:
                # A section and its only division bear one name: the wider one is meant.
                known.setdefault(match_text(text), {row.pk})

    def parse(self, raw: Any, context: "Context") -> Any:
        text = match_text(text_of(raw))
        found = self._known(context).get(text.zfill(2) if text.isdigit() else text)
        if found is None:
            raise CellError(_("Not an industry of GB/T 4754: write the letter of the section or the two digits."))
        return next(iter(found))

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            cache.update({row.pk: str(row) for row in IndustryClass.objects.filter(pk__in=missing)})

    def choices(self, context: "Context") -> list[str]:
        return [str(row) for row in IndustryClass.objects.in_force(timezone.localdate())]

    def rule(self) -> str:
        return _("Section or division of GB/T 4754, by code or name.")


@register
class EnterpriseSheet(Sheet):
    """Enterprises: one with a code is known by it, one without by its name in the region."""

    key = "enterprises"
    label = gettext_lazy("enterprises")
    model = Enterprise
    natural_key = ("credit_code",)
    finder = EnterpriseFinder
    columns = (
        TextColumn("name", aliases=("企业名称", "单位名称", "名称"), example="某某计量器具有限公司"),
        CreditCodeColumn("credit_code", aliases=("统一社会信用代码", "社会信用代码", "信用代码")),
        RegionColumn("region", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("address", aliases=("地址", "单位地址", "企业地址", "注册地址")),
        IndustryColumn("industry", aliases=("行业", "所属行业", "行业类别")),
        ChoiceColumn("size", aliases=("规模", "企业规模"), also=SIZES),
    )

    def key_of(self, values: Any) -> tuple[Any, ...] | None:
        if values.get("credit_code"):
            return ("code", values["credit_code"])
        key = name_key(values.get("name") or "")
        return ("name", key, values.get("region")) if key else None

    def clean_row(self, values: dict[str, Any], context: Context) -> dict[str, Any]:
        key = name_key(values["name"])
        if not key:
            raise ValidationError({"name": _("A name has letters or digits, not only signs.")})
        return {**values, "name_key": key}

    def after_write(
        self, added: Sequence[Any], changed: Sequence[Any], *, by: Staff | None, import_id: int | None
    ) -> None:
        renaming.keep_former_names(changed, by=by, import_id=import_id)
