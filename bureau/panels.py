"""Panels of the dashboard: each floor hands its own down, the dashboard only lays them out."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.template.loader import render_to_string


class Panel:
    """One box of the dashboard. ``template`` gets what ``context`` returns, or nothing is shown for None."""

    key: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    order: ClassVar[int] = 50
    template: ClassVar[str] = ""
    is_wide: ClassVar[bool] = False

    def may_see(self, user: Any) -> bool:
        raise NotImplementedError(f"{type(self).__name__} must say who sees it.")

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        raise NotImplementedError(f"{type(self).__name__} has no context.")


_panels: dict[str, Panel] = {}


def register(panel_class: type[Panel]) -> type[Panel]:
    if not (panel_class.key and panel_class.label and panel_class.template):
        raise ValueError(f"{panel_class.__name__} needs a key, a label and a template.")
    if panel_class.key in _panels:
        raise ValueError(f"Panel {panel_class.key!r} is registered twice.")
    _panels[panel_class.key] = panel_class()
    return panel_class


def render(request: HttpRequest) -> list[dict[str, Any]]:
    """What this user sees: label, key, width and HTML of each panel, in order."""
    shown = []
    for panel in sorted(_panels.values(), key=lambda panel: panel.order):
        if not panel.may_see(request.user):
            continue
        context = panel.context(request)
        if context is not None:
            html = render_to_string(panel.template, context, request)
            shown.append({"key": panel.key, "label": panel.label, "is_wide": panel.is_wide, "html": html})
    return shown
