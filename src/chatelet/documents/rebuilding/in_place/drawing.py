"""The words set, drawn over their pages: what reportlab writes of them, added to the pages."""

import io
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Final, cast

import pikepdf

from chatelet.documents.parsing.pdf.characters import Frame
from chatelet.documents.rebuilding.in_place.fitting import Fitted, Set

_PREFIX: Final = "/Chatelet"


def overlays(
    pages: Mapping[int, Frame], fitted: Sequence[Fitted], mark: tuple[int, str] | None
) -> tuple[pikepdf.Pdf, dict[int, int]]:
    """Return a document whose pages hold the words alone, and which of its pages is for which.

    `mark`: a sentence at the foot of a page, in small grey letters.
    """
    canvas_of: Any = import_module("reportlab.pdfgen.canvas").Canvas
    out = io.BytesIO()
    canvas = canvas_of(out, pagesize=(595, 842), invariant=1)
    ranks: dict[int, int] = {}
    by_page: dict[int, list[tuple[Fitted, Set]]] = {}
    for one in fitted:
        for line in one.lines:
            by_page.setdefault(line.page, []).append((one, line))
    if mark is not None:
        by_page.setdefault(mark[0], [])
    for number in sorted(by_page):
        frame = pages[number]
        for one, line in by_page[number]:
            _draw(canvas, frame, one, line)
        if mark is not None and mark[0] == number:
            canvas.setFillGray(0.4)
            canvas.setFont("Helvetica", 7)
            canvas.drawCentredString((frame.left + frame.right) / 2, frame.bottom + 12, mark[1])
        ranks[number] = len(ranks)
        canvas.showPage()
    if not by_page:
        canvas.showPage()
    canvas.save()
    return pikepdf.open(io.BytesIO(out.getvalue())), ranks


def add(pdf: pikepdf.Pdf, page: pikepdf.Page, below: bytes, overlay: pikepdf.Page) -> None:
    """Give a page these instructions, then those of the overlay, with its fonts under names of their own."""
    names = {name: f"{_PREFIX}{place}" for place, name in enumerate(_fonts(overlay))}
    over = list(pikepdf.parse_content_stream(overlay))
    renamed = [_renamed(one, names) for one in over]
    content = below + b"q\n" + pikepdf.unparse_content_stream(renamed) + b"\nQ\n"
    page.obj["/Contents"] = pikepdf.Stream(pdf, content)
    resources = pikepdf.Dictionary(_copied(page.resources))
    fonts = pikepdf.Dictionary(_copied(resources.get("/Font")))
    for name, new in names.items():
        fonts[new] = pdf.copy_foreign(overlay.resources["/Font"][name])
    resources["/Font"] = fonts
    page.obj["/Resources"] = resources


def _draw(canvas: Any, frame: Frame, one: Fitted, line: Set) -> None:
    text = canvas.beginText()
    text.setFillColorRGB(*one.look.colour)
    text.setTextOrigin(line.x + frame.left, frame.top - line.base)
    text.setWordSpace(line.stretch)
    for face, words in line.runs:
        text.setFont(face.font, face.size(one.size))
        text.setRise(face.rise(one.size))
        text.textOut(words)
    text.setRise(0)
    canvas.drawText(text)


def _fonts(overlay: pikepdf.Page) -> list[str]:
    fonts = overlay.resources.get("/Font")
    return [] if fonts is None else sorted(fonts.keys())


def _renamed(one: Any, names: Mapping[str, str]) -> Any:
    if str(one.operator) != "Tf":
        return one
    font, size = one.operands
    make: Any = pikepdf.ContentStreamInstruction
    return make([pikepdf.Name(names[str(font)]), size], pikepdf.Operator("Tf"))


def _copied(found: object) -> dict[str, Any]:
    return dict(_entries(cast("pikepdf.Object", found))) if isinstance(found, pikepdf.Dictionary) else {}


def _entries(found: pikepdf.Object) -> Iterator[tuple[str, Any]]:
    for key in found.keys():  # noqa: SIM118 - not a mapping of Python's
        yield key, found[key]
