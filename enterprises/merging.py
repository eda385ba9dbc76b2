"""Merging a double into the enterprise that stays, with everything that was recorded about it; and taking it back.

Records move to the enterprise that stays, each with a line in its history. Rows that only say the same of both (a kind,
a former name) are not needed twice: the double's is voided. Two *records* that could not both stand, such as two
pledges of one day, are no such thing: they stop the merge until somebody voids one of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import bulk, records
from bureau.models import Staff
from enterprises.models import Enterprise, EnterpriseMerge, FormerName, MergeStep
from enterprises.pointers import Pointer, pointers

CHUNK = 2000
# Of the enterprise that stays: what the double knows and it does not. ``unverified`` goes with the code.
COMPLETED = ("credit_code", "address", "industry_id", "size")
Did = MergeStep.Did


@dataclass
class Moves:
    """What a merge does with the rows of one kind; ``clashing`` ones have a twin at the enterprise that stays."""

    pointer: Pointer
    moving: list[Any] = field(default_factory=list)
    clashing: list[tuple[Any, Any]] = field(default_factory=list)

    @property
    def label(self) -> Any:
        return self.pointer.model._meta.verbose_name_plural


@dataclass
class Plan:
    kept: Enterprise
    double: Enterprise
    kinds: list[Moves]
    former_name: FormerName | None
    completed: dict[str, Any]

    @property
    def obstacles(self) -> list[tuple[Any, Any]]:
        """Pairs of records that cannot both be about one enterprise: the double's and the other's."""
        return [pair for moves in self.kinds if moves.pointer.is_record for pair in moves.clashing]

    @property
    def has_two_codes(self) -> bool:
        codes = {self.kept.credit_code, self.double.credit_code} - {""}
        return len(codes) == 2


def plan(kept: Enterprise, double: Enterprise) -> Plan:
    """What a merge would do, without doing it. Raises ``ValidationError`` for two that cannot be merged at all."""
    if kept.pk == double.pk:
        raise ValidationError(_("An enterprise cannot be merged into itself."))
    if kept.is_voided or double.is_voided:
        raise ValidationError(_("A voided enterprise cannot be merged."))
    kinds = [_moves(pointer, kept, double) for pointer in pointers()]
    return Plan(
        kept=kept,
        double=double,
        kinds=[moves for moves in kinds if moves.moving or moves.clashing],
        former_name=_former_name(kept, double),
        completed={
            name: getattr(double, name) for name in COMPLETED if getattr(double, name) and not getattr(kept, name)
        },
    )


def _moves(pointer: Pointer, kept: Enterprise, double: Enterprise) -> Moves:
    moves = Moves(pointer)
    twins: dict[int, Any] = {}
    for others, condition in pointer.unique_sets():
        held = {_values(row, others): row for row in pointer.rows(kept).filter(condition)}
        for row in pointer.rows(double).filter(condition):
            values = _values(row, others)
            if values in held and None not in values:
                twins[row.pk] = held[values]
    for row in pointer.rows(double):
        if row.pk in twins:
            moves.clashing.append((row, twins[row.pk]))
        else:
            moves.moving.append(row)
    return moves


def _values(row: Any, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in names)


def _former_name(kept: Enterprise, double: Enterprise) -> FormerName | None:
    """The double's name and code, where the enterprise that stays has others: old papers still find it."""
    code = double.credit_code if kept.credit_code and double.credit_code != kept.credit_code else ""
    if double.name_key == kept.name_key and not code:
        return None
    known = FormerName.objects.not_voided().filter(enterprise__in=(kept, double), name=double.name)
    return None if known.exists() else FormerName(enterprise=kept, name=double.name, credit_code=code)


@transaction.atomic
def merge(*, kept: Enterprise, double: Enterprise, by: Staff | None, reason: str) -> EnterpriseMerge:
    """Move everything about ``double`` to ``kept`` and void the double.

    Raises ``ValidationError`` if the two cannot be merged, with a sentence.
    """
    kept, double = _locked(kept.pk, double.pk)
    planned = plan(kept, double)
    if planned.obstacles:
        raise ValidationError([_clash(row, twin) for row, twin in planned.obstacles])
    done = EnterpriseMerge.objects.create(
        kept=kept, double=double, reason=reason.strip()[:200], merged_by=by, merged_at=timezone.now()
    )
    try:
        with transaction.atomic():
            _carry_out(planned, done, by)
    except IntegrityError as error:
        raise ValidationError(_("The database refused this merge: two records contradict each other.")) from error
    return done


def _carry_out(planned: Plan, done: EnterpriseMerge, by: Staff | None) -> None:
    kept, double, said = planned.kept, planned.double, _said(done)
    steps = []
    for moves in planned.kinds:
        clashing = [row for row, _twin in moves.clashing]
        _in_chunks(clashing, lambda rows: records.bulk_void(rows, by=by, reason=said))
        _point(moves.moving, moves.pointer, kept, by=by, reason=said)
        steps += [_step(done, row, Did.VOIDED) for row in clashing]
        steps += [_step(done, row, Did.MOVED, moves.pointer.field) for row in moves.moving]
    if planned.former_name:
        records.save(planned.former_name, by=by, reason=said)
        steps.append(_step(done, planned.former_name, Did.ADDED))
    double.merged_into = kept
    records.void(double, by=by, reason=said)
    if planned.completed:
        steps.append(_complete(planned, done, by))
    bulk.insert(steps)


def _complete(planned: Plan, done: EnterpriseMerge, by: Staff | None) -> MergeStep:
    values = dict(planned.completed)
    if "credit_code" in values:
        marks = {*planned.kept.unverified, *(mark for mark in planned.double.unverified if mark == "credit_code")}
        values["unverified"] = sorted(marks)
    before = {name: getattr(planned.kept, name) for name in values}
    for name, value in values.items():
        setattr(planned.kept, name, value)
    records.save(planned.kept, by=by, reason=_said(done))
    return _step(done, planned.kept, Did.CHANGED, values={"before": before, "after": values})


@transaction.atomic
def undo(done: EnterpriseMerge, *, by: Staff | None) -> list[str]:
    """Take a merge back: every row is again where it was. Raises ``ValidationError`` if it cannot be, with a sentence.

    Returns sentences about what somebody changed since and therefore stays as it is.
    """
    done = EnterpriseMerge.objects.select_for_update().get(pk=done.pk)
    if done.undone_at is not None:
        raise ValidationError(_("This merge was undone already."))
    kept, double = _locked(done.kept_id, done.double_id)
    if kept.is_voided:
        raise ValidationError(_("“%(name)s” was itself merged or voided since: undo that first.") % {"name": kept.name})
    said = str(_("Merge undone: %(double)s") % {"double": double.name})
    left = _take_back_values(done, kept, by, said)
    _stand_again(done, double, by)
    for (kind, name), keys in _by_kind(done, Did.MOVED).items():
        left += _move_back(kind, name, keys, done, by, said)
    for (kind, _name), keys in _by_kind(done, Did.VOIDED).items():
        _unvoid(kind, keys, by, said)
    for (kind, _name), keys in _by_kind(done, Did.ADDED).items():
        rows = list(kind._default_manager.filter(pk__in=keys, voided_at__isnull=True))
        records.bulk_void(rows, by=by, reason=said)
    done.undone_by, done.undone_at = by, timezone.now()
    done.save()
    return left


def _take_back_values(done: EnterpriseMerge, kept: Enterprise, by: Staff | None, said: str) -> list[str]:
    """What the double had completed; a value that somebody has changed since stays."""
    left: list[str] = []
    for step in done.steps.filter(did=Did.CHANGED):
        before, after = step.values["before"], step.values["after"]
        mine = {name for name, value in after.items() if getattr(kept, name) == value}
        left += [
            _("%(field)s was changed since and stays.") % {"field": Enterprise._meta.get_field(name).verbose_name}  # type: ignore[union-attr]
            for name in after
            if name not in mine and name != "unverified"
        ]
        for name in mine:
            setattr(kept, name, before[name])
        if mine:
            records.save(kept, by=by, reason=said)
    return left


def _stand_again(done: EnterpriseMerge, double: Enterprise, by: Staff | None) -> None:
    double.merged_into = None
    double.voided_at = None
    double.validate_constraints()
    records.unvoid(double, by=by)


def _move_back(
    model: Any, name: str, keys: Sequence[int], done: EnterpriseMerge, by: Staff | None, said: str
) -> list[str]:
    pointer = next(each for each in pointers() if each.model is model and each.field == name)
    present = (
        {row.pk: row for row in pointer.rows(done.kept).filter(pk__in=keys)}
        if len(keys) <= CHUNK
        else {row.pk: row for row in pointer.rows(done.kept)}
    )
    rows = [present[key] for key in keys if key in present]
    _point(rows, pointer, done.double, by=by, reason=said)
    if len(rows) == len(keys):
        return []
    what = {"count": len(keys) - len(rows), "label": model._meta.verbose_name_plural}
    return [_("%(label)s: %(count)s went to another enterprise since and stay there.") % what]


def _unvoid(model: Any, keys: Sequence[int], by: Staff | None, said: str) -> None:
    rows = list(model._default_manager.filter(pk__in=keys, voided_at__isnull=False))
    for row in rows:
        row.voided_by, row.voided_at, row.void_reason = None, None, ""
    records.bulk_change(rows, ("voided_by", "voided_at", "void_reason"), by=by, reason=said)


def _point(rows: Sequence[Any], pointer: Pointer, to: Enterprise, *, by: Staff | None, reason: str) -> None:
    for row in rows:
        setattr(row, pointer.attribute, to.pk)
    _in_chunks(rows, lambda some: records.bulk_change(some, [pointer.field], by=by, reason=reason))


def _in_chunks(rows: Sequence[Any], work: Any) -> None:
    for start in range(0, len(rows), CHUNK):
        work(rows[start : start + CHUNK])


def _by_kind(done: EnterpriseMerge, did: str) -> dict[tuple[Any, str], list[int]]:
    found: dict[tuple[Any, str], list[int]] = {}
    for kind, name, key in done.steps.filter(did=did).order_by("pk").values_list("content_type", "field", "object_id"):
        model = ContentType.objects.get_for_id(kind).model_class()
        found.setdefault((model, name), []).append(key)
    return found


def _locked(kept: int, double: int) -> tuple[Enterprise, Enterprise]:
    """In one order always, so that two merges never wait for each other."""
    rows = {row.pk: row for row in Enterprise.objects.select_for_update().filter(pk__in=(kept, double)).order_by("pk")}
    return rows[kept], rows[double]


def _step(done: EnterpriseMerge, row: Model, did: str, name: str = "", values: Any = None) -> MergeStep:
    kind = ContentType.objects.get_for_model(row)
    return MergeStep(merge=done, content_type=kind, object_id=row.pk, field=name, did=did, values=values or {})


def _said(done: EnterpriseMerge) -> str:
    return str(_("Merged into %(kept)s: %(reason)s") % {"kept": done.kept.name, "reason": done.reason})[:100]


def _clash(row: Model, twin: Model) -> str:
    return _("%(kind)s: “%(row)s” and “%(twin)s” cannot both be of one enterprise. Void one of them first.") % {
        "kind": row._meta.verbose_name,
        "row": row,
        "twin": twin,
    }
