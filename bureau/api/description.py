"""The OpenAPI description, in the language of whoever looks at it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from bureau.api.api import api

SHOWN = ("title", "summary", "description")


def description() -> dict[str, Any]:
    schema = api.get_openapi_schema(path_prefix=reverse("api:home"))
    schema["info"]["title"] = gettext("JSON interface")
    for path in schema["paths"].values():
        for parameter in path["get"]["parameters"]:
            parameter["schema"] = _stated(parameter["schema"])
    return _translated(schema)


def _stated(schema: dict[str, Any]) -> dict[str, Any]:
    """Of a parameter that may be left out: what it is if it is not."""
    return next((each for each in schema.get("anyOf", ()) if each.get("type") != "null"), schema)


def _translated(part: Any) -> Any:
    """A copy with our texts translated, without the titles that the library makes of the fields' names."""
    if isinstance(part, list):
        return [_translated(each) for each in part]
    if not isinstance(part, dict):
        return part
    found: dict[str, Any] = {}
    for name, value in part.items():
        if name == "tags" and isinstance(value, list):
            found[name] = [gettext(tag) for tag in value]
        elif name in SHOWN and isinstance(value, str):
            if name != "title" or "version" in part:
                found[name] = gettext(value) if value else ""
        else:
            found[name] = _translated(value)
    return found
