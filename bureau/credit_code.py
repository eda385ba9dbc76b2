"""The unified social credit code of GB 32100-2015: 18 characters, the last one a check sign over the others.

The first character names the registering department and may be a letter; characters 9 to 17 are the organisation code
of GB 11714 with a check sign of its own. Problems are sentences, "" if there is none.
"""

import re

from django.utils.translation import gettext as _

from bureau.texts import clean_text, narrow

LENGTH = 18
# Digits and letters without I, O, S, V, Z: the value of a sign is its place.
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [3**place % 31 for place in range(LENGTH - 1)]
# GB 11714 counts letters on from 9 without a gap: A is 10, Z is 35.
_ORGANISATION = slice(8, 16)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# Blanks that group the signs, and the apostrophe by which a spreadsheet is told that a number is a text.
_NO_PART = re.compile(r"[\s'‘’]")


def normalised(text: str) -> str:
    """In capital half-width characters without blanks."""
    return _NO_PART.sub("", clean_text(narrow(text))).upper()


def check_sign(code: str) -> str:
    """The 18th sign that belongs to the first 17; raises ``ValueError`` for a sign that the standard does not use."""
    total = sum(weight * SIGNS.index(sign) for weight, sign in zip(_WEIGHTS, code[:17], strict=True))
    return SIGNS[(31 - total % 31) % 31]


def organisation_check_sign(body: str) -> str:
    """The ninth sign of an organisation code (GB 11714) that belongs to its first eight."""
    total = sum(weight * int(sign, 36) for weight, sign in zip(_ORGANISATION_WEIGHTS, body, strict=True))
    return "0123456789X0"[11 - total % 11]


def completed(first: str) -> str:
    """The code that begins with these 16 characters: both check signs put to them."""
    first += organisation_check_sign(first[_ORGANISATION])
    return first + check_sign(first)


def form_problem(code: str) -> str:
    """Why this is no such code at all; ``code`` is normalised."""
    if len(code) != LENGTH:
        return _("A unified social credit code has 18 characters; this one has %(length)s.") % {"length": len(code)}
    if foreign := "".join(dict.fromkeys(sign for sign in code if sign not in SIGNS)):
        return _("%(signs)s cannot stand in a unified social credit code; I, O, S, V and Z are not used in it.") % {
            "signs": foreign
        }
    if not code[2:8].isdigit() or code[2:8] == "000000":
        return _("Characters 3 to 8 of a unified social credit code are the six digits of a region.")
    return ""


def check_problem(code: str) -> str:
    """Whether a code of the right form was mistyped, or made up: either check sign tells."""
    if check_sign(code) != code[-1]:
        return _("The check character of this unified social credit code is wrong: a character was mistyped.")
    if organisation_check_sign(code[_ORGANISATION]) != code[-2]:
        return _(
            "The check character of the organisation code in it (the 17th character) is wrong: this unified social "
            "credit code was mistyped or made up."
        )
    return ""


def problem(code: str) -> str:
    return form_problem(code) or check_problem(code)
