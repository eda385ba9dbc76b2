"""A file from its upload to its confirmation: how it is read, what the clerk says to that, how it may end before."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts import proposal
from bureau.exchange.layouts.layout import Decision, Layout, Place, places_as_json, places_from_json
from bureau.exchange.layouts.proposal import Proposal
from bureau.exchange.layouts.table import open_table
from bureau.exchange.models import Import, RememberedColumns
from bureau.exchange.returning import corrections
from bureau.exchange.sheets import Sheet
from bureau.models import Office, Staff

State = Import.State


def draft(
    path: Path, *, sheet: Sheet, office: Office, by: Staff | None, file_name: str, must_be_ready: bool = False
) -> Import:
    """How a file would be read, neither kept nor saved; raises ``BadFile`` if it cannot be.

    ``must_be_ready``: nobody is at hand who could assign columns.
    """
    found = proposal.propose(path, sheet, remembered=_memory(office, sheet))
    if must_be_ready and not found.is_ready:
        raise BadFile(found.refusal)
    if found.is_ready and not any(column.samples for column in found.columns):
        _require_rows(path, sheet, found.layout)
    run = Import(
        sheet_key=sheet.key,
        office=office,
        started_by=by,
        file_name=file_name[-200:],
        sha256=digest(path),
        corrects=_origin(path, sheet, office),
    )
    run.source = path
    _take_over(run, found)
    return run


def receive(path: Path, *, sheet: Sheet, office: Office, by: Staff | None, file_name: str) -> Import:
    """Keep a file that is to be imported; raises ``BadFile`` if it cannot be read, and then nothing is kept."""
    run = draft(path, sheet=sheet, office=office, by=by, file_name=file_name)
    keep(run)
    return run


def keep(run: Import) -> None:
    """Save a draft together with its file."""
    with run.path.open("rb") as content:
        run.file.save(run.file_name, File(content), save=False)
    run.source = None
    try:
        run.save()
    except BaseException:
        run.file.delete(save=False)
        raise


def _require_rows(path: Path, sheet: Sheet, layout: Layout) -> None:
    """Where nothing stands under the header at first sight."""
    with open_table(path, sheet, layout) as table:
        if next(table.rows(), None) is None:
            row = layout.parts[0].last
            raise BadFile(_("There is no row with values under the header in row %(row)s.") % {"row": row})


def _memory(office: Office, sheet: Sheet) -> proposal.Memory:
    def remembered(signature: str) -> Decision | None:
        kept = RememberedColumns.objects.filter(office=office, sheet_key=sheet.key, signature=signature)
        found = kept.values_list("places", "constants").first()
        return Decision(*found) if found else None

    return remembered


def _origin(path: Path, sheet: Sheet, office: Office) -> Import | None:
    """The import whose failed rows come back in this file."""
    number = corrections.find_origin(path)
    return Import.objects.filter(pk=number, sheet_key=sheet.key, office=office).first() if number else None


_READ_AS = ("layout", "sheet_name", "ignored_headings", "expected_rows", "notes", "state", "mode", "preview", "effects")


def _take_over(run: Import, found: Proposal) -> None:
    run.layout = found.layout.as_json()
    run.sheet_name = "、".join(part.name for part in found.layout.parts)[:100]
    run.ignored_headings = found.ignored_headings[:50]
    run.expected_rows = sum(sheet.rows for sheet in found.sheets if sheet.is_read)
    run.notes = found.notes
    run.state = State.PREVIEW if found.is_ready else State.COLUMNS
    run.mode = Import.Mode.KEEP_GOOD  # chosen for what was read before
    run.preview = run.effects = None


def proposal_of(run: Import) -> Proposal:
    """How the file of an open import is read at present; raises ``BadFile``."""
    layout = Layout.from_json(run.layout)
    names = [part.name for part in layout.parts]
    return proposal.assign(run.path, run.sheet, layout, dict(layout.places), names)


def read_instead(run: Import, name: str) -> None:
    """Read another sheet of the file, with columns of its own, in place of those that are read."""
    layout = Layout.from_json(run.layout)
    found = proposal.assign(run.path, run.sheet, layout, {}, [name])
    if earlier := _memory(run.office, run.sheet)(found.layout.signature):
        places = places_from_json(earlier.places)
        found = proposal.assign(run.path, run.sheet, found.layout, places, [name], earlier.constants)
    _keep_reading(run, found)


def _keep_reading(run: Import, found: Proposal) -> bool:
    """Whether the import was still open."""
    _take_over(run, found)
    open_one = Import.objects.filter(pk=run.pk, state__in=Import.OPEN)
    return bool(open_one.update(**{name: getattr(run, name) for name in _READ_AS}))


def assign(
    run: Import,
    places: Mapping[int, Place],
    part_names: Iterable[str],
    *,
    constants: Mapping[str, str] | None = None,
    by: Staff | None,
) -> Proposal:
    """Read the file as the clerk says, and remember it for the office; ``constants``: None for those of before.

    Nothing is kept unless the result is ready, or if somebody confirmed the import meanwhile.
    """
    layout = Layout.from_json(run.layout)
    found = proposal.assign(run.path, run.sheet, layout, dict(places), list(part_names), constants)
    if not found.is_ready:
        return found
    if _keep_reading(run, found):
        RememberedColumns.objects.update_or_create(
            office=run.office,
            sheet_key=run.sheet_key,
            signature=found.layout.signature,
            defaults={
                "places": places_as_json(found.layout.places),
                "constants": dict(found.layout.constants),
                "updated_by": by,
            },
        )
    return found


def keep_choices(run: Import) -> bool:
    """What the clerk decided on the page of the preview; False if the import was confirmed meanwhile."""
    waiting = Import.objects.filter(pk=run.pk, state=State.PREVIEW)
    return bool(waiting.update(mode=run.mode, accepts_unverified=run.accepts_unverified))


def problem_of_mode(run: Import, mode: str) -> str:
    """Why a file cannot be imported in this way; "" if it can."""
    limit = settings.IMPORT_WHOLE_MAX_ROWS
    if mode == Import.Mode.ALL_OR_NOTHING and (run.expected_rows or 0) > limit:
        return _("Files of more than %(limit)s rows cannot be imported as a whole or not at all.") % {"limit": limit}
    return ""


# How it may end ----------------------------------------------------------------------------------------


@contextmanager
def reading() -> Iterator[None]:
    """A file that is gone from the disk is one that cannot be read."""
    try:
        yield
    except FileNotFoundError as gone:
        raise BadFile(_("The uploaded file is no longer on the server. Choose it again.")) from gone


@transaction.atomic
def give_up(run: Import, sentence: str) -> None:
    """The file cannot be read to its end: an import that has taken nothing of it ends here.

    Nothing happens if the file is read otherwise by now.
    """
    present = Import.objects.select_for_update().get(pk=run.pk)
    if present.state == run.state and present.layout == run.layout and not present.rows:
        run.state, run.why_unreadable, run.finished_at = State.UNREADABLE, sentence, timezone.now()
        run.save(update_fields=["state", "why_unreadable", "finished_at"])


def prune() -> int:
    """Delete what nobody confirmed within ``IMPORT_DRAFT_DAYS``, with its files. Returns how many."""
    before = timezone.now() - timedelta(days=settings.IMPORT_DRAFT_DAYS)
    old = Import.objects.filter(state__in=Import.NEVER_CONFIRMED, created_at__lt=before)
    return sum(_deleted(pk, old) for pk in old.values_list("pk", flat=True))


@transaction.atomic
def _deleted(pk: int, old: QuerySet[Import]) -> bool:
    """False if somebody confirmed it at this moment."""
    run = old.select_for_update().filter(pk=pk).first()
    if run is None:
        return False
    file = run.file
    run.delete()
    transaction.on_commit(lambda: file.delete(save=False))
    return True


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
