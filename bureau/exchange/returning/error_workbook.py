"""What comes back of a file whose rows failed: the clerk's own workbook with the failed cells marked.

Where that cannot be (another type of file, too large a one), the failed rows alone, in the columns of the template.
Either begins with a sheet that counts and lists. Corrected and imported again, only the failed rows are taken
(``corrections``).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bureau.exchange.models import Import
from bureau.exchange.outcome import COUNTS, RowError
from bureau.exchange.returning import origin, own_file, rebuilt
from bureau.exchange.returning.failures import Failures
from bureau.exchange.returning.result_sheet import ResultSheet
from bureau.exchange.writing import paper


def write(path: Path, run: Import, errors: Iterable[RowError]) -> None:
    """``run`` may be a draft that was only looked through. ``errors``, in the order of the file, are gone through
    twice at most."""
    if own_file.can_be_kept(run.path) and _own(path, run, errors):
        return
    first = _("This type or size of file cannot be marked: the failed rows stand on the next sheet.")
    result = _result(run, [first, _how_to_go_on(run, holds_all_rows=False)])
    rebuilt.write(path, run, errors, result)


def _own(path: Path, run: Import, errors: Iterable[RowError]) -> bool:
    failures = Failures(run)
    marks = failures.marks(errors)
    red = _("The failed cells are red; the comment in each says what is wrong and what is allowed.")
    further = [failures.not_listed(), own_file.left_behind(run.path), _how_to_go_on(run, holds_all_rows=True)]
    result = _result(run, [red, *further])
    result.problems = failures.listed()
    return own_file.write(path, run.path, marks, result)


def _result(run: Import, advice: list[str]) -> ResultSheet:
    at = timezone.localtime(run.created_at)
    about = {
        "file_name": run.file_name,
        "sheet_key": run.sheet_label,
        "office": str(run.office),
        "created_at": f"{at:%Y-%m-%d %H:%M}",
        "started_by": str(run.started_by or ""),
    }
    return ResultSheet(
        title=paper.sheet_title(_("Import result")),
        mark=_mark(run),
        about=[(_label(name), text) for name, text in about.items() if text],
        counts=[(_label(name), getattr(run, name)) for name in COUNTS],
        advice=[text for text in advice if text],
        headings=[_("Cell"), _("Row"), _("Column"), _("Value"), _("What to correct")],
    )


def _label(name: str) -> str:
    field: Any = Import._meta.get_field(name)
    return str(capfirst(field.verbose_name))


def _mark(run: Import) -> str:
    if not run.pk:
        return ""
    mark = origin.origin_of(run.pk, run.sha256).mark
    return _("By this line the system knows the file when it comes back: %(mark)s") % {"mark": mark}


def _how_to_go_on(run: Import, *, holds_all_rows: bool) -> str:
    """``holds_all_rows``: whether this workbook does, and not the failed ones alone."""
    if not run.pk:
        return _("Nothing was written: the file was only checked.")
    if run.state == Import.State.REFUSED and holds_all_rows:
        return _(
            "Nothing was written, because rows failed. Correct them and import this file again: all rows are taken."
        )
    if run.state == Import.State.REFUSED:
        return _(
            "Nothing was written, because rows failed. Correct them in your own file and import that again: "
            "the good rows are not in this one."
        )
    if not _took_rows(run):
        return _("No row was imported. Correct the failed rows and import this file again.")
    return _("Correct the failed rows and import this file again: rows that were imported are not taken twice.")


def _took_rows(run: Import) -> bool:
    """Whether rows of the file are on record: by this import, or before by the one that the file corrects."""
    before = run.corrects
    is_taken_before = before is not None and before.state == Import.State.DONE and _took_rows(before)
    return run.rows > run.failed or is_taken_before
