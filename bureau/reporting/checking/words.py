"""Words as the check compares them: pairs of neighbouring signs, and what the wording of the year-end text says."""

import re
from functools import lru_cache

from bureau.reporting.checking.in_text import in_text, said_of
from bureau.reporting.marks import Mark, Word, places
from bureau.reporting.year_text.reading import marks_of
from bureau.reporting.year_text.wording import SHIPPED

# What reports say otherwise than the labels do.
_MEANT = {
    "建有": "现行有效",
    "拥有": "现行有效",
    "商场超市": "商店超市",
    "商场、超市": "商店、超市",
    "查办": "立案查处",
    "被评为": "新授予",
}
_EMPTY = frozenset(["of", "which", "the", "and", "in", "on", "by", "for", "a", "an", "to", "with"])
_YEARS = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")
_WORDS = re.compile(r"[一-鿿]+|[A-Za-z]+")


@lru_cache(maxsize=65536)
def pairs(text: str) -> frozenset[str]:
    """The years in it as well: names of campaigns differ by them."""
    found = set(_YEARS.findall(text))
    for word, meant in _MEANT.items():
        text = text.replace(word, meant)
    for run in _WORDS.findall(said_of(text)):
        if run.isascii():
            found.update({run.casefold()} - _EMPTY)
        elif len(run) == 1:
            found.add(run)
        else:
            found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)


@lru_cache(maxsize=1)
def words_of_the_wording() -> list[tuple[str, str]]:
    """Key, and the words that the year-end text puts beside the figure: a report says it in just that way."""
    marks, plain = marks_of(SHIPPED, ""), {}
    text = SHIPPED
    for number, place in enumerate(reversed(places(SHIPPED))):
        mark = marks.get(place.inside)
        stands_for = str(1_000_000 + number) if mark is not None and _is_plain(mark) else ""
        if stands_for and mark is not None:
            plain[int(stands_for)] = mark.key
        text = text[: place.start] + stands_for + text[place.end :]
    found = in_text(re.sub(r"[\[\]#]", "", text))
    return [(plain[int(each.written.value)], each.own) for each in found if int(each.written.value) in plain]


def _is_plain(mark: Mark) -> bool:
    return not (mark.is_fact or mark.values or mark.by or mark.in_words or mark.region) and mark.word == Word.VALUE
