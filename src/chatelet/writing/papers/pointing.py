"""Figures, tables, formulas, schemes, algorithms, charts, boxes of a text: captioned where, named where. Pure.

blocks of the document ─▶ a label, a number, then a title: a caption │ a line of mathematics, then "(4)": a formula
its text ─▶ « Fig. 3 », « Figures 2 et 5 », « équations (3)–(5) », « dans (4) »: names
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from chatelet.documents.parsing.document import ASIDE, BlockKind, ParsedDocument

Kind = Literal["figure", "table", "formula", "scheme", "chart", "algorithm", "box"]
_ORDER: Final[dict[str, int]] = {kind: place for place, kind in enumerate(get_args(Kind))}
_MANY: Final = ("figures", "tables", "eqs", "equations", "formulas", "schemes", "charts", "algorithms", "boxes")
_MOST: Final = 300  # listed of a document
_WIDEST: Final = 30  # numbers of a range
_LONGEST_FORMULA: Final = 400  # characters
_ONE: Final = r"\(?(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,2})?(?!\d|\s?%)(?:\s?\([a-z]\)|[a-z]\b)?\)?"
_RANGE: Final = r"(?:\s*[-–—‑]\s*|\s+(?:to|à)\s+)"
_LIST: Final = r"(?:\s*[,;&]\s*(?:and\b|et\b|or\b|ou\b)?\s*|\s+(?:and|et|or|ou)\s+)"
_NAMED: Final = re.compile(
    r"(?P<more>\b(?i:extended\s+data|supplementa\w+|suppl\.|supporting|appendix|annexe)\s+)?"
    r"\b(?:(?P<figure>(?i:fig(?:ure)?(?P<figures>s?)))|(?P<table>(?i:tab(?:le|leau)?(?P<tables>[sx]?)))"
    r"|(?P<formula>(?i:[ée]qn?(?P<eqs>s?)|[ée]quation(?P<equations>s?)|formul(?:a|e)(?P<formulas>[se]?)))"
    r"|(?P<scheme>(?i:sch(?:[eè]me|[ée]ma)(?P<schemes>s?)))|(?P<algorithm>(?i:algorithme?(?P<algorithms>s?)))"
    r"|(?P<chart>(?:(?i:graphique)|Chart|CHART|Graph|GRAPH)(?P<charts>[sS]?))"
    r"|(?P<box>(?:(?i:encadr[ée])|(?<!O\. )(?<!O )Box|BOX)(?P<boxes>(?:es|ES|s|S)?)))\b\.?\s*"
    rf"(?:n[°o]s?\.?\s*)?(?P<list>{_ONE}(?:(?:{_RANGE}|{_LIST}){_ONE})*|[IVX]{{1,5}}\b)"
)
_ALLUDED: Final = re.compile(
    r"(?i:\b(?:in|from|by|using|of|see|with|into|dans|de|par|selon|voir|avec|relation|expression|condition)"
    r"|d['’]après)\s+\((\d{1,3}(?:\.\d{1,2})?)[a-z]?\)"
)
_ITEM: Final = re.compile(rf"(?P<range>{_RANGE})?(?P<one>{_ONE}|[IVX]{{1,5}})")
_TITLED: Final = re.compile(r"\s*(?:[.:–—|-]|$|\s[A-ZÀ-ÖØ-ÞŒ«“\"])")
_SIGNS: Final = re.compile(r"[=<>≤≥≈≃≠∝∼≡→↦∈±∑∫]")
_NUMBERED: Final = re.compile(r"\(((?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,2})?)[a-z]?\)[.,]?\s*$")


@dataclass(frozen=True, slots=True)
class Name:
    """What a text calls a figure, a table or a formula by; a panel (3a) is of its figure (3)."""

    kind: Kind
    number: str


@dataclass(frozen=True, slots=True)
class Pointed:
    """A figure, a table or a formula of a document. `caption` (a formula's own line) and `mentions` are places."""

    name: Name
    caption: tuple[int, int] | None
    mentions: tuple[tuple[int, int], ...]


def pointed(document: ParsedDocument) -> list[Pointed]:
    """Return what a document captions or names: figures, tables, then formulas, each in the order of numbers."""
    captions = _captions(document)
    mentions: dict[Name, list[tuple[int, int]]] = defaultdict(list)
    for name, start, end in _names(document.text):
        own = captions.get(name)
        if own is None or not own[0] <= start < own[1]:
            mentions[name].append((start, end))
    found = [Pointed(name, captions.get(name), tuple(mentions[name])) for name in {*captions, *mentions}]
    return sorted(found, key=lambda one: (_ORDER[one.name.kind], _rank(one.name.number)))[:_MOST]


def named_in(text: str) -> frozenset[Name]:
    """Return the figures, tables and formulas that a text names."""
    return frozenset(name for name, _start, _end in _names(text))


def known_in(texts: Sequence[str]) -> frozenset[Name]:
    """Return those that passages name, formulas that they only show with their number included."""
    shown = (_formula(line) for text in texts for line in text.split("\n"))
    return frozenset(name for text in texts for name in named_in(text)) | {name for name in shown if name is not None}


def _names(text: str) -> Iterator[tuple[Name, int, int]]:
    for found in _NAMED.finditer(text):
        kind = next(one for one in get_args(Kind) if found[one])
        is_many = any(found[one] for one in _MANY)
        for number in _numbers(found["list"], is_many=is_many):
            beside = found["more"] is not None and number[0].isdigit()
            yield Name(kind, f"S{number}" if beside else number), found.start(), found.end()
    for found in _ALLUDED.finditer(text):
        yield Name("formula", found[1]), found.start(), found.end()


def _numbers(listed: str, *, is_many: bool) -> Iterator[str]:
    """Give the numbers of a list; after a singular, the first and what a range adds: « tableau 2, 31 % » names one."""
    last = ""
    for place, item in enumerate(_ITEM.finditer(listed)):
        if place and not item["range"] and not is_many:
            return
        number = _plain(item["one"])
        if item["range"] and last.isdigit() and number.isdigit() and 0 < int(number) - int(last) <= _WIDEST:
            yield from map(str, range(int(last) + 1, int(number)))
        yield number
        last = number


def _plain(number: str) -> str:
    """Return a number without brackets nor panel; « A.1 » and « A1 » are one."""
    bare = re.sub(r"\s?\([a-z]\)|[a-z]", "", number).strip("()")
    return re.sub(r"^([A-Z])\.", r"\1", bare)


def _captions(document: ParsedDocument) -> dict[Name, tuple[int, int]]:
    """Return the place of each caption; of several, one that the reader took for a caption, then the first."""
    found: dict[Name, tuple[bool, tuple[int, int]]] = {}
    for start, end, is_caption, is_formula in _stretches(document):
        text = document.text[start:end]
        name = _caption(text) or _formula(text, sure=is_formula)
        if name is None:
            continue
        sure = is_caption or is_formula
        if name not in found or (sure and not found[name][0]):
            found[name] = (sure, (start, end))
    return {name: place for name, (_sure, place) in found.items()}


def _stretches(document: ParsedDocument) -> Iterator[tuple[int, int, bool, bool]]:
    for block in document.blocks:
        if block.kind not in ASIDE and not block.hidden:
            kind = block.kind
            yield block.start, block.end, kind is BlockKind.CAPTION, kind is BlockKind.FORMULA
    if not document.blocks:
        for line in re.finditer(r"[^\n]+", document.text):
            yield line.start(), line.end(), False, False


def _caption(text: str) -> Name | None:
    """Return what a text is the caption of: « Figure 3. Débit », not « Figure 3 shows »."""
    found = _NAMED.match(text.lstrip())
    if found is None or found["formula"] or not _TITLED.match(text.lstrip(), found.end()):
        return None
    return next(_names(text.lstrip()))[0]


def _formula(text: str, *, sure: bool = False) -> Name | None:
    """Return the number that stands at the end of a formula."""
    found = _NUMBERED.search(text) if len(text) <= _LONGEST_FORMULA else None
    if found is None or not (sure or _SIGNS.search(text[: found.start()])):
        return None
    return Name("formula", _plain(found[1]))


def _rank(number: str) -> tuple[str, list[int], str]:
    letter = number[0] if number[0].isalpha() else ""
    return letter, [int(one) for one in re.findall(r"\d+", number)], number
