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

from bureau.exchange.importing import COUNTS, RowError
from bureau.exchange.models import Import
from bureau.exchange.returning import origin, own_file, rebuilt
from bureau.exchange.returning.failures import Failures
from bureau.exchange.returning.result_sheet import ResultSheet
from bureau.exchange.writing import paper


def write(path: Path, run: Import, errors: Iterable[RowError]) -> None:
    """``run`` may be a draft that was only looked through. ``errors``, in the order of the file, are gone through
    twice at most."""
    if own_file.can_be_kept(run.path) and _own(path, run, errors):
        return
    result = _result(run, [_("This type or size of file cannot be marked: the failed rows stand on the next sheet.")])
    rebuilt.write(path, run, errors, result)


def _own(path: Path, run: Import, errors: Iterable[RowError]) -> bool:
    failures = Failures(run)
    marks = failures.marks(errors)
    red = _("The failed cells are red; the comment in each says what is wrong and what is allowed.")
    result = _result(run, [red, failures.not_listed(), own_file.left_behind(run.path)])
    result.problems = failures.listed
    return own_file.write(path, run.path, marks, result)


def _result(run: Import, first: list[str]) -> ResultSheet:
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
        advice=[text for text in (*first, _how_to_go_on(run)) if text],
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


def _how_to_go_on(run: Import) -> str:
    if not run.pk:
        return _("Nothing was written: the file was only checked.")
    if run.state == Import.State.REFUSED:
        return _(
            "Nothing was written, because rows failed. Correct them and import this file again: all rows are taken."
        )
    return _("Correct the failed rows and import this file again: only they are taken, the others are on record.")
