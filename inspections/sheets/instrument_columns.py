"""Columns of the ledger that no other sheet has: a piece by its number, and a moment."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import KEEP, CellError, Column
from bureau.exchange.columns.choice import ChoiceColumn
from bureau.texts import clean_text, match_text, narrow
from inspections.models import Catalogue, Instrument
from standards.models import StandardEvent
from standards.sheets.parts import StandardColumn

if TYPE_CHECKING:
    from bureau.exchange.context import Context, Lookups

SHAPES = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M")
SHOWN = "%Y-%m-%d %H:%M"


class FollowingChoice(ChoiceColumn):
    """A choice that a blank cell leaves as it is; in a new row it follows from the others, or is the usual one."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, required=False, **kwargs)

    @property
    def blank(self) -> Any:
        return KEEP


class PieceColumn(Column):
    """The piece in the ledger, where its serial no. does not name it: by its number on the national platform or its
    holder's own. What the cell says is looked up with the row (``find_pieces``)."""

    number_format = "@"
    width = 20

    def __init__(self, name: str = "instrument", **kwargs: Any) -> None:
        super().__init__(name, required=False, label=gettext_lazy("no. in the ledger"), **kwargs)

    @property
    def blank(self) -> Any:
        return KEEP

    def parse(self, raw: Any, context: "Context") -> str:
        return clean_text(narrow(text_of(raw)))

    def prepare_render(self, values: Iterable[Any], lookups: "Lookups") -> None:
        cache = lookups.cache((self, "render"))
        if missing := set(values) - {None} - cache.keys():
            rows = Instrument.objects.filter(pk__in=missing).values_list("pk", "serial_no", "ecqs_no", "holder_no")
            cache.update({pk: "" if serial else ecqs or own for pk, serial, ecqs, own in rows})

    def render(self, value: Any, lookups: "Lookups") -> Any:
        return lookups.cache((self, "render")).get(value, value)

    def rule(self) -> str:
        return _("Number on the national platform or holder's own; not needed where the serial no. names the piece.")


class UsedStandardColumn(StandardColumn):
    """The standard used, by any number that its certificate has or had: old papers name the old one."""

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        super().prepare(raws, context)
        cache = self._known(context)
        asked = {form for text in set(map(text_of, raws)) - {""} for form in self._forms(text) if not cache.get(form)}
        asked -= context.cache((self, "former")).keys()
        if not asked:
            return
        context.cache((self, "former")).update(dict.fromkeys(asked))
        events = StandardEvent.objects.not_voided().filter(certificate_no__in=asked, standard__in=self.rows(context))
        for number, standard, present in events.values_list("certificate_no", "standard", "standard__certificate_no"):
            cache[number][standard] = present


class MomentColumn(Column):
    """A day with the time of day, such as 2016-06-01 08:30."""

    number_format = "@"
    width = 18

    def parse(self, raw: Any, context: "Context") -> datetime:
        if not isinstance(raw, datetime):
            raw = self._read(clean_text(narrow(text_of(raw))))
        return raw if timezone.is_aware(raw) else timezone.make_aware(raw)

    def _read(self, text: str) -> datetime:
        for shape in SHAPES:
            try:
                return datetime.strptime(text, shape)  # noqa: DTZ007 (made aware by the caller)
            except ValueError:
                continue
        raise CellError(_("This is not a day with a time. Write it like 2016-06-01 08:30."))

    def same(self, old: Any, new: Any) -> bool:
        """Our own files tell no seconds."""
        return _minute(old) == _minute(new)

    def render(self, value: datetime | None, lookups: "Lookups") -> Any:
        return f"{timezone.localtime(value):{SHOWN}}" if value else value

    def rule(self) -> str:
        return _("A day with the time, such as 2016-06-01 08:30.")

    def sample(self, choices: Sequence[str]) -> Any:
        return self.example or "2016-06-01 08:30"


def _minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None


# Finding the pieces of a chunk -------------------------------------------------------------------

# What the rules of a row read of its piece: as plain tuples, which cost a tenth of model instances.
OF_PIECE = ("pk", "holder_id", "kind_id", "region_id", "serial_no", "ecqs_no", "holder_no", "purpose", "legal_kind",
            "period_months", "replace_due_on", "in_use_from", "state", "state_since")  # fmt: skip


def find_pieces(rows: Sequence[dict[str, Any]], context: "Context") -> list[Any]:
    """For rows of verifications, values by column name, the piece of each: by the number in the cell ``instrument``,
    else by holder, kind and serial no.; one query for all. None where none is meant or on record; what is
    wrong comes as a ``CellError``."""
    holders = {row["holder"] for row in rows if row.get("holder")}
    serials = {row["serial_no"] for row in rows if row.get("serial_no")}
    numbers = {row["instrument"] for row in rows if isinstance(row.get("instrument"), str)}
    if not holders or not (serials or numbers):
        return [None] * len(rows)
    named = Q(serial_no__among=serials) | Q(ecqs_no__among=numbers) | Q(holder_no__among=numbers)
    pieces = context.visible(Instrument.objects.not_voided().filter(named, holder__among=holders))
    by_serial: dict[tuple[int, str, str], list[Any]] = {}
    by_number: dict[tuple[int, str], list[Any]] = {}
    for piece in pieces.order_by("pk").values_list(*OF_PIECE, named=True):
        if piece.serial_no:
            by_serial.setdefault((piece.holder_id, piece.kind_id, match_text(piece.serial_no)), []).append(piece)
        for number in {match_text(piece.ecqs_no), match_text(piece.holder_no)} - {""}:
            by_number.setdefault((piece.holder_id, number), []).append(piece)
    return [_meant(row, by_serial, by_number) for row in rows]


def _meant(row: dict[str, Any], by_serial: Any, by_number: Any) -> Any:
    holder, number = row.get("holder"), row.get("instrument")
    if isinstance(number, str):
        found = by_number.get((holder, match_text(number)), [])
        found = [piece for piece in found if piece.kind_id == row.get("instrument_kind")] or found
        if not found:
            return CellError(_("This holder has no instrument with this number in the ledger."))
        if len(found) > 1:
            return CellError(_("Several instruments of this holder have this number."))
        return found[0]
    if not row.get("serial_no"):
        return None
    found = by_serial.get((holder, row.get("instrument_kind"), match_text(row["serial_no"])), [])
    return max(found, key=lambda piece: _fitness(piece, row.get("verified_on")), default=None)


def _fitness(piece: Any, on: Any) -> tuple[bool, bool, int]:
    """Of several pieces that bore the number one after the other, the one in use on that day, else the present one."""
    is_scrapped = piece.state == Instrument.State.SCRAPPED
    is_in_use = bool(on) and piece.in_use_from <= on and not (is_scrapped and piece.state_since <= on)
    return is_in_use, not is_scrapped, piece.pk


def catalogue_of(context: "Context") -> Catalogue:
    """Read once for a file."""
    cache = context.cache(Catalogue)
    if not cache:
        cache[None] = Catalogue()
    found: Catalogue = cache[None]
    return found


def today_of(context: "Context") -> date:
    """Asked once for a file, since each time the zone is looked up."""
    cache = context.cache(today_of)
    if not cache:
        cache[None] = timezone.localdate()
    found: date = cache[None]
    return found


class Pieces:
    """The pieces that the rows of a file are about, so that the rules of a row ask for none."""

    def __init__(self, context: "Context") -> None:
        self._known: dict[int, Any] = context.cache(Instrument)

    def remember(self, pieces: Iterable[Any]) -> None:
        self._known.update({piece.pk: piece for piece in pieces})

    def bring(self, keys: Iterable[int | None]) -> None:
        if missing := set(keys) - {None} - self._known.keys():
            self.remember(Instrument.objects.filter(pk__among=missing).values_list(*OF_PIECE, named=True))

    def get(self, key: int | None) -> Any:
        if key is not None and key not in self._known:
            self.bring([key])
        return self._known.get(key)
