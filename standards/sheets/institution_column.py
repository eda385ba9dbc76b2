"""Columns that name an institution, or a technician of one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError, spellings
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.exchange.context import Context
from bureau.texts import clean_text, match_text, narrow
from standards.models import Institution, Technician

if TYPE_CHECKING:
    from bureau.exchange.context import Lookups

_WIDE = str.maketrans("()", "（）")
_OPENING = re.compile(r"\s*[(（]")
ALIASES = ("机构名称", "技术机构", "检定机构", "单位名称", "所在单位", "工作单位")


def written(text: str) -> set[str]:
    """The widths in which a name may have been entered by hand."""
    half = clean_text(narrow(text))
    return {text, clean_text(text), half, half.translate(_WIDE)}


class InstitutionColumn(ReferenceColumn):
    """An institution by its name; of its capacities the first of ``prefer`` that it has, the present one, is meant.

    Another is named by its kind in brackets, an ended one by kind and first day, as in
    市计量院（标准物质研制单位 2010-01-01）.
    """

    def __init__(self, name: str = "institution", *, prefer: Sequence[str] = (), **kwargs: Any) -> None:
        kwargs.setdefault("aliases", ALIASES)
        super().__init__(name, by=("name",), **kwargs)
        self.prefer = tuple(prefer)

    def prepare(self, raws: Iterable[Any], context: Context) -> None:
        cache = self._known(context)
        texts = {text_of(raw) for raw in raws} - {""} - cache.keys()
        if not texts:
            return
        names = {form for text in texts for name in (text, *_stems(text)) for form in written(name)}
        rows = _by_name(self.rows(context).filter(name__in=names))
        cache.update({text: {row.pk for row in self._named_by(text, rows)} for text in texts})

    def parse(self, raw: Any, context: Context) -> Any:
        found = self._known(context)[text_of(raw)]
        if not found:
            raise CellError(_("Not found among: %(what)s.") % {"what": Institution._meta.verbose_name_plural})
        if len(found) > 1:
            raise CellError(_("The institution has several capacities. Write the kind behind its name, in brackets."))
        return next(iter(found))

    def _named_by(self, text: str, rows: dict[str, list[Institution]]) -> list[Institution]:
        if alike := rows.get(match_text(text)):
            return self._one_of(alike)
        alike, wanted = [row for stem in _stems(text) for row in rows.get(match_text(stem), [])], match_text(text)
        named = [row for row in alike if wanted in {match_text(form) for form in _with_kind(row)}]
        dated = [row for row in alike if wanted in {match_text(form) for form in _with_kind(row, row.begins_on)}]
        return dated or _present(named)

    def _one_of(self, rows: list[Institution]) -> list[Institution]:
        kind = next((kind for kind in self.prefer if any(row.kind == kind for row in rows)), None)
        return _present([row for row in rows if kind is None or row.kind == kind])

    def choices(self, context: Context) -> list[str]:
        return list(dict.fromkeys(super().choices(context)))

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := set(values) - {None} - cache.keys():
            named = Institution.objects.filter(pk__in=missing)
            alike = _by_name(Institution.objects.not_voided().filter(name__in=named.values("name")))
            cache.update({row.pk: self._shortest(row, alike[match_text(row.name)]) for row in named})

    def _shortest(self, row: Institution, alike: list[Institution]) -> str:
        if self._one_of(alike) == [row]:
            return row.name
        if _present([each for each in alike if each.kind == row.kind]) == [row]:
            return f"{row.name}（{row.get_kind_display()}）"
        return f"{row.name}（{row.get_kind_display()} {row.begins_on}）"

    def rule(self) -> str:
        return _("Name of an institution on record, where needed with its kind in brackets behind it.")


def _stems(text: str) -> list[str]:
    """What may stand before a last pair of brackets, which may hold brackets of its own."""
    return [text[: opening.start()] for opening in _OPENING.finditer(text)] if text.endswith((")", "）")) else []


def _by_name(rows: Iterable[Institution]) -> dict[str, list[Institution]]:
    found: dict[str, list[Institution]] = defaultdict(list)
    for row in rows:
        found[match_text(row.name)].append(row)
    return found


def _with_kind(row: Institution, *behind: Any) -> list[str]:
    return [
        f"{row.name}({' '.join(map(str, (kind, *behind)))})" for kind in spellings(Institution.Kind(row.kind).label)
    ]


def _present(rows: list[Institution]) -> list[Institution]:
    return [row for row in rows if row.ends_on is None] or rows


class TechnicianColumn(ReferenceColumn):
    """A technician by staff number, name, or both, where needed with the institution in brackets behind: the latest
    time on the staff is meant."""

    def __init__(self, name: str = "technician", **kwargs: Any) -> None:
        super().__init__(name, by=("name", "staff_no"), **kwargs)

    def prepare(self, raws: Iterable[Any], context: Context) -> None:
        cache = self._known(context)
        texts = {text_of(raw) for raw in raws} - {""} - cache.keys()
        if not texts:
            return
        words = {word for text in texts for word in _words(text)}
        rows = self.rows(context).select_related("institution").order_by("begins_on")
        people = [*rows.filter(name__in=words), *rows.filter(staff_no__in=words)]
        for text in texts:
            wanted = match_text(text)
            # The latest of several times on one staff takes the place of the earlier ones.
            meant = {(row.institution_id, row.staff_no): row.pk for row in people if wanted in _forms_of(row)}
            cache[text] = set(meant.values())

    def parse(self, raw: Any, context: Context) -> Any:
        found = self._known(context)[text_of(raw)]
        if not found:
            raise CellError(_("Not found among: %(what)s.") % {"what": Technician._meta.verbose_name_plural})
        if len(found) > 1:
            raise CellError(_("Several persons are meant. Write name, staff no. and, in brackets, the institution."))
        return next(iter(found))

    def choices(self, context: Context) -> list[str]:
        return []

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := set(values) - {None} - cache.keys():
            rows = Technician.objects.select_related("institution").filter(pk__in=missing)
            cache.update({row.pk: f"{row} （{row.institution.name}）" for row in rows})

    def rule(self) -> str:
        return _("Name of a technician on record, with the staff number behind it where several bear the name.")


def _words(text: str) -> set[str]:
    names = (text, *_stems(text))
    return {form for name in names for word in (name, *name.rsplit(maxsplit=1)) for form in written(word)}


def _forms_of(person: Technician) -> set[str]:
    plain = (person.name, person.staff_no, f"{person.name}{person.staff_no}", f"{person.staff_no}{person.name}")
    return {match_text(f"{text}{behind}") for text in plain for behind in ("", f"({person.institution.name})")}
