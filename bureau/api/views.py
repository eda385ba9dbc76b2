"""What people see of the interface: a page that describes it."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.api.description import description
from bureau.views.base import ANY_STAFF, ScopedView

# The words of the page's script, which knows no Chinese.
WORDS = {
    "Authorize": _("Authorize"),
    "Available authorizations": _("Available authorizations"),
    "Value:": _("Token"),
    "Logout": _("Forget the token"),
    "Close": _("Close"),
    "Parameters": _("Parameters"),
    "No parameters": _("No parameters"),
    "Name": _("Name"),
    "Description": _("Description"),
    "Responses": _("Responses"),
    "Response body": _("Response body"),
    "Response headers": _("Response headers"),
    "Server response": _("Server response"),
    "Code": _("Code"),
    "Details": _("Details"),
    "Links": _("Links"),
    "No links": _("No links"),
    "Media type": _("Media type"),
    "Example Value": _("Example value"),
    "Schema": _("Schema"),
    "Schemas": _("Schemas"),
    "Try it out": _("Try it out"),
    "Cancel": _("Cancel"),
    "Execute": _("Execute"),
    "Clear": _("Clear"),
    "Download": _("Download"),
    "Request URL": _("Request address"),
    "OK": _("Answered"),
    "Bad Request": _("The question is wrong"),
    "Unauthorized": _("No token, or a wrong one"),
    "Not Found": _("Not there"),
    "Default value": _("Default value"),
}


class HomeView(ScopedView):
    permission: ClassVar[Any] = ANY_STAFF

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("api:docs"))


class DocsView(ScopedView):
    """Every route, to be tried out with a token; all of it served from here."""

    permission: ClassVar[Any] = ANY_STAFF
    title = _("JSON interface")

    def get(self, request: HttpRequest) -> HttpResponse:
        words = {word: gettext(str(said)) for word, said in WORDS.items()}
        return render(request, "api/docs.html", self.shell(words=words))


class SchemaView(ScopedView):
    permission: ClassVar[Any] = ANY_STAFF

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
