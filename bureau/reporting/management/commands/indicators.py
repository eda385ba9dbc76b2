import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bureau.reporting import indicators
from bureau.reporting.dimensions import REGION
from bureau.reporting.indicators import BaseIndicator


class Command(BaseCommand):
    help = "Prints every figure that the system knows, with its definition and dimensions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, **options: Any) -> None:
        stated = [_as_json(indicator) for indicator in indicators.every()]
        self.stdout.write(json.dumps(stated, ensure_ascii=False, indent=2))


def _as_json(indicator: BaseIndicator) -> dict[str, Any]:
    dimensions = {name: list(indicator.dimension(name).known()) for name in indicator.dimension_names}
    return {
        "key": indicator.key,
        "label": str(indicator.label),
        "unit": str(indicator.unit),
        "section": indicator.section.value,
        "kind": indicator.kind.value,
        "definition": str(indicator.definition),
        "basis": str(indicator.basis),
        # Every figure is broken down by region; into which parts depends on the region asked for.
        "dimensions": {**dimensions, REGION: []},
    }
