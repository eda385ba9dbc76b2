"""Which records a merge of enterprises touched since a year was frozen (``bureau.past``)."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from bureau import past
from bureau.past import Key
from enterprises.models import Enterprise, EnterpriseMerge, MergeStep


@past.register_merges
def merged(at: datetime) -> dict[Any, set[Key]]:
    """The doubles, and the rows that were moved, changed or voided with them, or put back."""
    since = Q(merged_at__gt=at) | Q(undone_at__gt=at)
    found: dict[Any, set[Key]] = defaultdict(set)
    found[Enterprise] |= set(EnterpriseMerge.objects.filter(since).values_list("double", flat=True))
    steps = MergeStep.objects.filter(merge__in=EnterpriseMerge.objects.filter(since).values("pk"))
    for kind, key in steps.values_list("content_type", "object_id"):
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None:
            found[model].add(key)
    return dict(found)
