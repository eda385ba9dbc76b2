import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bureau.exchange import drafts, jobs, runs
from bureau.exchange.files.safety import BadFile
from bureau.exchange.models import Import
from bureau.exchange.outcome import COUNTS, RowError
from bureau.exchange.returning import error_workbook
from bureau.exchange.sheets import Sheet, all_sheets, find_sheet
from bureau.jobs import work_on
from bureau.jobs.models import Job
from bureau.models import Office, Staff


class Command(BaseCommand):
    help = "Import a file for an office. Prints the counts as JSON; exit code 1 if any row failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("file", type=Path)
        parser.add_argument("--office", required=True, metavar="CODE")
        parser.add_argument("--user", metavar="NAME", help="whom the records are attributed to")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--all-or-nothing", action="store_true", help="write nothing if any row fails")
        parser.add_argument(
            "--accept-unverified", action="store_true", help="take values with a wrong check digit, marked"
        )
        parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="write the failed rows there")

    def handle(self, *, kind: str, file: Path, office: str, user: str | None, **options: Any) -> None:
        sheet, keeper = chosen_sheet(kind), chosen_office(office)
        by = chosen_staff(user, keeper) if user else None
        try:
            run = drafts.draft(file, sheet=sheet, office=keeper, by=by, file_name=file.name, must_be_ready=True)
            run.accepts_unverified = options["accept_unverified"]
            if options["all_or_nothing"]:
                run.mode = Import.Mode.ALL_OR_NOTHING
            if reason := drafts.problem_of_mode(run, run.mode):
                raise CommandError(reason)
            errors = look_through(run) if options["dry_run"] else import_file(run)
            if options["errors"] and errors:
                error_workbook.write(options["errors"], run, errors)
        except BadFile as bad:
            raise CommandError(bad.sentence) from bad
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        self.stdout.write(json.dumps({name: getattr(run, name) for name in COUNTS}))
        if run.failed:
            raise SystemExit(1)


def look_through(run: Import) -> list[RowError]:
    outcome = runs.look(run)
    for name, count in outcome.counts().items():
        setattr(run, name, count)
    return outcome.errors


def import_file(run: Import) -> list[RowError]:
    work_through(jobs.hold(run))
    run.refresh_from_db()
    return runs.errors_of(run)


def work_through(job: Job) -> None:
    """Do a job that this command holds, or say why it could not be done."""
    work_on(job)
    job.refresh_from_db()
    if job.state != Job.State.DONE:
        raise CommandError(job.error or job.get_state_display())


def chosen_sheet(kind: str) -> Sheet:
    sheet = find_sheet(kind)
    if sheet is None:
        known = ", ".join(sorted(sheet.key for sheet in all_sheets()))
        raise CommandError(_("There is no sheet %(kind)s. Known: %(known)s.") % {"kind": kind, "known": known})
    return sheet


def chosen_office(code: str) -> Office:
    office = Office.objects.select_related("region").filter(code=code, is_active=True).first()
    if office is None:
        raise CommandError(_("There is no office with the code %(code)s.") % {"code": code})
    return office


def chosen_staff(name: str, office: Office) -> Staff:
    staff = Staff.objects.select_related("office").filter(username=name, is_active=True).first()
    if staff is None:
        raise CommandError(_("There is no account %(name)s.") % {"name": name})
    if staff.office is None or not Office.objects.below(staff.office).filter(pk=office.pk).exists():
        raise CommandError(_("%(name)s does not work for this office.") % {"name": name})
    return staff
