"""What follows when instruments or verifications were written: their succession, and the questions that they raise.

Whoever writes such rows past the admin pages and sheets calls this in the same transaction.
"""

from collections.abc import Collection, Iterable

from django.db import transaction

from bureau import bulk
from inspections import doubts, succession
from inspections.models import Instrument, Verification


@transaction.atomic
def verifications_coming(rows: Collection[Verification]) -> None:
    """Of verifications that are about to be added, many at once: what follows stands on them when they are written."""
    succession.derive({row.instrument_id for row in rows}, rows)


@transaction.atomic
def verifications_written(
    added: Collection[Verification], changed: Collection[Verification] = (), *, were_coming: bool = False
) -> None:
    """``changed``: rows that were there before, voided and restored ones among them."""
    before = {row.instrument_id for row in changed} | _pieces_before(changed)
    of_added = {row.instrument_id for row in added}
    succession.derive(before if were_coming else before | of_added)
    _forget_succession(changed)
    doubts.review_verifications([*added, *changed], (before | of_added) - {None})


@transaction.atomic
def instruments_written(added: Collection[Instrument], changed: Collection[Instrument] = ()) -> None:
    """What a change of a piece says of its verifications is asked anew, too."""
    keys = {piece.pk for piece in (*added, *changed)}
    succession.derive(keys)
    doubts.review_instruments(keys)
    if changed:
        made = Verification.objects.not_voided().filter(instrument__in=[piece.pk for piece in changed])
        doubts.review_verifications(list(made), {piece.pk for piece in changed})


def _forget_succession(rows: Iterable[Verification]) -> None:
    """Of rows that named a piece and no longer do."""
    loose = [row for row in rows if row.instrument_id is None and (row.due_on or row.met_on)]
    for row in loose:
        row.due_on = row.met_on = None
    bulk.update(loose, Verification.DERIVED)


def _pieces_before(rows: Iterable[Verification]) -> set[int | None]:
    """The pieces that these ever named: what they no longer say of one changes that one, too."""
    keys = [row.pk for row in rows]
    if not keys:
        return set()
    lines = Verification.history.filter(id__in=keys)  # type: ignore[attr-defined]
    return set(lines.order_by().values_list("instrument", flat=True).distinct())
