"""From the cells of a row to records by column name: one, or one for each month that has a value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from bureau import units
from bureau.exchange.cells import WithUnit, is_blank
from bureau.exchange.columns.base import Column
from bureau.exchange.files.reading import Cells
from bureau.exchange.layouts.layout import Layout, Part, Place
from bureau.exchange.sheets import Sheet

Raw = dict[str, Any]
Splitter = Callable[[Cells], Sequence[Raw]]


def splitter(sheet: Sheet, layout: Layout, part: Part) -> Splitter:
    """For rows that are as wide as the layout at least."""
    read = {position: place for position, place in layout.places.items() if place.column}
    months = {position: place for position, place in read.items() if place.month}
    whole = _whole({position: place for position, place in read.items() if not place.month}, sheet, layout.constants)
    return _by_month(whole, months, sheet, part) if months else lambda cells: (whole(cells),)


def _whole(places: dict[int, Place], sheet: Sheet, constants: Mapping[str, str]) -> Callable[[Cells], Raw]:
    names, take = [place.column for place in places.values()], _taker([*places])
    given = {place.column: place.unit for place in places.values() if _is_other_unit(place, sheet)}

    def whole(cells: Cells) -> Raw:
        row = dict(zip(names, take(cells), strict=True))
        row.update(constants)
        for name, unit in given.items():
            row[name] = WithUnit(row[name], unit)
        return row

    return whole


def _by_month(whole: Callable[[Cells], Raw], places: dict[int, Place], sheet: Sheet, part: Part) -> Splitter:
    month_name, value_name = sheet.months or ("", "")
    months = [
        (position, _first_day(place.month, part), place.unit if _is_other_unit(place, sheet) else "")
        for position, place in places.items()
    ]

    def by_month(cells: Cells) -> list[Raw]:
        common = whole(cells)
        return [
            {**common, month_name: day, value_name: WithUnit(value, unit) if unit else value}
            for position, day, unit in months
            if not is_blank(value := cells[position])
        ]

    return by_month


def _taker(positions: list[int]) -> Callable[[Cells], tuple[Any, ...]]:
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda cells: tuple(cells[position] for position in positions)


def _is_other_unit(place: Place, sheet: Sheet) -> bool:
    """Whether the file counts otherwise than the column does by itself."""
    column: Column = sheet.by_name[place.column]
    return bool(place.unit) and units.find(place.unit) != units.find(column.unit)


def _first_day(month: str, part: Part) -> date:
    """Of "2016-05", or of "05" in the year of the sheet."""
    year, _dash, number = month.rpartition("-")
    return date(int(year or part.year), int(number), 1)
