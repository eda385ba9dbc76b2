"""From the headings of a sheet to places: which column of the file goes into which of ours, in which unit and month."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from bureau.exchange.columns.base import Column
from bureau.exchange.layouts import months
from bureau.exchange.layouts.headings import WHOLE, Match, Matcher, stated_unit, takes_unit
from bureau.exchange.layouts.layout import Part, Place
from bureau.exchange.layouts.survey import Survey
from bureau.exchange.sheets import Sheet

Places = dict[int, Place]


def places_of(found: Survey, matcher: Matcher) -> Places:
    """As the headings say. What no heading explains is not read, but keeps the unit or month that it states."""
    parts = found.block.parts if found.block else {}
    matches = {position: match for position, texts in parts.items() if (match := matcher.match(texts))}
    kept = _without_totals(_clear_ones(matches), matcher.sheet)
    places = {}
    for position, texts in parts.items():
        if match := kept.get(position):
            unit = match.unit or _unit_of_line(match.column, found)
            places[position] = Place(match.column.name, unit, match.month)
        else:
            month = months.month_in(texts[-1]) if matcher.sheet.months else ""
            places[position] = Place("", stated_unit(texts), month)
    return places


def adapted(place: Place, position: int, found: Survey, matcher: Matcher) -> Place:
    """A choice of the clerk, now or for an earlier file, with the unit and the month that this file states."""
    if not place.column or place.column not in matcher.sheet.by_name:
        return replace(place, column="")
    texts = found.block.parts.get(position, ()) if found.block else ()
    column = matcher.sheet.by_name[place.column]
    match = matcher.match(texts)
    is_own = match is not None and match.column is column
    unit = match.unit if match and is_own else stated_unit(texts)
    month = place.month or (match.month if match else "")
    return replace(
        place,
        unit=unit or _unit_of_line(column, found) or place.unit,
        month=month if _is_value_of_month(column, matcher.sheet) else "",
    )


def recalled(places: Places, earlier: Mapping[int, Place], found: Survey, matcher: Matcher) -> Places:
    """As the clerk chose for an earlier file with this header, but with the months of this one."""
    known = {p: place for p, place in earlier.items() if not place.column or place.column in matcher.sheet.by_name}
    result = dict(places)
    for position, place in known.items():
        month = places[position].month if position in places else place.month
        result[position] = adapted(replace(place, month=month or place.month), position, found, matcher)
    return result


def _clear_ones(matches: Mapping[int, Match]) -> dict[int, Match]:
    """For each of our columns the surest match. Two whole headings are a problem to be told, two guesses are none."""
    by_target: dict[tuple[str, str], dict[int, Match]] = {}
    for position, match in matches.items():
        by_target.setdefault((match.column.name, match.month), {})[position] = match
    kept: dict[int, Match] = {}
    for group in by_target.values():
        strength = max(match.strength for match in group.values())
        surest = {position: match for position, match in group.items() if match.strength == strength}
        if len(surest) == 1 or strength == WHOLE:
            kept |= surest
    return kept


def _without_totals(matches: dict[int, Match], sheet: Sheet) -> dict[int, Match]:
    """Beside columns for each month, one for the value alone is their sum."""
    if not any(match.month for match in matches.values()):
        return matches
    return {
        position: match
        for position, match in matches.items()
        if match.month or match.column.name not in (sheet.months or ())
    }


def _is_value_of_month(column: Column, sheet: Sheet) -> bool:
    return bool(sheet.months) and column.name == sheet.months[1]  # type: ignore[index]


def _unit_of_line(column: Column, found: Survey) -> str:
    """What the line above the header says for this kind of quantity."""
    if not column.unit:
        return ""
    return next((unit for unit in found.units if takes_unit(column, unit)), "")


# What is wrong with them --------------------------------------------------------------------------


def columns_read(places: Mapping[int, Place], sheet: Sheet) -> set[str]:
    """Names of our columns that a column of the file is read into; columns for each month tell the month as well."""
    read = {place.column for place in places.values() if place.column}
    if sheet.months and any(place.month for place in places.values() if place.column):
        read.add(sheet.months[0])
    return read


def missing_of(places: Mapping[int, Place], sheet: Sheet, constants: Collection[str] = ()) -> list[Column]:
    """Required columns that are read from nowhere; ``constants``: names of those that have one value for all rows."""
    known = columns_read(places, sheet) | {*constants}
    return [column for column in sheet.required if column.name not in known]


def missing_sentence(columns: Iterable[Column]) -> str:
    return _(
        "Required columns are missing: %(headings)s. For each, choose the column of the file that holds it, "
        "or give one value for all rows."
    ) % {"headings": _(", ").join(str(column.label) for column in columns)}


def problems_of(places: Mapping[int, Place], parts: Iterable[Part], sheet: Sheet) -> list[str]:
    """Sentences for the clerk; while there is one, the file cannot be read."""
    parts = list(parts)
    return [
        *_read_twice(places, parts, sheet),
        *_wrong_units(places, sheet),
        *_without_year(places, parts),
        *_month_twice(places, sheet),
    ]


def nothing_read(places: Mapping[int, Place]) -> list[str]:
    """Values for all rows alone make no record."""
    if any(place.column for place in places.values()):
        return []
    return [_("No column of the file is read. Choose for at least one column what it holds.")]


def _read_twice(places: Mapping[int, Place], parts: list[Part], sheet: Sheet) -> list[str]:
    sources: dict[tuple[str, str], list[int]] = {}
    for position, place in places.items():
        if place.column:
            sources.setdefault((place.column, place.month), []).append(position)
    return [
        _("Row %(row)s: the columns %(letters)s would all be read as “%(label)s”.")
        % {
            "row": parts[0].last,
            "letters": _(", ").join(map(letter_of, positions)),
            "label": " ".join(filter(None, (str(sheet.by_name[name].label), month))),
        }
        for (name, month), positions in sources.items()
        if len(positions) > 1
    ]


def _wrong_units(places: Mapping[int, Place], sheet: Sheet) -> list[str]:
    return [
        _("Column %(letter)s: values of “%(label)s” cannot be taken in the unit “%(unit)s” that its heading states.")
        % {"letter": letter_of(position), "label": sheet.by_name[place.column].label, "unit": place.unit}
        for position, place in places.items()
        if place.column and not takes_unit(sheet.by_name[place.column], place.unit)
    ]


def _without_year(places: Mapping[int, Place], parts: list[Part]) -> list[str]:
    if not any(place.column and len(place.month) == 2 for place in places.values()):
        return []
    return [
        _(
            "The headings name months, but no year is clear from the sheet “%(sheet)s”. "
            "Write one year above its header, or into the headings, such as 2016-05."
        )
        % {"sheet": part.name}
        for part in parts
        if not part.year
    ]


def _month_twice(places: Mapping[int, Place], sheet: Sheet) -> list[str]:
    if not sheet.months or not any(place.column and place.month for place in places.values()):
        return []
    name = sheet.months[0]
    return [
        _("Column %(letter)s cannot be read as “%(label)s”: other columns stand for a month each.")
        % {"letter": letter_of(position), "label": sheet.by_name[name].label}
        for position, place in places.items()
        if place.column == name
    ]


def letter_of(position: int) -> str:
    return get_column_letter(position + 1)
