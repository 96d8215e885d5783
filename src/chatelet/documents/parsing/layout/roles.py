"""What each part is, seen from the whole document: headings by size, captions, formulas, notes at the foot of pages."""

import re
from collections import Counter
from collections.abc import Sequence

from chatelet.documents.parsing.document import BlockKind
from chatelet.documents.parsing.layout.parts import Part, ended

_HEADING_SIZE = 1.12  # times the body's
_NOTE_SIZE = 0.93
_HEADING_CHARACTERS = 220
_CAPTION = re.compile(
    r"^(?:fig(?:ure)?s?|tab(?:leau|le)?x?|graphique|carte|schéma|illustration|listing|encadré|photo|algorithm[e]?)"
    r"\.?\s*(?:n°\s*)?(?:[A-Z]?\d+(?:[.\-]\d+)*|[IVX]+)\s*(?:[.:–—-]|$|[A-ZÀ-Ý«(])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:(?:[A-Z]|[IVX]{1,5}|\d{1,2})[.)]|\d{1,2}(?:\.\d{1,2}){0,4}\.?)\s+\S")
_NOTE = re.compile(r"^(?:\(?\d{1,3}[).]?|[*∗†‡§¶a-e]{1,3})\s?\S")
_MATH = re.compile(r"[=+−*/≠≤≥≈∈∉∀∃∑∏∫√∞∂∇±×÷→↔⇒⇔⊂⊆∪∩∧∨¬αβγδεζηθλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ∥⟨⟩{}|^_]")
_SHARE = 0.2  # of a page's characters
_LEADERS = re.compile(r"(?:[.…_·]\s?){5,}")
_TERMINAL = (".", ";", ",", ":")


def body_size(parts: Sequence[Part]) -> float:
    """Return the size most characters of the document are written in."""
    sizes: Counter[float] = Counter()
    for part in parts:
        for line in part.lines:
            sizes[round(line.size * 4) / 4] += line.characters
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _page_size(page: Sequence[Part]) -> float:
    """Return the largest size that a good part of a page is written in: a page of small writing has no notes for it."""
    sizes: Counter[float] = Counter()
    for part in page:
        sizes[round(part.size * 4) / 4] += part.characters
    enough = _SHARE * sizes.total()
    return max((size for size, characters in sizes.items() if characters >= enough), default=0.0)


def give(pages: Sequence[list[Part]]) -> None:
    """Give each part of the body its kind; headings their depth."""
    everything = [part for page in pages for part in page]
    body = body_size(everything)
    if not body:
        return
    for page in pages:
        _notes(page, body)
        for part in page:
            if part.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
                part.kind = _kind(part, body)
    _depths([part for part in everything if part.kind is BlockKind.HEADING])
    _title(pages, body)


def _kind(part: Part, body: float) -> BlockKind:
    text = part.text
    if _CAPTION.match(text) and len(text) < 600:
        return BlockKind.CAPTION
    if _formula(part, text):
        return BlockKind.FORMULA
    return BlockKind.HEADING if _heading(part, text, body) else part.kind


def _formula(part: Part, text: str) -> bool:
    """Tell whether a part is a formula set apart: its fonts, or its signs, are those of mathematics."""
    words = [word for line in part.lines for word in line.words]
    if len(text) > 300 or not words:
        return False
    characters = sum(len(word.text) for word in words)
    mathematical = sum(len(word.text) for word in words if word.math)
    plain = sum(1 for word in words if len(word.text) > 3 and word.text.isalpha() and not word.math)
    if mathematical >= 0.3 * characters and plain <= max(1, 0.1 * len(words)) and any(word.math for word in words):
        return True
    signs = len(_MATH.findall(text))
    return "=" in text and signs >= 2 and plain <= 0.1 * len(words)


def _heading(part: Part, text: str, body: float) -> bool:
    if part.characters > _HEADING_CHARACTERS or len(part.lines) > 4 or not any(c.isalpha() for c in text):
        return False
    if part.size >= _HEADING_SIZE * body:
        return part.characters > 1
    if part.size < 0.95 * body or text.endswith(_TERMINAL) or part.characters < 2:
        return False
    numbered = bool(_NUMBERED.match(text))
    if part.bold:
        return part.kind is not BlockKind.LIST_ITEM or numbered
    capitals = text.isupper() and sum(c.isalpha() for c in text) > 5
    return capitals and len(part.lines) <= 2 and part.kind is not BlockKind.LIST_ITEM


def _depths(headings: Sequence[Part]) -> None:
    sizes = sorted({round(part.size) for part in headings}, reverse=True)
    for part in headings:
        numbers = re.match(r"^\d{1,2}(?:\.\d{1,2})*", part.text)
        by_number = numbers.group().count(".") + 1 if numbers and "." in numbers.group().rstrip(".") else 0
        part.level = min(6, by_number or sizes.index(round(part.size)) + 1)


def _title(pages: Sequence[list[Part]], body: float) -> None:
    """Call title the largest heading of the first page that has one, when nothing of the document is larger."""
    first = next((page for page in pages if any(part.kind is BlockKind.HEADING for part in page)), list[Part]())
    headings = [part for part in first if part.kind is BlockKind.HEADING and part.size >= _HEADING_SIZE * body]
    if not headings or first not in pages[:2]:
        return
    largest = max(headings, key=lambda part: (round(part.size), -part.top))
    largest.kind, largest.level = BlockKind.TITLE, 0


def _notes(page: list[Part], body: float) -> None:
    """Find the notes: the last parts of a column, in small writing, the first of them with a mark."""
    body = min(body, _page_size(page))
    columns: dict[tuple[float, float], list[Part]] = {}
    for part in page:
        columns.setdefault(part.region, []).append(part)
    middle = max((part.bottom for part in page), default=0.0) * 0.45
    for column in columns.values():
        tail: list[Part] = []
        for part in reversed(column):
            small = part.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and 0 < part.size <= _NOTE_SIZE * body
            if not small or part.top < middle or _LEADERS.search(part.text):
                break
            tail.append(part)
        while tail and not _NOTE.match(tail[-1].text):
            tail.pop()
        for part in tail:
            part.kind = BlockKind.FOOTNOTE


def continues(before: Part, after: Part) -> bool:
    """Tell whether a paragraph cut by the end of a column or page goes on in another part."""
    if before.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} or after.kind is not BlockKind.PARAGRAPH:
        return False
    if abs(before.size - after.size) > 0.08 * max(before.size, after.size):
        return False
    last, first = before.text, after.text
    if last.endswith(("-", "\u00ad")) and first[:1].islower():
        return True
    return not ended(last) and (first[:1].islower() or first[:1].isdigit() or first[:1] in "(«“\"'")
