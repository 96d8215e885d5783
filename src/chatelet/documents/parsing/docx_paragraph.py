"""One paragraph of a DOCX: what is read in the body, and what is beside it (changes, hidden text, notes, boxes)."""

from collections.abc import Callable
from dataclasses import replace

from chatelet.documents.parsing.document import BlockKind
from chatelet.documents.parsing.omml import linear
from chatelet.documents.parsing.ooxml import child, is_on
from chatelet.documents.parsing.paragraph import Channel, Paragraph
from chatelet.documents.parsing.xml import Node, attribute, local, whole

_THROUGH = {
    "hyperlink",
    "smartTag",
    "sdt",
    "sdtContent",
    "fldSimple",
    "customXml",
    "ruby",
    "rubyBase",
    "dir",
    "bdo",
    "r",
}
_CHANGES = {
    "ins": BlockKind.INSERTION,
    "moveTo": BlockKind.INSERTION,
    "del": BlockKind.DELETION,
    "moveFrom": BlockKind.DELETION,
}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_ALMOST_NOTHING = 4  # half-points: two points


def read_paragraph(element: Node, *, is_hidden: bool = False) -> Paragraph:
    """Read a paragraph's runs in order."""
    paragraph = Paragraph()
    _read(element, Channel(hidden=is_hidden), paragraph)
    return paragraph


def _read(element: Node, channel: Channel, into: Paragraph) -> None:
    for inner in element:
        name = local(inner)
        if name in _CHANGES:
            author = attribute(inner, "author") or None
            _read(inner, replace(channel, kind=_CHANGES[name], author=author), into)
        elif name == "r":
            _read(inner, _channel_of(inner, channel), into)
        elif name in _THROUGH:
            _read(inner, channel, into)
        else:
            reader = _READERS.get(name)
            if reader:
                reader(inner, channel, into)


def _channel_of(run: Node, channel: Channel) -> Channel:
    properties = child(run, "rPr")
    return replace(channel, hidden=True) if properties is not None and _is_unseen(properties) else channel


def _is_unseen(properties: Node) -> bool:
    """Tell text made hidden, white on nothing, or too small to be seen."""
    if is_on(child(properties, "vanish")):
        return True
    size = child(properties, "sz")
    if size is not None and whole(attribute(size, "val"), _ALMOST_NOTHING + 1) <= _ALMOST_NOTHING:
        return True
    color = child(properties, "color")
    on_nothing = child(properties, "shd") is None and child(properties, "highlight") is None
    return color is not None and attribute(color, "val").upper() == "FFFFFF" and on_nothing


def _text(element: Node, channel: Channel, into: Paragraph) -> None:
    into.pieces.append((channel, element.text or ""))
    into.has_words = into.has_words or bool((element.text or "").strip())


def _character(element: Node, channel: Channel, into: Paragraph) -> None:
    into.pieces.append((channel, _CHARACTERS[local(element)]))


def _equation(element: Node, channel: Channel, into: Paragraph) -> None:
    into.has_equation = True
    into.pieces.append((channel, linear(element)))


def _note(element: Node, _channel: Channel, into: Paragraph) -> None:
    kind = {"footnoteReference": "footnotes", "endnoteReference": "endnotes", "commentReference": "comments"}
    into.notes.append((kind[local(element)], attribute(element, "id")))


def _either(element: Node, channel: Channel, into: Paragraph) -> None:
    """Read what a recent program shows, or else what an old one does; never both."""
    chosen = child(element, "Choice")
    chosen = child(element, "Fallback") if chosen is None else chosen
    if chosen is not None:
        _read(chosen, channel, into)


def _drawing(element: Node, _channel: Channel, into: Paragraph) -> None:
    into.boxes += [inner for inner in element.iter() if local(inner) == "txbxContent"]


_READERS: dict[str, Callable[[Node, Channel, Paragraph], None]] = {
    "t": _text,
    "delText": _text,
    **dict.fromkeys(_CHARACTERS, _character),
    "oMath": _equation,
    "oMathPara": _equation,
    "footnoteReference": _note,
    "endnoteReference": _note,
    "commentReference": _note,
    "AlternateContent": _either,
    "drawing": _drawing,
    "pict": _drawing,
    "object": _drawing,
}
