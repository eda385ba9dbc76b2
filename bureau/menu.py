"""The menu by area of work: admin pages name their area, other pages register here."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Area:
    key: str
    label: Any
    order: int


@dataclass(frozen=True)
class MenuItem:
    """A page outside the model admins. ``permission`` gets the user and says whether the item shows."""

    area: str
    label: Any
    icon: str  # name of a Material symbol
    url_name: str
    permission: Callable[[Any], bool]
    order: int = 50
    url_args: tuple[str, ...] = field(default=())


_areas: dict[str, Area] = {}
_items: list[MenuItem] = []


@dataclass(frozen=True)
class ListLink:
    """A button above a list, such as "Import from Excel"; with ``keeps_filters`` it takes the list's query along."""

    label: Any
    url: str
    icon: str
    keeps_filters: bool = False


LinkSource = Callable[[type[Model], Any], list[ListLink]]
_link_sources: list[LinkSource] = []


def register_list_links(source: LinkSource) -> LinkSource:
    """``source`` gets a model and a user and says which buttons stand above the model's list."""
    _link_sources.append(source)
    return source


def list_links(model: type[Model], user: Any, query: str = "") -> list[ListLink]:
    """``query``: how the list is searched and filtered at present, as in its address."""
    links = [link for source in _link_sources for link in source(model, user)]
    return [replace(link, url=f"{link.url}?{query}") if query and link.keeps_filters else link for link in links]


def register_area(key: str, label: Any, order: int) -> None:
    if key in _areas:
        raise ValueError(f"Menu area {key!r} is registered twice.")
    _areas[key] = Area(key, label, order)


def register(item: MenuItem) -> None:
    if item.area not in _areas:
        raise ValueError(f"Menu area {item.area!r} is not known; register_area() comes first.")
    _items.append(item)


register_area("work", _("My work"), 0)
register_area("reports", _("Figures and reports"), 10)
register_area("exchange", _("Excel exchange"), 80)
register_area("administration", _("Administration"), 90)


def build(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups that this user may open, in the form that the admin skin expects."""
    groups: dict[str, list[tuple[int, dict[str, Any]]]] = {key: [] for key in _areas}
    for item in _items:
        if item.permission(request.user):
            entry = _entry(item.label, item.icon, reverse(item.url_name, args=item.url_args))
            groups[item.area].append((item.order, entry))
    pages: list[Any] = list(admin.site._registry.values())
    for model_admin in pages:
        area = getattr(model_admin, "menu_area", None)
        if area and model_admin.has_view_permission(request):
            opts = model_admin.opts
            link = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
            entry = _entry(capfirst(opts.verbose_name_plural), model_admin.menu_icon, link)
            groups[area].append((model_admin.menu_order, entry))
    _mark_present([entry for pairs in groups.values() for _order, entry in pairs], request.path)
    return [
        {
            "title": area.label,
            "separator": area.order > 0,
            "collapsible": False,
            "items": [entry for _order, entry in sorted(groups[area.key], key=lambda pair: pair[0])],
        }
        for area in sorted(_areas.values(), key=lambda area: area.order)
        if groups[area.key]
    ]


def _mark_present(entries: list[dict[str, Any]], path: str) -> None:
    """The entry of the page itself, else the nearest one above it; the skin alone would mark all above it."""
    index = reverse("admin:index")
    above = [entry["link"] for entry in entries if path.startswith(entry["link"]) and entry["link"] != index]
    nearest = max(above, key=len, default=path if path == index else None)
    for entry in entries:
        entry["active"] = partial(_is, entry["link"] == nearest)


def _is(present: bool, request: HttpRequest) -> bool:
    return present


def _entry(label: Any, icon: str, link: str) -> dict[str, Any]:
    return {"title": label, "icon": icon, "link": link}


register(MenuItem("work", _("Overview"), "dashboard", "admin:index", lambda user: True, order=0))
