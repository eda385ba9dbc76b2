"""A form of an office's own, read with all its marks and filled for a region and period."""

from io import BytesIO
from typing import Any

from bureau.reporting.answers import answers
from bureau.reporting.marks import BadMark, Known, Mark, parse, places, problem_of_braces
from bureau.reporting.office_templates.container import XLSX
from bureau.reporting.office_templates.document import DocumentForm
from bureau.reporting.office_templates.workbook import WorkbookForm
from bureau.reporting.periods import Period


class BadMarks(ValueError):
    """``problems``: sentences, each with the place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class OfficeForm:
    """``content`` was found harmless (``container.kind_of``). Raises ``BadFile`` and ``BadMarks``.

    ``known``: what its marks may ask for.
    """

    def __init__(self, content: bytes, kind: str, known: Known) -> None:
        self.file = WorkbookForm(content) if kind == XLSX else DocumentForm(content)
        self.marks: dict[str, Mark] = {}
        problems = list(dict.fromkeys(problem for spot in self.file.spots() for problem in self._read(spot, known)))
        if problems:
            raise BadMarks(problems)

    def _read(self, spot: Any, known: Known) -> list[str]:
        found, problems = places(spot.text), []
        for place in found:
            try:
                self.marks[place.inside] = parse(place.inside, known)
            except BadMark as problem:
                problems.append(f"{spot.where}: {{{{{place.inside}}}}} {problem}")
        if found and spot.problem:
            problems.append(f"{spot.where}: {spot.problem}")
        elif not spot.problem and (loose := problem_of_braces(spot.text)):
            problems.append(f"{spot.where}: {loose}")
        return problems

    def filled(self, region: str, period: Period, *, user: Any) -> BytesIO:
        """The file with the figures that ``user`` may see; raises what ``compute`` raises."""
        found = answers(self.marks.values(), region, period, user=user)
        return self.file.filled(lambda inside: found[self.marks[inside]])
