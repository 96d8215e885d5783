"""A paragraph of an OpenDocument text as items, and how words are written in one.

Spans are formats: automatic styles that show nothing (the traces of an editing session, a language) count for nothing.
Links are wraps; tabs, line breaks, spaces written as elements, fields, notes and frames are fixed.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.parsing.xml import whole
from chatelet.documents.rebuilding.contract import Options
from chatelet.documents.rebuilding.inline import Item, Leaf, Wrap, text_leaves
from chatelet.documents.rebuilding.word_writing import one_line
from chatelet.documents.rebuilding.xml_splice import Node, Scan, escaped, quoted

_SPACES: Final = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")
_MANY: Final = re.compile(rb" {2,}")
_WRAPS: Final = {"a", "meta", "meta-field"}
_CHARACTERS: Final = {"tab": "\t", "line-break": "\n"}
_EDGES: Final = {
    "bookmark", "bookmark-start", "bookmark-end", "reference-mark", "reference-mark-start", "reference-mark-end",
    "change", "change-start", "change-end", "note", "annotation", "annotation-end", "tab", "line-break", "s",
    "frame", "custom-shape", "rect", "g", "line", "connector", "path", "polygon", "control", "alphabetical-index-mark",
    "alphabetical-index-mark-start", "alphabetical-index-mark-end", "toc-mark", "toc-mark-start", "toc-mark-end",
}  # fmt: skip
_DRAWN: Final = {"frame", "custom-shape", "rect", "g", "control"}
_ASIAN: Final = {"zh", "ja", "ko"}
_COMPLEX: Final = {"ar", "he", "fa", "ur", "hi", "th", "yi"}
_NAME: Final = b"ChateletWords"


@dataclass(slots=True)
class OdfFormats:
    """What a document's styles show: the key of each, which are hidden, what each is derived from."""

    keys: dict[str, str] = field(default_factory=dict[str, str])
    hidden: set[str] = field(default_factory=set[str])
    parents: dict[str, str] = field(default_factory=dict[str, str])

    def learn(self, node: Node) -> None:
        """Take a style."""
        name = node.get("name")
        parent = node.get("parent-style-name")
        self.parents[name] = parent
        told = [parent] if parent and node.get("family") == "text" else []
        for inner in node.children:
            if inner.name == "text-properties":
                told += [f"{key}={value}" for key, value in sorted(inner.attributes.items()) if _is_seen(key)]
                if inner.get("display") == "none":
                    self.hidden.add(name)
        self.keys[name] = ";".join(told)

    def family(self, name: str) -> list[str]:
        """Return a style's name and those of its parents."""
        found: list[str] = []
        while name and name not in found:
            found.append(name)
            name = self.parents.get(name, "")
        return found


def _is_seen(attribute: str) -> bool:
    return not (
        attribute.endswith("rsid") or "language" in attribute or "country" in attribute or "script" in attribute
    )


def items_of(scan: Scan, node: Node, formats: OdfFormats) -> list[Item]:
    """Return what stands in a paragraph."""
    items: list[Item] = []
    _read(scan, node, formats, (), items)
    return items


def _read(scan: Scan, node: Node, formats: OdfFormats, path: tuple[Node, ...], items: list[Item]) -> None:
    if node.is_empty:
        return
    place = scan.inner(node)
    for child in node.children:
        _words(scan, place, child.start, formats, path, items)
        place = child.end
        name = child.name
        if name == "span":
            _read(scan, child, formats, (*path, child), items)
        elif name in _WRAPS:
            inside: list[Item] = []
            _read(scan, child, formats, path, inside)
            if any(True for _leaf in text_leaves(inside)):
                items.append(Wrap(inside, child.start, scan.inner(child), child.inner_end, child.end, node=child))
            else:
                items.append(Leaf("", child.start, child.end, is_fixed=True, is_edge=True, path=path))
        elif name != "soft-page-break":
            items.append(_fixed(scan, child, path))
    _words(scan, place, node.inner_end, formats, path, items)


def _words(scan: Scan, start: int, end: int, formats: OdfFormats, path: tuple[Node, ...], items: list[Item]) -> None:
    if start >= end:
        return
    names = [span.get("style-name") for span in path]
    key = tuple(found for name in names if (found := formats.keys.get(name, name)))
    leaf = Leaf(_SPACES.sub(" ", scan.text(start, end)), start, end, key, path=path)
    if any(name in formats.hidden for name in names):
        leaf.text, leaf.is_fixed, leaf.is_edge = "", True, True
    if leaf.text or leaf.is_fixed:
        items.append(leaf)


def _fixed(scan: Scan, child: Node, path: tuple[Node, ...]) -> Leaf:
    name = child.name
    text = _CHARACTERS.get(name, "")
    if name == "s":
        text = " " * min(max(whole(child.get("c"), 1), 1), 100)
    elif name in _DRAWN:
        text = "[image]"
    elif name not in _EDGES:
        text = "" if child.is_empty or child.children else scan.text(scan.inner(child), child.inner_end)
    return Leaf(text, child.start, child.end, is_fixed=True, is_edge=name in _EDGES, path=path)


@dataclass(slots=True)
class OdfWriting:
    """Writes in one document. `regions`: the changes recorded so far, as their list has them."""

    options: Options
    unsure: bool = False
    prefix: bytes = b"text:"
    regions: list[bytes] = field(default_factory=list[bytes])

    def write(self, scan: Scan, leaf: Leaf, text: str) -> None:
        """Replace a leaf's words in place."""
        scan.replace(leaf.start, leaf.end, self._dressed(_words_of(text, self.prefix), is_new=True) if text else b"")

    def dress(self, scan: Scan, leaf: Leaf, *, is_new: bool) -> None:
        """Highlight words that stay; new ones are dressed as they are written."""
        if self.unsure and not is_new:
            scan.replace(leaf.start, leaf.end, self._dressed(scan.raw(leaf.start, leaf.end), is_new=False))

    def run(self, scan: Scan, like: Leaf, text: str, *, is_new: bool) -> bytes:
        """Return words in the spans of that format."""
        words = scan.raw(like.start, like.end) if text == like.text and not is_new else _words_of(text, self.prefix)
        return _in_spans(scan, like, self._dressed(words, is_new=is_new))

    def lone(self, scan: Scan, leaf: Leaf) -> bytes:
        """Return a fixed thing in its spans."""
        return _in_spans(scan, leaf, scan.edited(leaf.start, leaf.end))

    def deleted(self, scan: Scan, like: Leaf, text: str) -> bytes:
        """Return the place of words that a reviewer may restore."""
        words = self.run(scan, like, text, is_new=False)
        if text != text.strip(" "):  # blanks at the ends of a paragraph, which this is, are not read
            words = _in_spans(scan, like, self._dressed(_between_blanks(text, self.prefix), is_new=False))
        content = b"<%sp>%s</%sp>" % (self.prefix, words, self.prefix)
        return b'<%schange %schange-id="%s"/>' % (self.prefix, self.prefix, self._region(b"deletion", content))

    def inserted(self, scan: Scan, like: Leaf, text: str, *, is_inside_insertion: bool) -> bytes:
        """Return words that a reviewer may refuse."""
        words = self.run(scan, like, text, is_new=True)
        if is_inside_insertion:
            return words
        name, space = self._region(b"insertion", b""), self.prefix
        start = b'<%schange-start %schange-id="%s"/>' % (space, space, name)
        return start + words + b'<%schange-end %schange-id="%s"/>' % (space, space, name)

    def styles(self) -> bytes:
        """Return the automatic styles that written words name."""
        language = b"" if not self.options.language else _language(self.options.language)
        yellow = b' fo:background-color="#ffff00"'
        chosen = [(_NAME, language)] if language else []
        if self.options.unsure:
            chosen += [(_NAME + b"Unsure", yellow), (_NAME + b"UnsureNew", yellow + language)]
        return b"".join(_style(name, properties) for name, properties in chosen)

    def _dressed(self, words: bytes, *, is_new: bool) -> bytes:
        is_told = is_new and bool(self.options.language)
        if not (is_told or self.unsure):
            return words
        name = _NAME if not self.unsure else _NAME + (b"UnsureNew" if is_new else b"Unsure")
        space = self.prefix
        return b'<%sspan %sstyle-name="%s">%s</%sspan>' % (space, space, name, words, space)

    def _region(self, kind: bytes, content: bytes) -> bytes:
        name, space = b"chatelet%d" % (len(self.regions) + 1), self.prefix
        told = b"<dc:creator>%s</dc:creator><dc:date>%s</dc:date>" % (
            escaped(self.options.author),
            escaped(self.options.at.removesuffix("Z") or "1970-01-01T00:00:00"),
        )
        info = b'<office:change-info xmlns:office="%s" xmlns:dc="%s">%s</office:change-info>' % (_OFFICE, _DC, told)
        self.regions.append(
            b'<%schanged-region xml:id="%s" %sid="%s"><%s%s>%s%s</%s%s></%schanged-region>'
            % (space, name, space, name, space, kind, info, content, space, kind, space)
        )
        return name


_OFFICE: Final = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_DC: Final = b"http://purl.org/dc/elements/1.1/"
_STYLE: Final = b"urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FO: Final = b"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"


def _style(name: bytes, properties: bytes) -> bytes:
    return (
        b'<style:style xmlns:style="%s" xmlns:fo="%s" style:name="%s" style:family="text"><style:text-properties%s/>'
        b"</style:style>"
    ) % (_STYLE, _FO, name, properties)


def _language(told: str) -> bytes:
    """Return a language as the attributes of its script."""
    parts = told.split("-")
    country = next((part for part in parts[1:] if len(part) == 2), "none")
    pair = (quoted(parts[0].lower()), quoted(country.upper() if country != "none" else country))
    if parts[0].lower() in _ASIAN:
        return b' style:language-asian="%s" style:country-asian="%s"' % pair
    if parts[0].lower() in _COMPLEX:
        return b' style:language-complex="%s" style:country-complex="%s"' % pair
    return b' fo:language="%s" fo:country="%s"' % pair


def _in_spans(scan: Scan, leaf: Leaf, content: bytes) -> bytes:
    before = b"".join(scan.raw(span.start, scan.inner(span)) for span in leaf.path)
    after = b"".join(scan.raw(span.inner_end, span.end) for span in reversed(leaf.path))
    return before + content + after


def _words_of(text: str, prefix: bytes) -> bytes:
    """Return words as ODF writes them: spaces after a first one are an element."""
    raw = escaped(one_line(text))
    return _MANY.sub(lambda found: b' <%ss %sc="%d"/>' % (prefix, prefix, len(found[0]) - 1), raw)


def _between_blanks(text: str, prefix: bytes) -> bytes:
    """Return words whose blanks at both ends are elements."""
    words = text.strip(" ")
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - before - len(words)
    blanks = [b'<%ss %sc="%d"/>' % (prefix, prefix, count) if count else b"" for count in (before, after)]
    return blanks[0] + _words_of(words, prefix) + blanks[1]
