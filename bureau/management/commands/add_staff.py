from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bureau import accounts
from bureau.models import Office, Staff
from bureau.roles import ROLES


class Command(BaseCommand):
    help = "Open an account and print its first password once. A new installation begins with a security administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--role", action="append", required=True, choices=list(ROLES), help="may be repeated")
        parser.add_argument("--office", help="code of the office, for roles that work with records")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(code=options["office"], is_active=True).first() if options["office"] else None
        if options["office"] and office is None:
            raise CommandError(_("There is no active office %(code)s.") % {"code": options["office"]})
        staff = Staff(username=options["username"], full_name=options["name"], office=office)
        try:
            password = accounts.open_account(staff, roles=options["role"], by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(_("First password of %(name)s (shown only here):") % {"name": staff.username})
        self.stdout.write(password)
