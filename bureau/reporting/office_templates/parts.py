"""The parts of a container in memory, those that hold marks as trees."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from bureau.archives import damaged, opened

# Most texts hold no mark: these need no further look.
BRACES = ("{", "｛")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Spot:
    """A text that may hold marks, in the pieces in which it is stored. ``where`` is for the clerk; ``problem`` says
    why marks cannot stand there."""

    where: str
    pieces: list[str]
    problem: str = ""

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class Container:
    """Raises ``BadFile``."""

    def __init__(self, content: bytes) -> None:
        with opened(BytesIO(content)) as archive:
            self.infos = archive.infolist()
            self.parts = {info.filename: archive.read(info) for info in self.infos}
        self._trees: dict[str, Any] = {}
        self._changed: set[str] = set()

    def changing(self, name: str) -> Any:
        """The tree of a part that is to be written anew; all others are written as they came."""
        self._changed.add(name)
        return self.tree(name)

    def tree(self, name: str) -> Any:
        if name not in self.parts:
            raise damaged()
        if name not in self._trees:
            self._trees[name] = tree_of(self.parts[name])
        return self._trees[name]

    def written(self) -> BytesIO:
        content = BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self.infos:
                plain = zipfile.ZipInfo(info.filename, info.date_time)
                plain.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(plain, self._bytes(info.filename))
        content.seek(0)
        return content

    def _bytes(self, name: str) -> bytes:
        if name not in self._changed:
            return self.parts[name]
        return etree.tostring(self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)


def tree_of(content: bytes) -> Any:
    """Raises ``BadFile``. Nothing outside of the content is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged() from error


def children(element: Any, name: str) -> Iterator[Any]:
    """The direct children of that name, in whichever of the two namespaces that the standard knows."""
    return (child for child in element if isinstance(child.tag, str) and local(child) == name)


def local(element: Any) -> str:
    return str(etree.QName(element).localname)


def may_hold_marks(text: str) -> bool:
    return any(brace in text for brace in BRACES)


def sibling_tag(element: Any, name: str) -> str:
    """The tag of another element in the same namespace."""
    return f"{{{etree.QName(element).namespace}}}{name}"


def set_text(element: Any, text: str) -> None:
    element.text = text
    element.set(SPACE, "preserve")
