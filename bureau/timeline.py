"""Everything that was ever recorded about one thing, by date: each floor hands down what it keeps.

An app's ``timeline.py`` registers sources: one class is one kind of record. The time line reads all of them by one
query, and counts them by another, however many kinds there are::

    @register
    class Pledges(Source):
        subject = "enterprises.Enterprise"
        model = Pledge
        path = "enterprise"
        on = "signed_on"
        icon = "handshake"
        fields = ("sector__name",)

        def title(self, sector):
            return sector
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import BigIntegerField, CharField, Count, DateField, F, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, ExtractYear
from django.urls import reverse

from bureau import scoping
from bureau.models.record import standing

# Every source is padded to as many texts, so that one query can read them all.
MOST_FIELDS = 4


class Source:
    """One kind of record on the time line of ``subject`` (a model's label), which ``path`` leads to.

    ``on``: path to the day. ``fields``: paths to what ``title`` says; they come as texts, an empty one as "".
    ``page``: path to the key of the record that has a page, where that is not the row itself; its model is
    ``page_model``. ``label`` is the model's plural name unless stated, ``key`` its own: two days of one model, such as
    the day of a pledge and that of its withdrawal, are two sources with keys.
    """

    key: ClassVar[str] = ""
    subject: ClassVar[str] = ""
    model: ClassVar[type[Model]]
    path: ClassVar[str] = ""
    on: ClassVar[str] = ""
    icon: ClassVar[str] = "event"
    label: ClassVar[Any] = ""
    fields: ClassVar[tuple[str, ...]] = ()
    page: ClassVar[str] = "pk"
    page_model: ClassVar[type[Model] | None] = None
    order: ClassVar[int] = 50

    @property
    def name(self) -> Any:
        return self.label or self.model._meta.verbose_name_plural

    def title(self, *values: Any, **named: Any) -> str:
        """What the row says in one line; each kind names its own ``fields``, as texts, in their order."""
        raise NotImplementedError(f"{type(self).__name__} must say what a row is called.")

    def url(self, pk: int) -> str:
        meta = (self.page_model or self.model)._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[pk])

    def may_see(self, user: Any) -> bool:
        meta = self.model._meta
        return bool(user.has_perm(f"{meta.app_label}.view_{meta.model_name}"))

    def rows(self, subject: Model, user: Any) -> QuerySet:
        """The rows that the reader may see, with a day, not voided."""
        rows = self.model._default_manager.filter(standing(self.model), **{self.path: subject.pk})
        return scoping.visible_to(rows.filter(**{f"{self.on}__isnull": False}), user).order_by()


@dataclass(frozen=True)
class Entry:
    source: Source
    on: date
    pk: int
    title: str
    url: str


class Timeline:
    """What the reader may see of what was recorded about ``subject``; ``key`` and ``year`` narrow it."""

    def __init__(self, subject: Model, user: Any, *, key: str = "", year: int | None = None) -> None:
        self.subject, self.user, self.year = subject, user, year
        self.sources = [source for source in sources_of(subject) if source.may_see(user)]
        self._chosen = [source for source in self.sources if not key or source.key == key]

    def counts(self) -> list[tuple[Source, int, int]]:
        """How many rows each kind has in each year, of all kinds and years: (source, year, rows)."""
        parts = [
            source.rows(self.subject, self.user)
            .annotate(t_kind=Value(source.key, output_field=CharField()), t_year=ExtractYear(source.on))
            .values("t_kind", "t_year")
            .annotate(t_count=Count("pk"))
            .values_list("t_kind", "t_year", "t_count")
            for source in self.sources
        ]
        by_key = {source.key: source for source in self.sources}
        return sorted(
            ((by_key[key], year, count) for key, year, count in _united(parts)),
            key=lambda found: (found[0].order, found[0].key, -found[1]),
        )

    def entries(self, start: int = 0, stop: int | None = None) -> list[Entry]:
        """The latest first; ``start`` and ``stop`` as in a slice."""
        rows = _united([self._part(source) for source in self._chosen])
        by_key = {source.key: source for source in self._chosen}
        if not by_key:
            return []
        return [
            _entry(by_key[kind], on, pk, page, texts)
            for kind, on, pk, page, *texts in rows.order_by("-t_on", "t_kind", "-t_pk")[start:stop]
        ]

    def _part(self, source: Source) -> QuerySet:
        rows = source.rows(self.subject, self.user)
        if self.year is not None:
            rows = rows.filter(**{f"{source.on}__range": (date(self.year, 1, 1), date(self.year, 12, 31))})
        texts = {
            f"t_{place}": Cast(source.fields[place], TextField())
            if place < len(source.fields)
            else Value("", output_field=TextField())
            for place in range(MOST_FIELDS)
        }
        return rows.annotate(
            t_kind=Value(source.key, output_field=CharField()),
            t_on=Cast(F(source.on), DateField()),
            t_pk=Cast(F("pk"), BigIntegerField()),
            t_page=Cast(F(source.page), BigIntegerField()),
            **texts,
        ).values_list("t_kind", "t_on", "t_pk", "t_page", *texts)


def _united(parts: Sequence[QuerySet]) -> Any:
    if not parts:
        return []
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _entry(source: Source, on: date, pk: int, page: int, texts: Sequence[str | None]) -> Entry:
    said = source.title(*(text or "" for text in texts[: len(source.fields)]))
    return Entry(source, on, pk, said, source.url(page))


_sources: list[Source] = []


def register(source_class: type[Source]) -> type[Source]:
    """Raises ``ValueError`` for what is blank, too much or taken."""
    name = source_class.__name__
    if not (source_class.subject and source_class.path and source_class.on and hasattr(source_class, "model")):
        raise ValueError(f"{name} needs a subject, a model, a path and a day.")
    if len(source_class.fields) > MOST_FIELDS:
        raise ValueError(f"{name}: at most {MOST_FIELDS} fields.")
    source_class.key = source_class.key or source_class.model._meta.label_lower
    source = source_class()
    if any(known.subject == source.subject and known.key == source.key for known in _sources):
        raise ValueError(f"{name}: {source.key} is on this time line already.")
    _sources.append(source)
    return source_class


def sources_of(subject: Model) -> list[Source]:
    found = [source for source in _sources if source.subject == subject._meta.label]
    return sorted(found, key=lambda source: source.order)
