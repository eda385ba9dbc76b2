"""Start-up checks: an enterprise can be merged only if every row about it can be moved with its history."""

from typing import Any

from django.core import checks

from enterprises.pointers import untracked


@checks.register(checks.Tags.models)
def rows_about_an_enterprise_are_tracked(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{pointer.model._meta.label}.{pointer.field} points to an enterprise, but the rows are not tracked.",
            hint="Make the model a Record or a Tracked row; instead of a many-to-many field, a model of its own.",
            obj=pointer.model,
            id="enterprises.E001",
        )
        for pointer in untracked()
    ]
