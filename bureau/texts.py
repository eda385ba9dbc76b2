"""Texts as they are kept: what people cannot see does not stand in a record."""

import re
import unicodedata

# Invisible characters that come along when text is copied from web pages and chat programs.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BLANKS = re.compile(r"\s+")
# Full-width ASCII and the ideographic space; Chinese punctuation such as 。、【】 stays as it is.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def clean_text(text: str) -> str:
    """Without outer blanks and invisible characters; control characters and line breaks inside become one blank."""
    text = text.strip()
    if text.isprintable():
        return text
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text)).strip()


def narrow(text: str) -> str:
    """Full-width letters, digits, brackets and blanks as half-width ones."""
    return text if text.isascii() else text.translate(_NARROW)


def whole_number(text: str | None) -> int | None:
    """The number that an address or a form names, such as the key of a row: 1 to 18 digits of 0 to 9, which the
    database can hold; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def match_text(text: str) -> str:
    """The form in which two texts count as the same: no regard to width, case and blanks."""
    if text.isascii():
        return _BLANKS.sub("", text).casefold()
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFKC", _BLANKS.sub("", text).casefold())
