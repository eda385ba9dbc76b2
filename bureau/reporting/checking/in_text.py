"""The numbers of a text, each with the words that say what it counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bureau.reporting.checking.written import Written, numbers

SENTENCE = re.compile(r"[^。！？；;!?\n]+[。！？；;!?]?")
_PARTED = re.compile(r"[，,、：:（）()。；;！？!?\[\]［］]")
_CLAUSE = re.compile(r"[，,：:；;。]")
# Words that say nothing of what is counted.
_EMPTY = re.compile(
    r"共计|共有|合计|累计|总计|分别|达到|其中|目前|已经|超过|全省|全市|全县|全区|全国|[共约达为了的近超并和与及各中]"
    r"|(?<![A-Za-z])\s+|\s+(?![A-Za-z])"
)
_LEADS_ON = re.compile(r"^\s*(?:其中|同比|比上年|较上年|比去年|较去年|按|另|占|包括)")
_DIGIT = re.compile(r"[0-9０-９]")
LONGEST_HEADING = 30
WIDEST = 400


@dataclass(frozen=True)
class Found:
    """A number and its surroundings.

    ``own``: the words beside it; ``wide``: those of its sentence, or of the rows above; ``leading``: what stands
    before it in its clause, or its column's heading, which tells whether it is of last year, a target, a change;
    ``heading``: of its section or sheet; ``place``: sheet and cell, for a text "". ``start``: where it stands in the
    text, ``context`` is the sentence (or the headings) that is shown, in which it begins at ``at``. ``by``: what a
    line above its row divides the figure by, as in 按级别分.
    """

    written: Written
    own: str
    wide: str = ""
    leading: str = ""
    heading: str = ""
    place: str = ""
    context: str = ""
    at: int = -1
    start: int = -1
    is_cell: bool = False
    by: str = ""

    @property
    def before(self) -> str:
        """Of the context, for a number that stands among words."""
        return self.context[: self.at] if self.at >= 0 else ""

    @property
    def after(self) -> str:
        return self.context[self.at + len(self.written.text) :] if self.at >= 0 else ""


def in_text(text: str, place: str = "") -> list[Found]:
    found: list[Found] = []
    heading, before, at = "", "", 0
    for line in text.splitlines(keepends=True):
        of_line = numbers(line)
        if not of_line and _is_heading(line):
            heading, before = line.strip(), ""
        for match in SENTENCE.finditer(line):
            inside = [each for each in of_line if match.start() <= each.start < match.end()]
            leads_on = bool(_LEADS_ON.match(match[0]))
            found += _of_sentence(match, inside, before if leads_on else "", heading, place, at)
            before = match[0] if inside or not leads_on else before
        at += len(line)
    return found


def _is_heading(line: str) -> bool:
    line = line.strip()
    return 0 < len(line) <= LONGEST_HEADING and not re.search(r"[。；，,;]", line)


def _of_sentence(
    match: re.Match[str], inside: list[Written], before: str, heading: str, place: str, offset: int
) -> Iterator[Found]:
    sentence, left = match[0], match.start()
    for number, written in enumerate(inside):
        start, tail = written.start - left, written.tail - left
        last = inside[number - 1].tail - left if number else 0
        following = inside[number + 1].start - left if number + 1 < len(inside) else len(sentence)
        lead = sentence[:start]
        yield Found(
            written=written,
            own=f"{_beside(sentence[last:start])}|{_PARTED.split(sentence[tail:following])[0]}",
            wide=f"{before}|{lead}"[-WIDEST:],
            leading=_CLAUSE.split(lead)[-1],
            heading=heading,
            place=place,
            context=sentence.strip(),
            at=start - (len(sentence) - len(sentence.lstrip())),
            start=offset + written.start,
        )


def _beside(text: str) -> str:
    """The last words before the number that say something: 「共」 alone does not."""
    said: list[str] = []
    for piece in reversed(_PARTED.split(text)):
        said.insert(0, piece)
        if len(said_of(piece).strip()) > 1:
            break
    return "|".join(said)


def said_of(text: str) -> str:
    """A text without digits and without the words that tell nothing apart."""
    return _EMPTY.sub("", _DIGIT.sub("", text))
