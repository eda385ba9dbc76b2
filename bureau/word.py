"""The one guarded way into a Word document: a template with places, filled with plain values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.image.image import Image
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What every whole picture ends with; some telephones write more behind it.
_ENDS = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND\xaeB`\x82"}
_JPEG_SCAN = 0xDA


@dataclass(frozen=True)
class Picture:
    """A whole JPEG or PNG as a value of a template; ``width`` and ``height`` in cm."""

    content: bytes
    width: float
    height: float

    @classmethod
    def within(cls, content: bytes, *, width: float, height: float) -> "Picture | None":
        """As large as fits into the box (cm) with its sides in proportion; None for what is no whole JPEG or PNG."""
        try:
            image = Image.from_blob(content)
        except Exception:  # a broken header ends in whatever the parser runs into
            return None
        end = _ENDS.get(image.content_type)
        if end is None or not image.px_width or not image.px_height:
            return None
        if end not in content[_pixels_begin(content) :]:
            return None
        scale = min(width / image.px_width, height / image.px_height)
        return cls(content, image.px_width * scale, image.px_height * scale)


def _pixels_begin(content: bytes) -> int:
    """Behind the head of a JPEG, which may hold a small picture with an end of its own; 0 for a PNG."""
    place = 2
    while content[:2] == b"\xff\xd8" and content[place : place + 1] == b"\xff" and content[place + 1] != _JPEG_SCAN:
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return place if content[:2] == b"\xff\xd8" else 0


def filled(template: Path, values: Mapping[str, Any]) -> BytesIO:
    """The document; texts keep their ``<`` and ``&``, and what XML cannot hold is left out."""
    document = DocxTemplate(template)
    document.render({name: _plain(value, document) for name, value in values.items()}, autoescape=True)
    content = BytesIO()
    document.save(content)
    content.seek(0)
    return content


def _plain(value: Any, document: DocxTemplate) -> Any:
    if isinstance(value, str):
        return _FORBIDDEN.sub("", value)
    if isinstance(value, Picture):
        return InlineImage(document, BytesIO(value.content), width=Cm(value.width), height=Cm(value.height))
    if isinstance(value, Mapping):
        return {name: _plain(item, document) for name, item in value.items()}
    return [_plain(item, document) for item in value] if isinstance(value, list | tuple) else value
