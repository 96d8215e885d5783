"""XML without surprises (TA-075): a document type, hence any entity, is refused before the tree is built.

The standard library's expat reads the prolog, then the same expat builds the tree: what the check understood is what
the parser understands. No other library is needed, and a DTD can only stand in the prolog.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias, cast
from xml.etree import ElementTree  # noqa: ICN001
from xml.parsers import expat

from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import damaged, refused

if TYPE_CHECKING:
    Node: TypeAlias = ElementTree.Element[str]
else:
    Node = ElementTree.Element  # generic for the type checker only

_GRANDPARENTS = 2


class _PrologEnds(Exception):
    """The first element has begun: there is no document type."""


def tree(data: bytes, limits: Limits) -> Node:
    """Return the root element; namespaces are kept in names as `{uri}name`."""
    refuse_document_type(data)
    root = None
    for event, element in stream(data, limits, checked=True):
        if event == "start" and root is None:
            root = element
    if root is None:
        raise damaged("xml_damaged")
    return root


def stream(data: bytes, limits: Limits, *, checked: bool = False) -> Iterator[tuple[str, Node]]:
    """Yield (`start` | `end`, element) in the order of the text; the caller clears what it has read."""
    if not checked:
        refuse_document_type(data)
    events, depth = _events(data), 0
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > limits.nesting:
                raise refused("nested_too_deeply", most=limits.nesting)
            yield event, element
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise damaged("xml_damaged") from error


def grandchildren(data: bytes, limits: Limits) -> Iterator[Node]:
    """Yield the elements inside those of the root, each whole, let go of once it was read: no tree of a book."""
    refuse_document_type(data)
    opened: list[Node] = []
    for event, element in stream(data, limits, checked=True):
        if event == "start":
            opened.append(element)
            continue
        opened.pop()
        if len(opened) == _GRANDPARENTS:
            yield element
            opened[-1].clear()
        elif len(opened) < _GRANDPARENTS:
            element.clear()


def _events(data: bytes) -> Iterator[tuple[str, Node]]:
    return cast("Iterator[tuple[str, Node]]", ElementTree.iterparse(BytesIO(data), ("start", "end")))  # noqa: S314


def refuse_document_type(data: bytes) -> None:
    """Refuse a `<!DOCTYPE`, in whatever encoding it is written."""
    parser = expat.ParserCreate()

    def on_document_type(_name: str, _system: str | None, _public: str | None, _internal: bool) -> None:  # noqa: FBT001
        raise refused("xml_document_type")

    def on_element(_name: str, _attributes: dict[str, str]) -> None:
        raise _PrologEnds

    parser.StartDoctypeDeclHandler = on_document_type
    parser.StartElementHandler = on_element
    try:
        parser.Parse(data, True)  # noqa: FBT003
    except _PrologEnds:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged("xml_damaged") from error
    raise damaged("xml_damaged")


def local(element: Node) -> str:
    """Return the element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Node, name: str) -> str:
    """Return the attribute of that local name, whatever its namespace; empty when absent."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def whole(text: str | None, default: int = 0) -> int:
    """Return the whole number that an attribute holds, from 0 to ten millions; the default when it holds another."""
    return int(text) if text and len(text) < 8 and text.isascii() and text.isdigit() else default


def text_of(element: Node | None) -> str:
    """Return all the text inside an element, empty when there is none."""
    return "" if element is None else "".join(element.itertext())
