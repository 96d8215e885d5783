"""Other words in the pages of a PDF: what each page allows, what fits, what then goes and comes.

page: survey -> look and areas of each changed item ─> fits? ─> may its letters go alone? ─> written
                 └ a scan, turned, inside a drawing…    └ no      └ no: it stays as it was, and is told
"""

import io
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import pikepdf

from chatelet.documents.parsing.document import Page, Word
from chatelet.documents.parsing.pdf import pdfium
from chatelet.documents.parsing.pdf.characters import Frame
from chatelet.documents.rebuilding.contract import Options
from chatelet.documents.rebuilding.in_place import drawing, marks, streams
from chatelet.documents.rebuilding.in_place.areas import Area, Around, areas
from chatelet.documents.rebuilding.in_place.fitting import Face, Fitted, Letters, fit
from chatelet.documents.rebuilding.in_place.fonts import font_for, settable
from chatelet.documents.rebuilding.in_place.styles import Style
from chatelet.documents.rebuilding.in_place.survey import OTHER, Box, Look, Survey, survey
from chatelet.documents.rebuilding.pdf_items import Found, Item

Fragment = tuple[str, Style | None]  # words, and their style; None: that of their paragraph
Why = Literal["page_kept", "no_room", "no_font"]
_FEW: Final = 3  # letters of another style that nobody misses
_FOOT: Final = 24.0  # points: where the visible mark stands
_TALL: Final = 0.9  # of the page's height: an edge that long is its frame


@dataclass(slots=True)
class Placed:
    """The new file; what stayed as it was, by the number of the item, and why."""

    data: bytes
    kept: dict[int, Why]
    placed: frozenset[int]
    remarks: list[str]


@dataclass(slots=True)
class _Page:
    """A page with words to change, what stands on it, what is set on it."""

    told: Page
    survey: Survey
    chains: list[streams.Chain]
    owners: list[int]
    set_boxes: list[Box] = field(default_factory=list[Box])


@dataclass(slots=True)
class _Work:
    """What is done so far."""

    found: Found
    words: Sequence[str]
    styled: Mapping[int, Sequence[Fragment]]
    wanted: set[int]
    pages: dict[int, _Page] = field(default_factory=dict[int, _Page])
    kept: dict[int, Why] = field(default_factory=dict[int, Why])
    fitted: dict[int, Fitted] = field(default_factory=dict[int, Fitted])
    merged: bool = False

    def keep(self, items: Sequence[int] | set[int], why: Why) -> None:
        """Leave items as they are."""
        for item in items:
            self.kept.setdefault(item, why)
            self.fitted.pop(item, None)


def place(
    data: bytes, found: Found, words: Sequence[str], styled: Mapping[int, Sequence[Fragment]], options: Options
) -> Placed | None:
    """Return the PDF with the words of its items, where these changed; none when no page takes any."""
    before = [found.words(item) for item in found.items]
    work = _Work(found, words, styled, {number for number, text in enumerate(words) if text != before[number]})
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return None
    with pdf:
        _survey(work, data, pdf)
        for number in sorted(work.wanted - work.kept.keys()):
            _fit(work, number)
        _settle(work)
        if not work.fitted:
            return None
        return _written(work, pdf, options, before)


def _survey(work: _Work, data: bytes, pdf: pikepdf.Pdf) -> None:
    """Look at the pages; items of those that cannot be written on stay."""
    document = pdfium.Document(data)
    try:
        for told in work.found.document.pages:
            owners = _owners(work, told)
            here = set(owners) - {OTHER}
            if here:
                page = _surveyed(document, pdf, told, owners)
                if page is None:
                    work.keep(here, "page_kept")
                else:
                    work.pages[told.number] = page
    finally:
        document.close()


def _owners(work: _Work, told: Page) -> list[int]:
    """Return, for each word of a page, the item to change that it is of."""
    items = work.found.items
    starts = [item.start for item in items]
    owners: list[int] = []
    for word in told.words:
        number = bisect_right(starts, word.start) - 1
        is_in = number >= 0 and word.start < items[number].end and number in work.wanted
        owners.append(number if is_in else OTHER)
    return owners


def _surveyed(document: pdfium.Document, pdf: pikepdf.Pdf, told: Page, owners: list[int]) -> _Page | None:
    if told.source != "text" or told.rotation or told.number > len(pdf.pages):
        return None
    page = document.page(told.number - 1)
    if page is None:
        return None
    try:
        found = survey(page, told, owners)
    finally:
        page.close()
    content = streams.instructions(pdf.pages[told.number - 1])
    chains = None if content is None else streams.chains(content)
    if chains is None or sum(len(chain.ranks) for chain in chains) != len(found.shows):
        return None
    return _Page(told, found, chains, owners)


def _fit(work: _Work, number: int) -> None:
    """Set an item on its pages, or leave it as it is."""
    item = work.found.items[number]
    pages = [page for page in work.pages.values() if number in page.owners]
    looks = Counter[Look]()
    for page in pages:
        if number in page.survey.inside or any(show.look is None for show in page.survey.of(number)):
            return work.keep([number], "page_kept")
        for show in page.survey.of(number):
            if show.look is not None:
                looks[show.look] += show.owners[number]
    if not looks:
        return work.keep([number], "page_kept")
    look = looks.most_common(1)[0][0]
    written = _written_in(work, number, _bulleted(work, number, item, pages), look)
    if written is None:
        return work.keep([number], "no_font")
    fitted = fit(written, list(_areas(pages, number, look)), look)
    if fitted is None:
        return work.keep([number], "no_room")
    work.fitted[number] = fitted
    work.merged |= _is_mixed(looks, look, with_marks=bool(work.found.runs[number]))
    for line in fitted.lines:
        work.pages[line.page].set_boxes.append(line.box)
    return None


def _written_in(work: _Work, number: int, bullet: str, look: Look) -> list[Letters] | None:
    """Return the words of an item with the font of each stretch, the first that of the item; none when one lacks."""
    fragments = [(bullet, None), *(work.styled.get(number) or [(work.words[number], None)])]
    base = "".join(text for text, style in fragments if style is None)
    plain = font_for(look, settable(base))
    if not plain:
        return None
    found: list[Letters] = [(Face(plain), "")]
    for text, style in fragments:
        own = look if style is None else replace(look, bold=style.bold, italic=style.italic)
        font = plain if style is None else font_for(own, settable(text))
        if not font:
            return None
        found.append((Face(font, style.off if style else 0), settable(text)))
    return found


def _bulleted(work: _Work, number: int, item: Item, pages: Sequence[_Page]) -> str:
    """Return the bullet of an item whose letters are shown with it: then it is set with it too, its own words else."""
    if item.start == item.block.start or item.cell is not None or not pages:
        return ""
    page = pages[0]
    first = page.owners.index(number)
    before = [place for place in range(first) if page.told.words[place].start >= item.block.start]
    if not before or not any(show.owners.get(OTHER) for show in page.survey.of(number)):
        return ""
    bullet = "".join(work.found.document.text[item.block.start : item.start].split())
    letters = sum(show.owners.get(OTHER, 0) for show in page.survey.of(number))
    if letters != len(bullet):
        return ""
    for place in before:
        page.owners[place] = number
    for show in page.survey.of(number):
        show.owners[number] += show.owners.pop(OTHER, 0)
    return work.found.document.text[item.block.start : item.start]


def _areas(pages: Sequence[_Page], number: int, look: Look) -> Iterator[Area]:
    for page in pages:
        own = [word for word, owner in zip(page.told.words, page.owners, strict=True) if owner == number]
        yield from areas(page.told.number, own, look.size, _around(page, number))


def _around(page: _Page, number: int) -> Around:
    words = [_box(word) for word, owner in zip(page.told.words, page.owners, strict=True) if owner != number]
    every = [_box(word) for word in page.told.words]
    drawn = page.survey.drawn
    rules = [(rule.left, rule.top, rule.right, rule.bottom) for rule in drawn.rules]
    pictures = [picture.box for picture in drawn.pictures]
    upright = [one for one in rules if one[3] - one[1] > one[2] - one[0] and one[3] - one[1] < _TALL * page.told.height]
    return Around(
        [*words, *rules, *pictures, *page.set_boxes],
        (min(one[0] for one in every), max(one[2] for one in every)),
        page.told.height,
        upright,
    )


def _box(word: Word) -> Box:
    return word.left, word.top, word.right, word.bottom


def _is_mixed(looks: Counter[Look], look: Look, *, with_marks: bool) -> bool:
    """Tell whether part of an item was written in another style, which is not set again."""
    others = (
        count
        for one, count in looks.items()
        if one.colour != look.colour or (not with_marks and (one.bold, one.italic) != (look.bold, look.italic))
    )
    return sum(others) > _FEW


def _settle(work: _Work) -> None:
    """Leave as they are the items whose letters cannot go without others: until none is left behind."""
    changed = True
    while changed:
        stuck = {item for page in work.pages.values() for item in _stuck(page, work.fitted)}
        changed = bool(stuck)
        work.keep(stuck, "page_kept")


def _stuck(page: _Page, fitted: Mapping[int, Fitted]) -> Iterator[int]:
    shows = page.survey.shows
    for chain in page.chains:
        waiting: list[int] = []  # items that go, whose pen what stays would be written from
        for rank in chain.ranks:
            owners = shows[rank].owners
            going = [owner for owner in owners if owner in fitted]
            if not owners:
                continue
            if len(going) < len(owners):
                yield from going
                yield from waiting
                waiting = []
            else:
                waiting += going


def _going(page: _Page, fitted: Mapping[int, Fitted]) -> set[int]:
    return {
        rank
        for rank, show in enumerate(page.survey.shows)
        if show.owners and all(owner in fitted for owner in show.owners)
    }


def _written(work: _Work, pdf: pikepdf.Pdf, options: Options, before: Sequence[str]) -> Placed:
    frames = {number: page.survey.frame for number, page in work.pages.items()}
    mark = _mark(work, options)
    over, ranks = drawing.overlays(frames, list(work.fitted.values()), mark)
    with over:
        for number, rank in ranks.items():
            page = pdf.pages[number - 1]
            content = streams.instructions(page) or []
            below = streams.without(content, _going(work.pages[number], work.fitted))
            drawing.add(pdf, page, below, over.pages[rank])
        for number in sorted(options.unsure & work.fitted.keys()):
            _highlight(work, pdf, frames, number)
        said = {
            " ".join(before[number].split()): work.words[number]
            for number in work.fitted
            if work.found.items[number].cell is None
        }
        marks.describe(pdf, options, said)
        codes = {"signatures_left_out": marks.unsign(pdf), "pdf_protection_removed": pdf.is_encrypted}
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    codes["pdf_styles_merged"] = work.merged
    codes["visible_mark_not_placed"] = options.visible_mark is not None and mark is None
    told = [code for code, is_so in codes.items() if is_so]
    return Placed(out.getvalue(), work.kept, frozenset(work.fitted), told)


def _highlight(work: _Work, pdf: pikepdf.Pdf, frames: Mapping[int, Frame], number: int) -> None:
    boxes: dict[int, list[Box]] = defaultdict(list)
    for line in work.fitted[number].lines:
        boxes[line.page].append(line.box)
    for page, own in boxes.items():
        around = (
            min(box[0] for box in own), min(box[1] for box in own),
            max(box[2] for box in own), max(box[3] for box in own),
        )  # fmt: skip
        marks.highlight(pdf, pdf.pages[page - 1], frames[page], around, work.found.words(work.found.items[number]))


def _mark(work: _Work, options: Options) -> tuple[int, str] | None:
    """Return on which page the visible mark stands: the last one whose foot is free."""
    if not options.visible_mark:
        return None
    for number in sorted(work.pages, reverse=True):
        page = work.pages[number]
        if all(word.bottom < page.told.height - _FOOT for word in page.told.words):
            return number, settable(options.visible_mark)
    return None
