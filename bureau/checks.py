"""Start-up checks: what is not declared is an error, so that nothing is open by oversight."""

from typing import Any

from django.apps import apps
from django.core import checks

from bureau import roles, scoping


@checks.register(checks.Tags.models)
def every_model_states_a_scope(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{model._meta.label} states no SCOPE.",
            hint="Set SCOPE on the model, or enter a model of another package in bureau.scoping.FOREIGN.",
            obj=model,
            id="bureau.E001",
        )
        for model in apps.get_models()
        if scoping.scope_of(model) is None
    ]


@checks.register(checks.Tags.models)
def every_own_model_has_an_area(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{model._meta.label} names no AREA, so no role may open it.",
            hint="Set AREA to one of the areas in bureau.roles.ROLES.",
            obj=model,
            id="bureau.E002",
        )
        for model in apps.get_models()
        if hasattr(model, "SCOPE") and not scoping.is_history(model) and roles.area_of(model) is None
    ]
