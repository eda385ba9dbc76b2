"""Columns that point to campaigns, teams, visits and training sessions."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.reference import ReferenceColumn
from bureau.texts import clean_text, narrow
from enterprises.columns import ALIASES, EnterpriseColumn
from enterprises.models import ServiceVisit, Training
from enterprises.models.service_campaign import problem_on
from enterprises.models.service_team import problem_of_team

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

# From the first and the last day of what is pointed to, and the row's own: a sentence, or None.
Problem = Callable[[Any, Any, date], Any]


class NamedByUnit(ReferenceColumn):
    """A campaign or a team by its unit and name, or by the name where that is enough; ``on``: the row's own day."""

    width = 32

    def __init__(self, name: str, *, on: str, problem: Problem, **kwargs: Any) -> None:
        super().__init__(name, by=("full", "name"), **kwargs)
        self.on, self.problem = on, problem

    def rows(self, context: "Context") -> QuerySet:
        return _named(super().rows(context).filter(voided_at__isnull=True))

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        super().prepare(raws, context)
        self._read_periods({pk for keys in self._known(context).values() for pk in keys}, context)

    def parse(self, raw: Any, context: "Context") -> Any:
        known = self._known(context)
        if any(len(known.get(form, ())) > 1 for form in self._forms(text_of(raw))):
            raise CellError(_("Several have this name. Write the unit and a blank before it."))
        return super().parse(raw, context)

    def check(self, values: dict[str, Any], context: "Context") -> None:
        pk, day = values.get(self.name), values.get(self.on)
        if not (pk and day):
            return
        first, last = self._read_periods({pk}, context)[pk]
        if problem := self.problem(first, last, day):
            raise CellError(problem)

    def _read_periods(self, keys: set[int], context: "Context") -> dict[int, tuple[date, date | None]]:
        periods: dict[int, Any] = context.cache((self, "periods"))
        if missing := keys - periods.keys():
            rows = self.field.related_model.objects.filter(pk__in=missing)
            for pk, first, last in rows.values_list("pk", "begins_on", "ends_on"):
                periods[pk] = first, last
        return periods

    def _forms(self, text: str) -> list[str]:
        return [text, clean_text(narrow(text))]

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            rows = _named(self.field.related_model.objects.filter(pk__in=missing))
            cache.update(rows.values_list("pk", "full"))

    def rule(self) -> str:
        return _("Unit and name, or the name alone where only one has it.")


def _named(rows: QuerySet) -> QuerySet:
    return rows.annotate(full=Concat("agency", Value(" "), "name", output_field=CharField()))


def campaign_column(*, on: str, problem: Problem = problem_on) -> NamedByUnit:
    return NamedByUnit("campaign", on=on, problem=problem, aliases=("服务活动", "活动名称", "所属活动"))


def team_column(*, on: str) -> NamedByUnit:
    return NamedByUnit("team", on=on, problem=problem_of_team, aliases=("服务队", "服务队名称", "计量服务队"))


# What, day, and by whom, as ``EventColumn`` writes it; the last two may be left out.
_DATED = re.compile(r"(.+?)\s+(\d{4}-\d{2}-\d{2})(?:\s+(.+))?")


class EventColumn(ReferenceColumn):
    """A record that the office keeps, by what it is about, its day and its unit, as far as they are needed.

    ``head`` and ``day`` are the fields of that record.
    """

    width = 44

    def __init__(self, name: str, *, head: str, day: str, **kwargs: Any) -> None:
        super().__init__(name, by=("pk",), **kwargs)
        self.head, self.day = head, day

    def heads(self, texts: set[str], context: "Context") -> dict[str, Any]:
        """The value of ``head`` that each text means; None for one that is not known."""
        return {text: text for text in texts}

    def shown(self, row: Any) -> str:
        return str(getattr(row, self.head))

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        cache = self._known(context)
        texts = set(map(text_of, raws)) - {""} - cache.keys()
        if not texts:
            return
        wanted = {text: _parts(text) for text in texts}
        heads = self.heads({head for head, _day, _agency in wanted.values()}, context)
        rows = context.editable(self.field.related_model.objects.not_voided())
        found: dict[Any, list[tuple[int, date, str]]] = {}
        for pk, head, day, agency in rows.filter(**{f"{self.head}__in": set(heads.values()) - {None}}).values_list(
            "pk", self.head, self.day, "agency"
        ):
            found.setdefault(head, []).append((pk, day, agency))
        for text, (head, on, by) in wanted.items():
            there = found.get(heads[head], [])
            cache[text] = {pk for pk, day, agency in there if on in (None, day) and by in ("", agency)}

    def parse(self, raw: Any, context: "Context") -> Any:
        found = self._known(context).get(text_of(raw), set())
        if len(found) > 1:
            raise CellError(_("There are several. Write the day behind it, such as 2016-05-10, and then the unit."))
        if not found:
            what = self.field.related_model._meta.verbose_name
            raise CellError(_("Your office keeps no such record: %(what)s.") % {"what": what})
        return next(iter(found))

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := {value for value in values if value is not None and value not in cache}:
            rows = self.field.related_model.objects.filter(pk__in=missing)
            if self.field.related_model._meta.get_field(self.head).is_relation:
                rows = rows.select_related(self.head)
            for row in rows:
                cache[row.pk] = f"{self.shown(row)} {getattr(row, self.day).isoformat()} {row.agency}"

    def choices(self, context: "Context") -> list[str]:
        return []


def _parts(text: str) -> tuple[str, date | None, str]:
    if match := _DATED.fullmatch(clean_text(narrow(text))):
        try:
            return match[1], date.fromisoformat(match[2]), match[3] or ""
        except ValueError:
            pass
    return text, None, ""


class VisitColumn(EventColumn):
    def __init__(self) -> None:
        super().__init__("visit", head="enterprise", day="visited_on", aliases=("服务记录", "走访记录", *ALIASES))
        self._enterprise = EnterpriseColumn("enterprise")

    def bind(self, model: Any) -> None:
        super().bind(model)
        self._enterprise.bind(ServiceVisit)

    def heads(self, texts: set[str], context: "Context") -> dict[str, Any]:
        self._enterprise.prepare(texts, context)
        found: dict[str, Any] = {}
        for text in texts:
            try:
                found[text] = self._enterprise.parse(text, context)
            except CellError:
                found[text] = None
        return found

    def shown(self, row: Any) -> str:
        return f"{row.enterprise.credit_code or row.enterprise.region_id} {row.enterprise.name}"

    def rule(self) -> str:
        return _("Unified social credit code or name of the enterprise; behind it the day and the serving unit.")


class TrainingColumn(EventColumn):
    def __init__(self, *, aliases: Sequence[str] = ("培训班", "培训主题", "培训名称")) -> None:
        super().__init__("training", head="topic", day="held_on", aliases=aliases)

    def bind(self, model: Any) -> None:
        super().bind(model)
        assert self.field.related_model is Training

    def rule(self) -> str:
        return _("Topic of the session; behind it the day and who organised it.")
