"""What figures there are, for whoever reads them as JSON: the command and the interface."""

from collections.abc import Iterable
from typing import Any

from bureau.reporting.dimensions import REGION, Dimension
from bureau.reporting.indicators import BaseIndicator


def described(wanted: Iterable[BaseIndicator]) -> list[dict[str, Any]]:
    """Definition and dimensions of each figure; a list of values that stands in a table is read once for all."""
    known: dict[int, list[str]] = {}

    def values_of(dimension: Dimension) -> list[str]:
        source = id(dimension.values)
        if source not in known:
            known[source] = list(dimension.known())
        return known[source]

    return [
        {
            "key": indicator.key,
            "label": str(indicator.label),
            "unit": str(indicator.unit),
            "section": indicator.section.value,
            "kind": indicator.kind.value,
            "definition": str(indicator.definition),
            "basis": str(indicator.basis),
            # Every figure is broken down by region; into which parts depends on the region asked for.
            "dimensions": {
                **{name: values_of(indicator.dimension(name)) for name in indicator.dimension_names},
                REGION: [],
            },
        }
        for indicator in wanted
    ]
