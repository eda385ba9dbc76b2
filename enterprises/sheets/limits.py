"""The last day of a time limit, where a row gives none; the forms fill it in alike (``clean`` of the models)."""

from typing import Any

from bureau.exchange.context import Context
from enterprises.models.time_limit import Limits


def with_last_day(values: dict[str, Any], name: str, act: str, begins: str, context: Context) -> dict[str, Any]:
    if values.get(name) is not None or values.get(begins) is None:
        return values
    cache = context.cache((Limits, act))
    if act not in cache:
        cache[act] = Limits(act)
    return {**values, name: cache[act].last_day(values[begins])}
