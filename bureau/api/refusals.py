"""What cannot be answered: always JSON, a sentence in the reader's language, never the inside of a fault."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from bureau.api.auth import TooOften
from bureau.reporting import asked
from bureau.reporting.indicators import UnknownIndicator
from bureau.views import errors

logger = logging.getLogger(__name__)


def known_only(request: HttpRequest, *names: str) -> None:
    """A word that the route does not know is not passed over: the answer would be to another question."""
    for name in request.GET:
        if name not in names:
            known = {"name": name, "known": ", ".join(names) or "—"}
            raise HttpError(400, _("There is no parameter “%(name)s” here. Known: %(known)s.") % known)
        if len(request.GET.getlist(name)) > 1:
            raise HttpError(400, _("The parameter “%(name)s” is given twice.") % {"name": name})


def install(api: NinjaAPI) -> None:
    """Let the interface answer every exception by these sentences."""

    def answer(kind: type[Exception], sentence: Callable[[Any], str], status: int) -> None:
        def handler(request: HttpRequest, problem: Any) -> HttpResponse:
            return refusal(api, request, status, sentence(problem))

        api.add_exception_handler(kind, handler)

    answer(UnknownIndicator, str, 404)
    answer(Http404, lambda problem: _("There is nothing here."), 404)
    answer(ValidationError, _misread, 400)
    answer(SuspiciousOperation, lambda problem: _("The question cannot be read."), 400)  # a thousand parameters
    for kind in asked.Unanswerable:
        answer(kind, str, 400)
    api.add_exception_handler(HttpError, lambda request, problem: _as_stated(api, request, problem))
    api.add_exception_handler(Exception, lambda request, problem: _as_fault(api, request, problem))


def refusal(api: NinjaAPI, request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return api.create_response(request, {"detail": sentence}, status=status)


def _as_stated(api: NinjaAPI, request: HttpRequest, problem: Any) -> HttpResponse:
    response = refusal(api, request, problem.status_code, str(problem))
    if problem.status_code == 401:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(problem, TooOften):
        response["Retry-After"] = str(problem.seconds)
    return response


def _misread(problem: ValidationError) -> str:
    names = dict.fromkeys(str(error["loc"][-1]) for error in problem.errors)
    return " ".join(_("The parameter “%(name)s” cannot be read.") % {"name": name} for name in names)


def _as_fault(api: NinjaAPI, request: HttpRequest, problem: Any) -> HttpResponse:
    passing = errors.answer_to(problem)
    if passing is None:
        logger.error("The interface failed at %s.", request.path, exc_info=problem)
        got_request_exception.send(sender=None, request=request)
        return refusal(api, request, 500, _("This is a fault of the system. It was noted."))
    if passing.status_code == 400:
        return refusal(api, request, 400, _("The database cannot hold such a value."))
    response = refusal(api, request, passing.status_code, _("The database is busy. Try again after a while."))
    response["Retry-After"] = passing["Retry-After"]
    return response
