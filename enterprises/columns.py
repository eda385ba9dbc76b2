"""A sheet's column that points to an enterprise: by its code, by its name, or by a name or code that it had."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bureau import credit_code
from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.texts import clean_text, narrow
from enterprises.models import Enterprise, FormerName
from enterprises.names import name_key

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

ALIASES = ("企业名称", "单位名称", "统一社会信用代码", "企业", "单位")
REGION_LENGTHS = (6, 9)


class Asked(NamedTuple):
    """What a cell says: a code, or a name, with the region's code before it where names alone would not do."""

    code: str = ""
    key: str = ""
    region: str = ""


def asked(text: str) -> Asked:
    """As ``EnterpriseColumn.render`` writes it, or as people do."""
    code = credit_code.normalised(text)
    if not credit_code.form_problem(code):
        return Asked(code=code)
    head, _blank, rest = clean_text(narrow(text)).partition(" ")
    if rest and not credit_code.form_problem(credit_code.normalised(head)):
        return Asked(code=credit_code.normalised(head))
    if rest and head.isascii() and head.isdigit() and len(head) in REGION_LENGTHS:
        return Asked(key=name_key(rest), region=head)
    return Asked(key=name_key(text))


class EnterpriseColumn(ReferenceColumn):
    """An enterprise of any office: who it is, everybody sees. A voided one is as unknown as one that never was."""

    width = 40

    def __init__(self, name: str = "enterprise", *, aliases: Sequence[str] = ALIASES, **kwargs: Any) -> None:
        super().__init__(name, by=("credit_code", "name"), aliases=aliases, **kwargs)

    def rows(self, context: "Context") -> QuerySet:
        return super().rows(context).filter(voided_at__isnull=True)

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        cache = self._known(context)
        texts = set(map(text_of, raws)) - {""} - cache.keys()
        if not texts:
            return
        wanted = {text: asked(text) for text in texts}
        known = _Index(
            self.rows(context),
            {each.code for each in wanted.values() if each.code},
            {each.key for each in wanted.values() if each.key},
        )
        cache.update({text: known.found(each) for text, each in wanted.items()})
        names = context.cache((self, "names"))
        names.update(known.names)

    def parse(self, raw: Any, context: "Context") -> Any:
        text = text_of(raw)
        found = self._known(context).get(text, set())
        if len(found) > 1:
            raise CellError(_("Several enterprises have or had this name. Write the unified social credit code."))
        if not found:
            raise CellError(
                _("No enterprise has this code or name. Enter the enterprise first, or import the sheet “%(sheet)s”.")
                % {"sheet": Enterprise._meta.verbose_name_plural}
            )
        [pk] = found
        name = context.cache((self, "names"))[pk]
        if asked(text).key and name_key(text) != name_key(name) and not text.endswith(name):
            context.interpreted(self, raw, name)
        return pk

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            rows = Enterprise.objects.filter(pk__in=missing)
            for pk, code, name, region in rows.values_list("pk", "credit_code", "name", "region"):
                cache[pk] = f"{code or region} {name}"

    def choices(self, context: "Context") -> list[str]:
        return []

    def rule(self) -> str:
        return _("Unified social credit code or exact name of an enterprise on record; a former name will do.")


class KeptEnterpriseColumn(EnterpriseColumn):
    """An enterprise that the office itself keeps, or one below: for what belongs to the enterprise's own entry."""

    def rows(self, context: "Context") -> QuerySet:
        return context.editable(super().rows(context))

    def rule(self) -> str:
        return _("Unified social credit code or exact name of an enterprise that your office keeps.")


class _Index:
    """The enterprises with one of these codes or names, at the cost of two queries."""

    def __init__(self, rows: QuerySet, codes: set[str], keys: set[str]) -> None:
        self.names: dict[int, str] = {}
        self._by_code: dict[str, set[int]] = {}
        self._by_key: dict[str, set[int]] = {}
        self._regions: dict[int, str] = {}
        self._without_code: set[int] = set()
        is_asked = Q(credit_code__in=codes) | Q(name_key__in=keys)
        for pk, code, key, name, region in rows.filter(is_asked).values_list(
            "pk", "credit_code", "name_key", "name", "region"
        ):
            self._note(pk, code, key, name, region)
            if not code:
                self._without_code.add(pk)
        former = FormerName.objects.not_voided().filter(is_asked, enterprise__in=rows)
        for pk, code, key, name, region in former.values_list(
            "enterprise", "credit_code", "name_key", "enterprise__name", "enterprise__region"
        ):
            self._note(pk, code, key, name, region)

    def found(self, one: Asked) -> set[int]:
        """Of a name with its region the one without code is meant first: only that is written so."""
        if one.code:
            return self._by_code.get(one.code, set())
        found = self._by_key.get(one.key, set())
        if not one.region:
            return found
        there = {pk for pk in found if self._regions[pk] == one.region}
        return there & self._without_code or there

    def _note(self, pk: int, code: str, key: str, name: str, region: str) -> None:
        self.names[pk], self._regions[pk] = name, region
        self._by_code.setdefault(code, set()).add(pk)
        self._by_key.setdefault(key, set()).add(pk)
