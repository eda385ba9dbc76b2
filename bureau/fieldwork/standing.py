"""What the records behind a form say now, beside what its draft took over from them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bureau.fieldwork.forms import Errors, FieldForm
from bureau.fieldwork.merging import Merged, merge
from bureau.fieldwork.models import FieldDraft, FieldValue

CHANGED = ("value", "device", "version", "stood", "is_contested")


def renew(draft: FieldDraft, standing: Mapping[str, str], revision: int) -> list[FieldValue]:
    """The values of the draft that change since the records did, with ``revision``; the caller writes them.

    What a device changed too is contested: the record's value stands until a device decides. Where the records say
    nothing at all they are out of reach, which is no change of theirs.
    """
    changed = []
    for there in draft.values.filter(stood__isnull=False) if standing else ():
        now = standing.get(there.name, "")
        if now == there.stood:
            continue
        there.is_contested = merge(str(there.stood), there.value, now) is Merged.CONFLICT
        there.value, there.stood, there.device, there.version = now, now, None, revision
        changed.append(there)
    return changed


def contested(form: FieldForm, draft: FieldDraft, by: Any) -> Errors:
    """Before a draft is submitted: the fields that have to be decided first."""
    if changed := renew(draft, form.standing(by, draft.query), draft.revision + 1):
        FieldValue.objects.bulk_update(changed, CHANGED, 100)
        draft.revision += 1
        draft.save()
    names = draft.values.filter(is_contested=True).values_list("name", flat=True)
    return {name: [_("The office changed this meanwhile: choose which shall stand.")] for name in names}
