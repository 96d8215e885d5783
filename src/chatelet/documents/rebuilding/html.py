"""HTML: the page that was given, its words changed; its language and the mark of a machine said in its head."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.documents.parsing.html import DECLARED, HEAD
from chatelet.documents.rebuilding.characters import characters
from chatelet.documents.rebuilding.contract import Options, Part, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.html_spans import escaped, page_spans
from chatelet.documents.rebuilding.remarks import remarks
from chatelet.documents.rebuilding.splicing import Span, Spliced, segments_of, spliced
from chatelet.documents.rebuilding.tags import Tag, tags

MARKED: Final = ("<mark>", "</mark>")
_RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"})
_CLOSING: Final = re.compile(r"</(body|html)\s*>", re.IGNORECASE)


class HtmlFormat:
    """A page."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return the words of the page."""
        return segments_of(page_spans(characters(data, declared(data)).text))

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the page with other words."""
        told = characters(data, declared(data))
        result = page_rebuilt(told.text, replacements, options)
        left_out = remarks(options, changed=result.changed, marks_ai=True, highlights=True)
        return Rebuilt(told.referred(result.text, is_declared=bool(declared(data))), "html", result.replaced, left_out)


def declared(data: bytes) -> str:
    """Return the encoding that a page declares, empty when it declares none."""
    found = DECLARED.search(data[:HEAD])
    return found[1].decode("ascii") if found else ""


def page_rebuilt(
    source: str, replacements: Mapping[int, Sequence[Piece]], options: Options, *, is_xml: bool = False
) -> Spliced:
    """Return a page, or a part of one, with other words."""
    spans = page_spans(source)
    decorate = {number: MARKED for number in options.unsure if number < len(spans) and _can_be_marked(spans[number])}
    result = spliced(source, spans, replacements, decorate)
    if result.changed:
        result.text = _told(result.text, options, is_xml=is_xml)
    return result


def _can_be_marked(span: Span) -> bool:
    """Tell words of the page's body: neither an attribute nor the title."""
    return span.write is escaped and span.part is not Part.TITLE


@dataclass(slots=True)
class _Page:
    """The places of a page where something is said of the whole."""

    root: Tag | None = None
    head: Tag | None = None
    languages: tuple[tuple[int, int, str], ...] = ()


def _told(source: str, options: Options, *, is_xml: bool) -> str:
    """Say the language, the mark of a machine, and the sentence at the end."""
    page = _page(source)
    edits: list[tuple[int, int, str]] = []
    if options.language:
        edits += _in_language(page, options.language, is_xml=is_xml)
    if options.mark_ai and page.head is not None:
        end = " /" if is_xml or source[page.head.end - 2 : page.head.end] == "/>" else ""
        edits.append((page.head.end, page.head.end, f'<meta name="ai-generated" content="true"{end}>'))
    if options.visible_mark:
        closing = next(_CLOSING.finditer(source), None)
        place = closing.start() if closing else len(source)
        edits.append((place, place, f"<p>{escaped(options.visible_mark)}</p>"))
    return spliced(source, [], {}, {}, edits).text


def _page(source: str) -> _Page:
    page = _Page()
    languages: list[tuple[int, int, str]] = []
    for tag in tags(source):
        if tag.is_end or not tag.name:
            continue
        if tag.name == "html" and page.root is None:
            page.root = tag
        if tag.name == "head" and page.head is None and not tag.is_empty:
            page.head = tag
        if tag.has_attributes and "lang" in tag.rest.lower():
            attributes = tag.attributes()
            languages += [
                (attributes[name].start, attributes[name].end, attributes[name].value)
                for name in ("lang", "xml:lang")
                if name in attributes
            ]
    page.languages = tuple(languages)
    return page


def _in_language(page: _Page, language: str, *, is_xml: bool) -> Iterator[tuple[int, int, str]]:
    """Yield the edits that say a language: wherever that of the page is said; other languages of quotations stay."""
    root = page.root
    said = root.attributes() if root is not None else {}
    own = said.get("lang") or said.get("xml:lang")
    before = own.value.partition("-")[0].lower() if own is not None else None
    for start, end, value in page.languages:
        if before is not None and value.partition("-")[0].lower() == before and start < end:
            yield start, end, escaped(language)
    if root is None:
        return
    place = root.start + len("<html")
    if own is None:
        names = ("lang", "xml:lang") if is_xml else ("lang",)
        yield place, place, "".join(f' {name}="{escaped(language)}"' for name in names)
    direction = "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
    if "dir" in said:
        yield said["dir"].start, said["dir"].end, direction
    elif direction == "rtl":
        yield place, place, ' dir="rtl"'
