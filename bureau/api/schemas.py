"""The shapes of questions and answers. The texts are translated when the description is served (``description``)."""

from datetime import datetime
from typing import Annotated, Any

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, Field

from bureau.api.moments import moment

MOST, USUAL = 500, 100
LARGEST_KEY = 2**63 - 1

# Questions ---------------------------------------------------------------------------------------


class Period(Schema):
    region: str | None = Field(
        None, description=_("Code of a region within that of the token's office, which is usual.")
    )
    year: str | None = Field(None, description=_("A whole year, such as 2016; or give two days."))
    first: str | None = Field(None, alias="from", description=_("First day, such as 2016-01-01."))
    last: str | None = Field(None, alias="to", description=_("Last day, included."))


class WhichFigures(Period):
    keys: str | None = Field(None, description=_("Keys of figures, separated by commas; all of them if left out."))


class Page(Schema):
    after: int = Field(0, ge=0, le=LARGEST_KEY, description=_("The “next” of the page before."))
    limit: int = Field(USUAL, ge=1, le=MOST, description=_("Records on a page, at most 500."))


class Narrowed(Period):
    level: str | None = Field(
        None, description=_("“own”: only what counts at the region's own level, in none of its parts.")
    )


class WhichRecords(Page):
    changed_since: Annotated[AwareDatetime, BeforeValidator(moment)] | None = Field(
        None,
        description=_(
            "Only what was changed at this time or later, such as 2016-06-01T08:00:00+08:00. What has left the list "
            "comes as its id with “voided”."
        ),
    )


class WhichSnapshots(Page):
    region: str | None = Field(None, description=_("Code of a region within that of the token's office."))
    year: str | None = Field(None, description=_("A year, such as 2016."))


# Answers -----------------------------------------------------------------------------------------

Number = int | float | None


class Refusal(Schema):
    detail: str = Field(description=_("Why, as a sentence in the language of Accept-Language."))


REFUSALS = dict.fromkeys((400, 401, 404), Refusal)


class Indicator(Schema):
    key: str
    label: str
    unit: str
    section: str
    kind: str = Field(description=_("flow, stock or rate"))
    definition: str
    basis: str
    dimensions: dict[str, list[str]]


class Figure(Schema):
    key: str
    label: str
    unit: str
    value: Number = Field(description=_("In the unit, unrounded; null is an undefined rate."))
    previous: Number = Field(description=_("The same days a year earlier."))
    target: Number
    completion: Number
    breakdowns: dict[str, dict[str, Number]]


class Days(Schema):
    first: str = Field(alias="from")
    last: str = Field(alias="to")


class Figures(Schema):
    region: str
    period: Days
    figures: list[Figure]


class Snapshot(Schema):
    id: int
    region: str = Field(description=_("Code of the region."))
    region_name: str
    year: int
    number: int = Field(description=_("Which version of the region's year it is: reopened, it is frozen again."))
    frozen_at: datetime
    reopened_at: datetime | None = Field(description=_("null as long as this version holds."))
    definitions: str = Field(description=_("Version of the definitions"))
    seal: str
    previous_seal: str = Field(
        description=_("Seal of what was frozen before it, in whatever region; zeros if nothing.")
    )
    intact: bool = Field(description=_("The content is what was sealed, and what was sealed before it is still there."))


class Snapshots(Schema):
    as_of: datetime = Field(description=_("When this was read."))
    snapshots: list[Snapshot]
    next: int | None = Field(description=_("“after” of the next page; null at the end."))


class FrozenFigure(Schema):
    key: str
    label: str
    unit: str
    version: str = Field(description=_("Version of the definition by which it was counted."))
    value: Number = Field(description=_("In the unit, unrounded; null is an undefined rate."))
    breakdowns: dict[str, dict[str, Number]]


class SnapshotInFull(Snapshot):
    figures: list[FrozenFigure] = Field(description=_("By key, with those that rates were made of."))
    carried: dict[str, Number] = Field(description=_("By key the difference that was left to the following year."))


class Choice(Schema):
    value: Any
    label: str


class Column(Schema):
    name: str
    label: str
    type: str = Field(description=_("text, reference, region, choice, boolean, date, datetime, integer or number"))
    unit: str
    choices: list[Choice] = Field(description=_("Of a choice: what may stand in it."))


class Kind(Schema):
    kind: str
    label: str
    key: list[str] = Field(description=_("The columns by which a record is known."))
    columns: list[Column]


class Record(Schema):
    id: int
    kind: str | None = Field(None, description=_("Of a figure's record: the kind that explains its columns."))
    version: int = Field(0, description=_("Rises with each change."))
    office: str = Field("", description=_("Code of the office that keeps it."))
    region: str = Field("", description=_("Code of the region in which it counts."))
    changed_at: datetime | None = None
    values: dict[str, Any] | None = Field(None, description=_("By name of the column; null where no sheet writes it."))
    voided: bool = Field(
        False, description=_("It is no longer in this list; nothing but its id, version and “voided_at” is told.")
    )
    voided_at: datetime | None = Field(None, description=_("When it was voided, if that is why it left the list."))


class Records(Schema):
    kind: str | None = Field(None, description=_("The kind that was asked for."))
    as_of: datetime = Field(description=_("When this was read."))
    records: list[Record]
    next: int | None = Field(description=_("“after” of the next page; null at the end."))
