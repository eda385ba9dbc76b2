"""When two names of enterprises count as the same."""

import unicodedata

from bureau.texts import match_text

# One legal form under two names, as the Company Law lets a firm write it.
_LEGAL_FORMS = (("有限责任公司", "有限公司"),)


def name_key(name: str) -> str:
    """Without blanks, brackets and other punctuation, in one width and case, the legal form in one spelling."""
    text = "".join(sign for sign in match_text(name) if unicodedata.category(sign)[0] != "P")
    for written, counted in _LEGAL_FORMS:
        text = text.replace(written, counted)
    return text
