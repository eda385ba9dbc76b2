"""Row rules of the ledger: pure functions over cleaned values, for the forms' ``clean()`` and the sheets alike.

``values`` are by field name, of relations the key; what is not known yet may be missing. Each function gives the values
with what follows from the others filled in, or raises ``ValidationError`` by field. The catalogue of the record's own
day decides (计量法 第九条); a printed date always wins over the one that the period gives.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bureau.texts import match_text
from inspections import periods
from inspections.models.instrument import MANDATORY_PURPOSES, Instrument, LegalKind, Purpose
from inspections.models.instrument_kind import Catalogue, CatalogueEntry
from inspections.models.verification import Verification
from inspections.periods import Validity

Values = dict[str, Any]
Conclusion, Kind, Mode, Paper = Verification.Conclusion, Verification.Kind, CatalogueEntry.Mode, Verification.Paper

PAPERS = {Conclusion.PASSED: Paper.CERTIFICATE, Conclusion.FAILED: Paper.REJECTION, Conclusion.NONE: Paper.CALIBRATION}
CONCLUSIONS: dict[Any, str] = {paper: conclusion for conclusion, paper in PAPERS.items()}
# An inspection in service and a calibration give a piece no new validity.
GIVING_VALIDITY = (Kind.INITIAL, Kind.SUBSEQUENT, Kind.ARBITRATION)
DATES_OF_INSTRUMENT = ("in_use_from", "state_since", "first_verified_on")
# What a verification repeats of its piece: field, attribute of the piece, whether another value contradicts it.
REPEATED = (
    ("holder", "holder_id", True),
    ("instrument_kind", "kind_id", True),
    ("serial_no", "serial_no", True),
    ("purpose", "purpose", False),
)


def instrument(values: Mapping[str, Any], catalogue: Catalogue, today: date) -> Values:
    """A piece of the ledger: its legal kind by the catalogue of today (of a scrapped one, of its last day), the day on
    which it has to be replaced by the day of its first verification."""
    found, problems = {**values}, _in_future(values, DATES_OF_INSTRUMENT, today)
    kind, purpose = found.get("kind"), found.get("purpose")
    is_scrapped = found.get("state") == Instrument.State.SCRAPPED
    if kind and purpose:
        on = (found.get("state_since") if is_scrapped else None) or today
        found["legal_kind"] = found.get("legal_kind") or usual_legal_kind(kind, purpose, on, catalogue)
        problems |= _outside(found, "kind", on, catalogue)
    first = found.get("first_verified_on")
    if kind and first and found.get("replace_due_on") is None:
        found["replace_due_on"] = periods.replacement_day(first, catalogue.entry(kind, first))
    if first and found.get("replace_due_on") and found["replace_due_on"] <= first:
        problems["replace_due_on"] = _("It has to be replaced after its first verification, not before.")
    return _held(found, problems)


def verification(
    values: Mapping[str, Any],
    piece: Any,
    catalogue: Catalogue,
    today: date,
    *,
    may_differ: bool = False,
) -> Values:
    """A verification or calibration of ``piece`` (an instrument, or a tuple with its values), or of pieces that are not
    in the ledger (None).

    ``may_differ``: the piece was changed since the record named it, so what they differ in contradicts nothing.
    """
    found, problems = {**values}, _in_future(values, ("verified_on",), today)
    if piece is not None:
        problems |= _repeat(found, piece, may_differ=may_differ)
    if found.get("serial_no") and (found.get("quantity") or 1) > 1:
        problems["quantity"] = _("A serial no. names one piece: pieces with numbers stand in a row each.")
    _complete_paper(found)
    kind, purpose, on = found.get("instrument_kind"), found.get("purpose"), found.get("verified_on")
    if kind and purpose and on:
        found["legal_kind"] = found.get("legal_kind") or _legal_kind(found, piece, catalogue)
        problems |= _outside(found, "instrument_kind", on, catalogue)
    if kind and on:
        found["valid_until"], found["next_due_on"] = validity = _validity(found, piece, catalogue)
        problems |= _without_validity(found, validity, catalogue)
    return _held(found, problems)


def usual_legal_kind(kind: str, purpose: str, on: date, catalogue: Catalogue) -> str:
    """What the law asks of a piece of this kind that is used for this purpose on that day."""
    if purpose == Purpose.STANDARD or (purpose in MANDATORY_PURPOSES and catalogue.is_mandatory(kind, on)):
        return LegalKind.MANDATORY
    return LegalKind.VOLUNTARY


def period_of(piece: Any, entry: CatalogueEntry | None) -> int | None:
    """Months from a verification to the next one: those of the piece, else those of the catalogue."""
    if piece is not None and piece.period_months:
        return piece.period_months
    return entry.period_months if entry is not None and entry.mode == Mode.PERIODIC else None


# Parts of the rules ------------------------------------------------------------------------------


def _held(found: Values, problems: dict[str, Any]) -> Values:
    if problems:
        raise ValidationError(problems)
    return found


def _in_future(values: Mapping[str, Any], names: Iterable[str], today: date) -> dict[str, Any]:
    return {name: _("This day is in the future.") for name in names if (day := values.get(name)) and day > today}


def _outside(found: Values, kind_name: str, on: date, catalogue: Catalogue) -> dict[str, Any]:
    """Why the row cannot be under mandatory verification, as it says: by the field to blame."""
    purpose = found["purpose"]
    if found.get("legal_kind") != LegalKind.MANDATORY or purpose == Purpose.STANDARD:
        return {}
    if purpose not in MANDATORY_PURPOSES:
        return {"purpose": _("Instruments for this purpose are not under mandatory verification.")}
    if catalogue.is_mandatory(found[kind_name], on):
        return {}
    edition = catalogue.edition(on)
    if not edition:
        return {kind_name: _("No edition of the catalogue was in force on %(day)s.") % {"day": on.isoformat()}}
    return {
        kind_name: _(
            "The catalogue in force on %(day)s, %(edition)s, does not put this kind under mandatory verification."
        )
        % {"day": on.isoformat(), "edition": edition}
    }


def _repeat(found: Values, piece: Any, *, may_differ: bool) -> dict[str, Any]:
    problems = {}
    for name, attribute, is_bound in REPEATED:
        known = getattr(piece, attribute)
        if found.get(name) in (None, ""):
            found[name] = known
        elif is_bound and not may_differ and known and not _same(found[name], known):
            problems[name] = _("The instrument in the ledger has another one; correct it here or there.")
    return problems


def _same(one: Any, other: Any) -> bool:
    return match_text(str(one)) == match_text(str(other))


def _complete_paper(found: Values) -> None:
    """Kind, paper and conclusion say much of each other; what contradicts, a constraint refuses."""
    if not found.get("kind") and (
        found.get("paper") == Paper.CALIBRATION or found.get("conclusion") == Conclusion.NONE
    ):
        found["kind"] = Kind.CALIBRATION
    if found.get("kind") == Kind.CALIBRATION:
        found["conclusion"] = found.get("conclusion") or Conclusion.NONE
    if not found.get("conclusion"):
        found["conclusion"] = CONCLUSIONS.get(found.get("paper"), "")
    if not found.get("paper"):
        found["paper"] = PAPERS.get(found["conclusion"], "")


def _legal_kind(found: Values, piece: Any, catalogue: Catalogue) -> str:
    is_voluntary = found.get("kind") == Kind.CALIBRATION or (
        piece is not None and piece.legal_kind == LegalKind.VOLUNTARY
    )
    if is_voluntary:
        return LegalKind.VOLUNTARY
    return usual_legal_kind(found["instrument_kind"], found["purpose"], found["verified_on"], catalogue)


def _validity(found: Values, piece: Any, catalogue: Catalogue) -> Validity:
    on, valid_until, next_due_on = found["verified_on"], found.get("valid_until"), found.get("next_due_on")
    if found.get("conclusion") != Conclusion.PASSED or found.get("kind") not in GIVING_VALIDITY:
        return Validity(valid_until, next_due_on)
    entry = catalogue.entry(found["instrument_kind"], on)
    if entry is not None and entry.mode == Mode.REPLACED:
        replace_due_on = piece.replace_due_on if piece is not None else None
        return periods.within_life(on, valid_until, next_due_on, replace_due_on, entry.life_months)
    return periods.completed(on, valid_until, next_due_on, period_of(piece, entry))


def _without_validity(found: Values, validity: Validity, catalogue: Catalogue) -> dict[str, Any]:
    """A mandatory certificate runs out some day, except of kinds that are verified once and used until they fail."""
    is_open = validity.valid_until is None and found.get("legal_kind") == LegalKind.MANDATORY
    if not is_open or found.get("conclusion") != Conclusion.PASSED or found.get("kind") not in GIVING_VALIDITY:
        return {}
    entry = catalogue.entry(found["instrument_kind"], found["verified_on"])
    if entry is not None and entry.mode == Mode.FIRST_ONLY:
        return {}
    return {
        "valid_until": _("The catalogue states no period for this kind: enter the day that the certificate states.")
    }


# For ``clean()`` ---------------------------------------------------------------------------------


def values_of(row: Any) -> Values:
    """The values of a record by field name, of relations the key."""
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}


def fill(row: Any, values: Mapping[str, Any]) -> None:
    """Give a record what ``values`` says of it; rows that it points to stay as they were read."""
    for field in row._meta.concrete_fields:
        if getattr(row, field.attname) != values[field.name]:
            setattr(row, field.attname, values[field.name])
