"""The unified social credit code of GB 32100-2015: 18 characters, the last one a check sign over the others.

The first character names the registering department and may be a letter. Problems are sentences, "" if there is none.
"""

import re

from django.utils.translation import gettext as _

from bureau.texts import clean_text, narrow

LENGTH = 18
# Digits and letters without I, O, S, V, Z: the value of a sign is its place.
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [3**place % 31 for place in range(LENGTH - 1)]
# Blanks that group the signs, and the apostrophe by which a spreadsheet is told that a number is a text.
_NO_PART = re.compile(r"[\s'‘’]")


def normalised(text: str) -> str:
    """In capital half-width characters without blanks."""
    return _NO_PART.sub("", clean_text(narrow(text))).upper()


def check_sign(code: str) -> str:
    """The 18th sign that belongs to the first 17; raises ``ValueError`` for a sign that the standard does not use."""
    total = sum(weight * SIGNS.index(sign) for weight, sign in zip(_WEIGHTS, code[:17], strict=True))
    return SIGNS[(31 - total % 31) % 31]


def form_problem(code: str) -> str:
    """Why this is no such code at all; ``code`` is normalised."""
    if len(code) != LENGTH:
        return _("A unified social credit code has 18 characters; this one has %(length)s.") % {"length": len(code)}
    if foreign := "".join(dict.fromkeys(sign for sign in code if sign not in SIGNS)):
        return _("%(signs)s cannot stand in a unified social credit code; I, O, S, V and Z are not used in it.") % {
            "signs": foreign
        }
    if not code[2:8].isdigit():
        return _("Characters 3 to 8 of a unified social credit code are the six digits of a region.")
    return ""


def check_problem(code: str) -> str:
    """Whether a code of the right form was mistyped."""
    if check_sign(code) == code[-1]:
        return ""
    return _("The check character of this unified social credit code is wrong: a character was mistyped.")


def problem(code: str) -> str:
    return form_problem(code) or check_problem(code)
