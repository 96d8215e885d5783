"""How words are written in a DOCX: in a run's text, in a run of their own, as a change that a reviewer sees."""

from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.rebuilding.contract import Options
from chatelet.documents.rebuilding.inline import Leaf
from chatelet.documents.rebuilding.xml_splice import Node, Scan, escaped, quoted

_HYPHENS: Final = {"noBreakHyphen", "softHyphen"}
_RIGHT_TO_LEFT: Final = {"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv"}
_AFTER_HIGHLIGHT: Final = {
    "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish",
    "oMath", "rPrChange",
}  # fmt: skip
_AFTER_DIRECTION: Final = _AFTER_HIGHLIGHT - {"u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl"}
_AFTER_LANGUAGE: Final = {"eastAsianLayout", "specVanish", "oMath", "rPrChange"}
_FIRST_CHANGE: Final = 900_001  # far from the numbers of a document's own changes


@dataclass(slots=True)
class WordWriting:
    """Writes in one document; changes are numbered as they come."""

    options: Options
    unsure: bool = False  # of the segment being written
    changes: int = _FIRST_CHANGE
    _dressed: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def write(self, scan: Scan, leaf: Leaf, text: str) -> None:
        """Replace a leaf's words in place; `xml:space` is added where spaces would be lost."""
        node = leaf.node
        assert node is not None
        if node.name in _HYPHENS or node.is_empty:
            scan.replace(node.start, node.end, _text(_prefix(node), text) if text else b"")
            return
        scan.replace(leaf.start, leaf.end, escaped(one_line(text)))
        if text != text.strip() and node.get("space") != "preserve":
            at = node.start + 1 + len(node.tag.encode())
            scan.replace(at, at, b' xml:space="preserve"')

    def dress(self, scan: Scan, leaf: Leaf, *, is_new: bool) -> None:
        """Set a run's language and highlight, once for each run."""
        run = leaf.holder
        assert run is not None
        language = self.options.language if is_new else None
        if (run.start, run.end) in self._dressed or not (language or self.unsure):
            return
        self._dressed.add((run.start, run.end))
        properties = run.child("rPr")
        start, end = (scan.inner(run),) * 2 if properties is None else (properties.start, properties.end)
        scan.replace(start, end, self._properties(scan, run, language))

    def run(self, scan: Scan, like: Leaf, text: str, *, is_new: bool) -> bytes:
        """Return a run of that format."""
        return self._run(scan, like, text, "t", is_new=is_new)

    def lone(self, scan: Scan, leaf: Leaf) -> bytes:
        """Return a fixed thing, in a run of its own where it came from one."""
        if leaf.parts:
            return b"".join(self.lone(scan, part) for part in leaf.parts)
        start, end, run = leaf.start, leaf.end, leaf.holder
        if run is None:
            return scan.edited(start, end)
        if leaf.node is not None:
            start, end = leaf.node.start, leaf.node.end
        head = scan.raw(run.start, scan.inner(run)) + self._as_it_was(scan, run)
        return head + scan.edited(start, end) + scan.raw(run.inner_end, run.end)

    def deleted(self, scan: Scan, like: Leaf, text: str) -> bytes:
        """Return words that a reviewer may restore."""
        return self._change(like, b"del", self._run(scan, like, text, "delText", is_new=False))

    def inserted(self, scan: Scan, like: Leaf, text: str, *, is_inside_insertion: bool) -> bytes:
        """Return words that a reviewer may refuse; inside somebody's insertion they are part of it."""
        run = self._run(scan, like, text, "t", is_new=True)
        return run if is_inside_insertion else self._change(like, b"ins", run)

    def _change(self, like: Leaf, name: bytes, content: bytes) -> bytes:
        assert like.node is not None
        prefix = _prefix(like.node)
        self.changes += 1
        told = b' %sid="%d" %sauthor="%s"' % (prefix, self.changes, prefix, quoted(self.options.author))
        if self.options.at:
            told += b' %sdate="%s"' % (prefix, quoted(self.options.at))
        return b"<%s%s%s>%s</%s%s>" % (prefix, name, told, content, prefix, name)

    def _run(self, scan: Scan, like: Leaf, text: str, name: str, *, is_new: bool) -> bytes:
        run, node = like.holder, like.node
        assert run is not None
        assert node is not None
        language = self.options.language if is_new else None
        properties = self._properties(scan, run, language) if language or self.unsure else self._as_it_was(scan, run)
        content = _text(_prefix(node), text, name)
        if node.name in _HYPHENS and text == like.text:
            content = scan.raw(node.start, node.end)
        return scan.raw(run.start, scan.inner(run)) + properties + content + scan.raw(run.inner_end, run.end)

    def _as_it_was(self, scan: Scan, run: Node) -> bytes:
        properties = run.child("rPr")
        return b"" if properties is None else scan.raw(properties.start, properties.end)

    def _properties(self, scan: Scan, run: Node, language: str | None) -> bytes:
        """Return a run's properties with a language and a highlight, each at the place its schema gives it."""
        prefix, properties = _prefix(run), run.child("rPr")
        own = properties.children if properties is not None else []
        parts = [(inner.name, scan.raw(inner.start, inner.end)) for inner in own]
        if self.unsure:
            _set(parts, "highlight", b'<%shighlight %sval="yellow"/>' % (prefix, prefix), _AFTER_HIGHLIGHT)
        if language:
            is_reversed = language.partition("-")[0].lower() in _RIGHT_TO_LEFT
            if is_reversed:
                _set(parts, "rtl", b"<%srtl/>" % prefix, _AFTER_DIRECTION)
            kind = b"bidi" if is_reversed else b"val"
            _set(parts, "lang", b'<%slang %s%s="%s"/>' % (prefix, prefix, kind, quoted(language)), _AFTER_LANGUAGE)
        inside = b"".join(raw for _name, raw in parts)
        return b"<%srPr>%s</%srPr>" % (prefix, inside, prefix)


def one_line(text: str) -> str:
    """Return words on one line: lines and tabs of a paragraph are fixed pieces, never characters."""
    return " ".join(text.splitlines()).replace("\t", " ") if "\n" in text or "\t" in text or "\r" in text else text


def _set(parts: list[tuple[str, bytes]], name: str, raw: bytes, before: set[str]) -> None:
    parts[:] = [part for part in parts if part[0] != name]
    at = next((place for place, part in enumerate(parts) if part[0] in before), len(parts))
    parts.insert(at, (name, raw))


def _text(prefix: bytes, text: str, name: str = "t") -> bytes:
    tag = prefix + name.encode()
    return b'<%s xml:space="preserve">%s</%s>' % (tag, escaped(one_line(text)), tag)


def _prefix(node: Node) -> bytes:
    """Return the prefix that the document gives its own namespace, with its colon."""
    head, colon, _name = node.tag.rpartition(":")
    return (head + colon).encode()
