"""What goes wrong without being a fault of the program: a database that is kept busy, a value that it cannot hold."""

import logging
import sys

from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views import defaults

logger = logging.getLogger(__name__)
RETRY_SECONDS = 60


def answer_to(problem: BaseException | None) -> HttpResponse | None:
    """The page that says in a sentence what to do now; None for everything that is a fault."""
    if isinstance(problem, OperationalError | InterfaceError) and _passes(problem):
        logger.error("The database did not answer in time.", exc_info=problem)
        headers = {"Retry-After": str(RETRY_SECONDS)}
        return HttpResponse(get_template("503.html").render(), status=503, headers=headers)
    # A number beyond 64 bits, a NUL in a text: no form of ours sends them, an address may.
    if isinstance(problem, OverflowError | DataError):
        logger.error("A value that the database cannot hold.", exc_info=problem)
        return HttpResponse(get_template("400.html").render(), status=400)
    return None


def _passes(problem: BaseException) -> bool:
    """Whether it is over after a while: on SQLite these errors also mean a missing table or too long a question."""
    return connection.vendor != "sqlite" or "locked" in str(problem)


def server_error(request: HttpRequest) -> HttpResponse:
    """The last stop, reached also from other middleware: the session is saved after the page."""
    return answer_to(sys.exc_info()[1]) or defaults.server_error(request)
