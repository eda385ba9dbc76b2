"""How a file would be read: its sheets, its columns and what each means, and what the clerk has to decide."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from bureau.exchange.columns.base import Column
from bureau.exchange.files.reading import Book, TooLarge, open_book
from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts import placing
from bureau.exchange.layouts.constants import without_column
from bureau.exchange.layouts.glance import Glance
from bureau.exchange.layouts.header import WITHIN
from bureau.exchange.layouts.headings import Matcher
from bureau.exchange.layouts.layout import Decision, Layout, Part, Place, places_from_json
from bureau.exchange.layouts.marks import is_counter_heading, may_be_counter_heading
from bureau.exchange.layouts.placing import Places, adapted, letter_of, missing_of
from bureau.exchange.layouts.survey import Survey, best_of, survey
from bureau.exchange.returning.origin import is_own_heading
from bureau.exchange.sheets import Sheet

Memory = Callable[[str], Decision | None]


@dataclass
class FileColumn:
    """``how`` its place was found: "heading", "remembered", or "" if the clerk says it."""

    position: int
    letter: str
    heading: str
    samples: list[str]
    place: Place
    how: str
    # It only numbers the rows of the file.
    is_counter: bool = False


@dataclass
class SheetOfFile:
    """``rows``: so many records, or at most about so many; ``why`` it cannot be read together with those that are, ""
    if it can.

    ``is_instead``: it can be read instead of them (``assign`` with its name alone), with columns of its own.
    """

    name: str
    is_visible: bool
    rows: int
    is_read: bool
    why: str
    is_instead: bool = False
    is_estimate: bool = True


@dataclass
class Proposal:
    layout: Layout
    columns: list[FileColumn]
    missing: list[Column]
    problems: list[str]
    sheets: list[SheetOfFile]
    notes: list[str]
    known: int = 0
    required: list[Column] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return not self.missing and not self.problems

    @property
    def ignored_headings(self) -> list[str]:
        unread = [column for column in self.columns if not column.place.column and not column.is_counter]
        return [column.heading for column in unread if column.heading and not is_own_heading(column.heading)]

    @property
    def refusal(self) -> str:
        """Why the file cannot be read as it is, where there is no clerk to ask."""
        row = self.layout.parts[0].last
        if self.missing and self.known < 2:
            return _("No row with known headings was found among the first %(rows)s rows. Expected: %(headings)s.") % {
                "rows": WITHIN,
                "headings": _labels(self.required),
            }
        if self.missing:
            return _("Row %(row)s looks like the header, but these columns are missing: %(headings)s.") % {
                "row": row,
                "headings": _labels(self.missing),
            }
        return "\n".join(self.problems)


def _labels(columns: Iterable[Column]) -> str:
    return _(", ").join(str(column.label) for column in columns)


def propose(path: Path, sheet: Sheet, *, remembered: Memory = lambda signature: None) -> Proposal:
    """As the program understands a file; raises ``BadFile`` if it cannot be read or has nothing like a header.

    ``remembered``: what the office decided for an earlier file, by the signature of its header.
    """
    with open_book(path) as book:
        return propose_for(book, sheet, remembered=remembered)


def propose_for(book: Book, sheet: Sheet, *, remembered: Memory = lambda signature: None) -> Proposal:
    proposer = _Proposer(book, sheet)
    base = proposer.best()
    places = proposer.places[base.name]
    constants: Mapping[str, str] = {}
    if earlier := remembered(base.signature):
        places = placing.recalled(places, places_from_json(earlier.places), base, proposer.matcher)
        constants = earlier.constants
    same = [one for one in proposer.alike(base) if one.sheet.is_visible] if base.sheet.is_visible else [base]
    return proposer.proposal(base, same, places, constants, is_recalled=bool(earlier))


def assign(
    path: Path,
    sheet: Sheet,
    layout: Layout,
    places: Mapping[int, Place],
    part_names: Sequence[str],
    constants: Mapping[str, str] | None = None,
) -> Proposal:
    """As the clerk says; where headers stand is taken from ``layout``, and without ``constants`` these as well.

    If sheets with other headings than those of ``layout`` are chosen, their columns are proposed anew.
    """
    with open_book(path) as book:
        proposer = _Proposer(book, sheet, layout)
        chosen = [one for one in proposer.surveys if one.name in part_names and one.block]
        if not chosen:
            raise BadFile(_("Choose at least one sheet of the file."))
        base = next((one for one in chosen if one.signature == layout.signature), chosen[0])
        decided, given = proposer.places[base.name], dict[str, str]()
        if base.signature == layout.signature:
            decided = decided | {
                position: adapted(place, position, base, proposer.matcher) for position, place in places.items()
            }
            given = dict(layout.constants if constants is None else constants)
        return proposer.proposal(base, chosen, decided, given)


class _Proposer:
    """What is known of a file while a proposal is made."""

    def __init__(self, book: Book, sheet: Sheet, layout: Layout | None = None) -> None:
        self.book, self.sheet, self.matcher = book, sheet, Matcher(sheet)
        self.surveys = survey(book, self.matcher, {part.name: part for part in layout.parts} if layout else {})
        self.places = {one.name: placing.places_of(one, self.matcher) for one in self.surveys}

    def best(self) -> Survey:
        is_complete = {name: not missing_of(places, self.sheet) for name, places in self.places.items()}
        best = best_of(self.surveys, is_complete)
        too_large = next((one.too_large for one in self.surveys if one.too_large), None)
        if too_large and (best is None or not is_complete[best.name]):
            raise too_large
        if best is None:
            raise BadFile(
                _("No sheet has a header, a row with the names of the columns. Expected: %(headings)s.")
                % {"headings": _labels(self.sheet.required)}
            )
        return best

    def alike(self, base: Survey) -> list[Survey]:
        """Sheets with the same header, whose lines of units say the same."""
        return [one for one in self.surveys if one.block and self._is_like(one, base)]

    def _is_like(self, one: Survey, other: Survey) -> bool:
        is_same_header = one.signature == other.signature and self.places[one.name] == self.places[other.name]
        return is_same_header and one.units == other.units

    def proposal(
        self,
        base: Survey,
        chosen: Sequence[Survey],
        places: Places,
        constants: Mapping[str, str],
        *,
        is_recalled: bool = False,
    ) -> Proposal:
        read = [one for one in chosen if self._is_like(one, base)]
        _check_rows(read)
        parts = tuple(one.part for one in read)
        places = {position: _counted(place, position, base) for position, place in sorted(places.items())}
        layout = Layout(parts, base.headings, places, without_column(constants, places, self.sheet))
        missing = missing_of(places, self.sheet, layout.constants)
        glances = {one.name: Glance(one, self.sheet, layout, is_complete=not missing) for one in read}
        strangers = [
            _("The sheet “%(sheet)s” has other headings or units than “%(other)s”. Import it by itself.")
            % {"sheet": one.name, "other": base.name}
            for one in chosen
            if one not in read
        ]
        return Proposal(
            layout=layout,
            columns=self._columns(base, places, glances[base.name], is_recalled),
            missing=missing,
            problems=self._problems(places, parts, missing) + strangers,
            sheets=[self._sheet_of_file(one, base, glances) for one in self.surveys],
            notes=self._notes(read),
            known=round(base.block.known) if base.block else 0,
            required=self.sheet.required,
        )

    def _problems(self, places: Places, parts: Sequence[Part], missing: Sequence[Column]) -> list[str]:
        nothing = [] if missing else placing.nothing_read(places)
        return nothing + placing.problems_of(places, parts, self.sheet)

    def _columns(self, base: Survey, places: Places, glance: Glance, is_recalled: bool) -> list[FileColumn]:
        by_heading = self.places[base.name]
        columns = []
        for position in sorted({*base.positions(), *places}):
            place = places.get(position, Place())
            heading = base.headings[position] if position < len(base.headings) else ""
            how = ""
            if place.column:
                is_same = by_heading.get(position, Place()).column == place.column
                how = "heading" if is_same else "remembered" if is_recalled else ""
            is_counter = place.is_counter or (not place.column and is_counter_heading(heading))
            samples = glance.samples(position)
            columns.append(FileColumn(position, letter_of(position), heading, samples, place, how, is_counter))
        return columns

    def _sheet_of_file(self, one: Survey, base: Survey, glances: Mapping[str, Glance]) -> SheetOfFile:
        why, glance = "", glances.get(one.name)
        if one.too_large:
            why = one.too_large.sentence
        elif one.block is None:
            why = _("There is no header on it.") if one.height else _("It is empty.")
        elif glance is None and not self._is_like(one, base):
            why = _("It has other headings or units than “%(other)s”.") % {"other": base.name}
        is_instead = bool(why) and one.block is not None
        rows, is_estimate = (glance.rows, glance.is_estimate) if glance else (one.rows, True)
        is_read = glance is not None
        return SheetOfFile(one.name, one.sheet.is_visible, rows, is_read, why, is_instead, is_estimate)

    def _notes(self, read: list[Survey]) -> list[str]:
        parts = self.book.parts
        facts = {one.name: parts.facts(one.name) for one in read}
        hidden = [one.name for one in read if not one.sheet.is_visible]
        protected = [name for name, fact in facts.items() if fact.is_protected]
        # What is known on them might be missed.
        passed_by = [one.name for one in self.surveys if one not in read and one.block and one.block.known >= 2]
        notes = [_("The sheet “%(sheet)s” is hidden in the file. It is read.") % {"sheet": name} for name in hidden]
        notes += [_("The sheet “%(sheet)s” is protected. It is read all the same.") % {"sheet": n} for n in protected]
        notes += [_("The sheet “%(sheet)s” is not read.") % {"sheet": name} for name in passed_by]
        if any(fact.has_formulas for fact in facts.values()):
            notes.append(_("Formulas count by the results that were saved with them."))
        if parts.has_macros:
            notes.append(_("The file holds macros. They are not run; only values are read."))
        return notes


def _counted(place: Place, position: int, base: Survey) -> Place:
    """Whether the column only numbers the rows is for the values to say, where the heading does not."""
    heading = base.headings[position] if position < len(base.headings) else ""
    is_counter = not place.column and may_be_counter_heading(heading) and base.counts_up(position)
    return place if place.is_counter == is_counter else replace(place, is_counter=is_counter)


def _check_rows(read: Sequence[Survey]) -> None:
    total = sum(one.rows for one in read)
    if total > settings.IMPORT_MAX_ROWS:
        raise TooLarge(
            _("The sheets have %(rows)s rows together; at most %(limit)s can be read at once. Split the file.")
            % {"rows": total, "limit": settings.IMPORT_MAX_ROWS}
        )
