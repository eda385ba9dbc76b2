"""The wording of a summary: lines with marks, and what is left of them once figures are bound in.

Of a sentence all of whose figures are nothing, nothing is left. What stands in [brackets] is left out as soon as one of
the figures in it is nothing: "[，同比{{ standards.established | ratio | text }}]".
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum

from django.utils.translation import gettext as _

from bureau.reporting import marks
from bureau.reporting.answers import Answer
from bureau.reporting.lines import NOTHING
from bureau.reporting.marks import BadMark, Known, Mark
from bureau.texts import clean_text, narrow

_SENTENCE = re.compile(r"[^。！？]+[。！？]*|[。！？]+")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[）)])")


class Kind(Enum):
    """What a line is, with what it begins."""

    TITLE = "# "
    HEADING = "## "
    SUBHEADING = "### "
    PARAGRAPH = ""


_LONGEST_FIRST = (Kind.SUBHEADING, Kind.HEADING, Kind.TITLE, Kind.PARAGRAPH)


@dataclass(frozen=True)
class Line:
    """``number`` counts from 1; ``sentences`` are as they are written, with marks."""

    number: int
    kind: Kind
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    line: int
    sentence: str
    problem: str

    def __str__(self) -> str:
        known = {"line": self.line, "problem": self.problem, "sentence": self.sentence}
        return _("Line %(line)s, “%(sentence)s”: %(problem)s") % known


def cleaned(body: str) -> str:
    """As it is kept: one paragraph a line, none of them empty."""
    return "\n".join(line for line in map(clean_text, body.splitlines()) if line)


def lines_of(body: str) -> list[Line]:
    return [_line(number, text) for number, text in enumerate(body.splitlines(), start=1) if text.strip()]


def _line(number: int, text: str) -> Line:
    kind = next(kind for kind in _LONGEST_FIRST if text.startswith(kind.value))
    text = text.removeprefix(kind.value).strip()
    if kind in (Kind.HEADING, Kind.SUBHEADING):
        return Line(number, kind, (_NUMBERED.sub("", text),))
    return Line(number, kind, (text,) if kind is Kind.TITLE else tuple(_SENTENCE.findall(text)))


def problems_of(body: str, region: str) -> list[Problem]:
    """Why the wording cannot be kept: a mark that nobody can answer, a bracket that is left open."""
    known = Known(region)
    return [
        Problem(line.number, sentence, problem)
        for line in lines_of(body)
        for sentence in line.sentences
        for problem in _problems(sentence, known)
    ]


def _problems(sentence: str, known: Known) -> Iterator[str]:
    yield from marks.read(sentence, known)[1]
    rest = _BRACKETS.sub("", narrow(sentence))
    if ("[" in rest or "]" in rest) and marks.places(sentence):
        yield _("A bracket [ ] around words that may be left out is not closed, or stands inside another one.")


def marks_of(body: str, region: str) -> dict[str, Mark]:
    """By what is written between the braces; those that cannot be answered are passed over."""
    known, found = Known(region), {}
    for place in marks.places(body):
        try:
            found[place.inside] = marks.parse(place.inside, known)
        except BadMark:
            continue
    return found


# Binding figures in ------------------------------------------------------------------------------

AnswerOf = Callable[[str], Answer]


@dataclass(frozen=True)
class Sentence:
    """``text`` is None where the sentence is left out; ``before`` is what it was when last seen, if that was
    another."""

    wording: str
    text: str | None
    has_figures: bool
    before: str | None = None
    is_changed: bool = False


@dataclass
class Paragraph:
    """``number`` is what a heading is printed with, such as 一、"""

    line: Line
    sentences: list[Sentence]
    is_left_out: bool = False
    number: str = ""

    @property
    def kind(self) -> Kind:
        return self.line.kind

    @property
    def text(self) -> str:
        return self.number + "".join(sentence.text or "" for sentence in self.sentences)


class Bound:
    """A wording with its figures. ``found``: answers by mark; ``shown``: texts by mark as they stood before."""

    def __init__(
        self, body: str, region: str, found: Mapping[Mark, Answer], shown: Mapping[str, str] | None = None
    ) -> None:
        self.marks = marks_of(body, region)
        self.found, self.shown = found, shown or {}
        self.paragraphs = [self._paragraph(line) for line in lines_of(body)]
        _leave_out(self.paragraphs)
        _number(self.paragraphs)

    @property
    def printed(self) -> list[Paragraph]:
        return [paragraph for paragraph in self.paragraphs if not paragraph.is_left_out]

    @property
    def changed(self) -> list[Sentence]:
        return [each for paragraph in self.paragraphs for each in paragraph.sentences if each.is_changed]

    def _paragraph(self, line: Line) -> Paragraph:
        return Paragraph(line, [self._sentence(wording) for wording in line.sentences])

    def _sentence(self, wording: str) -> Sentence:
        text, figures = bound(wording, self._answer, self._figures), self._figures(wording)
        if all(self._was(inside) == self.found[self.marks[inside]].text for inside in figures):
            return Sentence(wording, text, bool(figures))
        before = bound(wording, self._answer_before, self._figures)
        return Sentence(wording, text, True, before, is_changed=before != text)

    def _figures(self, wording: str) -> list[str]:
        insides = [place.inside for place in marks.places(wording)]
        return [inside for inside in insides if inside in self.marks and not self.marks[inside].is_fact]

    def _answer(self, inside: str) -> Answer:
        mark = self.marks.get(inside)
        return Answer(f"{{{{{inside}}}}}") if mark is None else self.found[mark]

    def _was(self, inside: str) -> str:
        mark = self.marks[inside]
        return self.shown.get(str(mark), self.found[mark].text)

    def _answer_before(self, inside: str) -> Answer:
        mark = self.marks.get(inside)
        if mark is None or mark.is_fact:
            return self._answer(inside)
        text = self._was(inside)
        return Answer(text, is_nothing=_was_nothing(text))


def shown_by(found: Mapping[Mark, Answer]) -> dict[str, str]:
    """What is kept of the answers, to tell later which have changed."""
    return {str(mark): answer.text for mark, answer in found.items() if not mark.is_fact}


def bound(wording: str, answer_of: AnswerOf, figures_of: Callable[[str], Iterable[str]]) -> str | None:
    """One sentence with its figures; None where there is nothing to say."""
    figures = [answer_of(inside) for inside in figures_of(wording)]
    if figures and all(answer.is_nothing for answer in figures):
        return None

    def kept(inside: str) -> bool:
        return not any(answer_of(each).is_nothing for each in figures_of(inside))

    return marks.filled([_without_brackets(wording, kept)], lambda inside: answer_of(inside).text)[0]


def _without_brackets(wording: str, kept: Callable[[str], bool]) -> str:
    pieces, at = [], 0
    for match in _BRACKETS.finditer(narrow(wording)):
        inside = wording[match.start() + 1 : match.end() - 1]
        if marks.places(inside):
            pieces += [wording[at : match.start()], inside if kept(inside) else ""]
            at = match.end()
    return "".join([*pieces, wording[at:]])


def _was_nothing(text: str) -> bool:
    if text in ("", NOTHING):
        return True
    try:
        return not Decimal(text)
    except InvalidOperation:
        return False


def _leave_out(paragraphs: list[Paragraph]) -> None:
    """Paragraphs of whose figures none is left, then headings under which nothing stands."""
    for paragraph in paragraphs:
        of_figures = [each for each in paragraph.sentences if each.has_figures]
        says_nothing = bool(of_figures) and all(each.text is None for each in of_figures)
        paragraph.is_left_out = says_nothing or not paragraph.text.strip()
    order = {Kind.PARAGRAPH: 0, Kind.SUBHEADING: 1, Kind.HEADING: 2, Kind.TITLE: 3}
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind in (Kind.HEADING, Kind.SUBHEADING):
            paragraph.is_left_out = not any(_stands_under(paragraphs[at + 1 :], order, order[paragraph.kind]))


def _stands_under(following: list[Paragraph], order: Mapping[Kind, int], level: int) -> Iterator[bool]:
    for paragraph in following:
        if order[paragraph.kind] >= level:
            return
        if paragraph.kind is Kind.PARAGRAPH:
            yield not paragraph.is_left_out


def _number(paragraphs: list[Paragraph]) -> None:
    """Anew for every paper, since headings may be left out."""
    headings = subheadings = 0
    for paragraph in paragraphs:
        if paragraph.is_left_out:
            continue
        if paragraph.kind is Kind.HEADING:
            headings, subheadings = headings + 1, 0
            paragraph.number = f"{numeral(headings)}、"
        elif paragraph.kind is Kind.SUBHEADING:
            subheadings += 1
            paragraph.number = f"（{numeral(subheadings)}）"


def numeral(number: int) -> str:
    """In Chinese, from 1 to 99."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")
