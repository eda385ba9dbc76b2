"""Indicators: what a published figure counts, said once.

An app keeps its own in ``indicators/<noun>.py``; one class is one figure::

    @register
    class Established(Indicator):
        key = "standards.established"
        label = _("Public measurement standards set up")
        ...
        model = MeasurementStandard
        predicate = Q(kind=MeasurementStandard.Kind.PUBLIC)
        interval = On("established_on")
        dimensions = {"tier": Dimension("tier", _("Tier"), MeasurementStandard.Tier.choices)}

From this one object follow the figure, its breakdowns and the rows that it opens.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bureau import scoping
from bureau.models.record import standing
from bureau.models.region import subtree_q
from bureau.reporting.dimensions import REGION, Dimension
from bureau.reporting.intervals import All, Between, Exactly, Interval, Kind, MetBy, On, OnPast, Within
from bureau.reporting.measures import Count, Distinct, Measure, Stated, Sum
from bureau.reporting.periods import Period
from bureau.reporting.regions import own_level_codes
from bureau.reporting.sections import Section

__all__ = [
    "All",
    "BaseIndicator",
    "Between",
    "Count",
    "Dimension",
    "Distinct",
    "Exactly",
    "Indicator",
    "Kind",
    "MetBy",
    "On",
    "OnPast",
    "Rate",
    "Section",
    "Stated",
    "Sum",
    "UnknownIndicator",
    "Within",
    "every",
    "get",
    "known",
    "of_region",
    "provide",
    "register",
    "unregister",
]

# Words with a meaning of their own in the addresses of figures, or in marks.
RESERVED = {REGION, "from", "to", "year", "level", "page", "format", "by", "unit"}

Text = str | Promise


class UnknownIndicator(LookupError):
    """The message is a sentence for the reader."""


class BaseIndicator:
    """What every figure says of itself.

    ``definition`` is the 口径: what counts, in words that a clerk can check a record against. ``basis`` names the law
    or standard, if any. ``shown_by`` names the dimensions that a summary prints under the figure, ``on_dashboard``
    puts it among the key figures.
    """

    key: ClassVar[str] = ""
    label: ClassVar[Text] = ""
    unit: ClassVar[Text] = ""
    section: ClassVar[Section]
    definition: ClassVar[Text] = ""
    basis: ClassVar[Text] = ""
    shown_by: ClassVar[tuple[str, ...]] = ()
    on_dashboard: ClassVar[bool] = False

    @property
    def kind(self) -> Kind:
        raise NotImplementedError

    @property
    def is_additive(self) -> bool:
        """Whether the parts of a breakdown add up to the whole."""
        raise NotImplementedError

    @property
    def decimals(self) -> int:
        """How many places are shown."""
        raise NotImplementedError

    @property
    def is_stock(self) -> bool:
        """Whether it is taken on the last day of the period."""
        raise NotImplementedError

    def dimension(self, name: str) -> Dimension:
        """Raises ``UnknownIndicator`` if the figure is not broken down by that."""
        raise NotImplementedError

    @property
    def dimension_names(self) -> tuple[str, ...]:
        raise NotImplementedError

    def __str__(self) -> str:
        return str(self.label)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"


class Indicator(BaseIndicator):
    """A figure counted from the rows of one model.

    ``interval`` makes it a flow (``On``) or a stock (``Between``, ``All``). No path of ``predicate``, ``measure``,
    ``dimensions`` or ``region_path`` may lead to several rows (a start-up check tells). ``tally`` names the rollup
    that may answer instead of the rows; where its columns differ, ``tally_predicate`` says the predicate in them and
    ``tally_column`` names the one to add up. ``since``: whatever the period, it is counted from that day on.
    """

    model: ClassVar[type[Model]]
    interval: ClassVar[Interval]
    predicate: ClassVar[Q] = Q()
    measure: ClassVar[Measure] = Count()
    region_path: ClassVar[str] = "region"
    dimensions: ClassVar[Mapping[str, Dimension]] = {}
    tally: ClassVar[str | None] = None
    tally_predicate: ClassVar[Q | None] = None
    tally_column: ClassVar[str] = ""
    since: ClassVar[date | None] = None

    @property
    def kind(self) -> Kind:
        return self.interval.kind

    @property
    def is_stock(self) -> bool:
        return self.interval.kind is Kind.STOCK

    @property
    def is_additive(self) -> bool:
        return self.measure.is_additive

    @property
    def decimals(self) -> int:
        return self.measure.decimals(self.model)

    @property
    def dimension_names(self) -> tuple[str, ...]:
        return tuple(self.dimensions)

    def dimension(self, name: str) -> Dimension:
        try:
            return self.dimensions[name]
        except KeyError:
            raise UnknownIndicator(
                _("“%(label)s” is not broken down by “%(name)s”.") % {"label": self.label, "name": name}
            ) from None

    def rows(
        self,
        period: Period,
        region: str | None = None,
        *,
        user: Any = None,
        own_level: bool = False,
        **values: str,
    ) -> QuerySet:
        """Exactly the rows that the figure counts; ``measure`` over them gives the figure.

        ``own_level`` leaves out what counts in a child of the region. Without a user: everybody's, for commands only.
        Raises ``UnknownIndicator`` or ``UnknownValue`` for a dimension or value that there is not.
        """
        alone = isinstance(self.measure, Stated)
        rows = self.candidates(region, user=user, own_level=own_level or alone)
        days = period.since(self.since)
        return rows.filter(self.counts_if(values), self.interval.condition(self.model, days))

    def candidates(self, region: str | None, *, user: Any, own_level: bool = False) -> QuerySet:
        """The rows of any time and value that the reader may see, not voided, in the region."""
        rows = self.model._default_manager.filter(standing(self.model)).order_by()
        if user is not None:
            rows = scoping.visible_to(rows, user)
        if region is not None:
            rows = rows.filter(subtree_q(region, self.region_path))
            if own_level:
                rows = rows.filter(**{f"{self.region_path}__in": own_level_codes(region)})
        return rows

    def counts_if(self, values: Mapping[str, str]) -> Q:
        """What a row must fulfil besides its date."""
        condition = self.predicate
        for name, text in values.items():
            condition &= self.dimension(name).condition(self.model, text)
        if isinstance(self.measure, Distinct):
            condition &= Q((f"{self.measure.path}__isnull", False))
        return condition


class Rate(BaseIndicator):
    """A figure divided by another; undefined where the divisor is nothing.

    Kept unrounded, shown with ``places``. It is broken down by what both figures are broken down by.
    """

    numerator: ClassVar[str] = ""
    denominator: ClassVar[str] = ""
    scale: ClassVar[int] = 100
    places: ClassVar[int] = 2

    @property
    def kind(self) -> Kind:
        return Kind.RATE

    @property
    def is_additive(self) -> bool:
        return False

    @property
    def decimals(self) -> int:
        return self.places

    @property
    def is_stock(self) -> bool:
        """That of two stocks is one: both are taken on the last day."""
        return all(part.is_stock for part in self.parts)

    @property
    def parts(self) -> tuple[Indicator, Indicator]:
        return get(self.numerator), get(self.denominator)  # type: ignore[return-value]

    @property
    def dimension_names(self) -> tuple[str, ...]:
        above, below = self.parts
        return tuple(name for name in above.dimension_names if name in below.dimension_names)

    def dimension(self, name: str) -> Dimension:
        above, below = self.parts
        below.dimension(name)
        return above.dimension(name)


# Registry ----------------------------------------------------------------------------------------


class Provider(Protocol):
    """Figures that stand in a table of the database, not in code."""

    def find(self, key: str) -> BaseIndicator | None: ...

    def every(self) -> Iterable[BaseIndicator]: ...

    def of_region(self, region: str) -> Iterable[BaseIndicator]:
        """Those that hold in the region."""


_indicators: dict[str, BaseIndicator] = {}
_providers: list[Provider] = []
Registered = TypeVar("Registered", bound=type[BaseIndicator])


def register(indicator_class: Registered) -> Registered:
    """Raises ``ValueError`` for what is blank or taken; where the paths lead is checked at start-up."""
    name = indicator_class.__name__
    for attribute in ("key", "label", "unit", "definition", "section"):
        if not str(getattr(indicator_class, attribute, "")).strip():
            raise ValueError(f"Indicator {name} has no {attribute}.")
    if indicator_class.key in _indicators:
        raise ValueError(f"Indicator {indicator_class.key!r} is registered twice.")
    taken = RESERVED & set(getattr(indicator_class, "dimensions", ()))
    if taken:
        raise ValueError(f"Indicator {name}: a dimension cannot be called {sorted(taken)[0]!r}.")
    _indicators[indicator_class.key] = indicator_class()
    return indicator_class


def unregister(key: str) -> None:
    del _indicators[key]


def provide(provider: Provider) -> None:
    _providers.append(provider)


def get(key: str) -> BaseIndicator:
    if key in _indicators:
        return _indicators[key]
    for provider in _providers:
        if found := provider.find(key):
            return found
    raise UnknownIndicator(_("There is no figure “%(key)s”.") % {"key": key})


def every() -> list[BaseIndicator]:
    """All indicators in code, by section, within it in the order of registration."""
    return _by_section(_indicators.values())


def known() -> list[BaseIndicator]:
    """All indicators, those that any office defined among them."""
    return _by_section([*_indicators.values(), *(each for source in _providers for each in source.every())])


def of_region(region: str) -> list[BaseIndicator]:
    """All indicators that hold in a region, those that its offices and the ones above defined among them."""
    return _by_section([*_indicators.values(), *(each for source in _providers for each in source.of_region(region))])


def _by_section(indicators: Iterable[BaseIndicator]) -> list[BaseIndicator]:
    order = list(Section)
    return sorted(indicators, key=lambda indicator: order.index(indicator.section))
