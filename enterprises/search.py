"""Finding enterprises by a name or former name, in part, or by the beginning of a code."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from bureau import credit_code
from enterprises.models import FormerName
from enterprises.names import name_key

CODE_LEAST = 4


def matching(rows: QuerySet, text: str) -> QuerySet:
    """Every word must be found in the present name, in a former one, or begin the code (present or former)."""
    for word in text.split():
        rows = rows.filter(_matches(word))
    return rows


def _matches(word: str) -> Q:
    """The fields have the same names in both tables."""
    key, code = name_key(word), credit_code.normalised(word)
    named = Q(name__icontains=word)
    if key:
        named |= Q(name_key__contains=key)
    if len(code) >= CODE_LEAST and code.isascii():
        named |= Q(credit_code__startswith=code)
    former = FormerName.objects.filter(named, voided_at__isnull=True, enterprise=OuterRef("pk"))
    return named | Q(Exists(former))
