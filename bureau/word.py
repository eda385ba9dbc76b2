"""The one guarded way into a Word document: a template with places, filled with plain values."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def filled(template: Path, values: Mapping[str, Any]) -> BytesIO:
    """The document; texts keep their ``<`` and ``&``, and what XML cannot hold is left out."""
    document = DocxTemplate(template)
    document.render({name: _plain(value) for name, value in values.items()}, autoescape=True)
    content = BytesIO()
    document.save(content)
    content.seek(0)
    return content


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _FORBIDDEN.sub("", value)
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
