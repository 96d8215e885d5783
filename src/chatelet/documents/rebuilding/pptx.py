"""PPTX written back: each slide with its tables, diagrams and titles of charts, its notes, its comments.

presentation -> slides in their order (page = slide) -> shapes -> paragraphs -> new words

A diagram is stored twice, as data and as it was last drawn: both get the same words. Figures that a chart keeps stay.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from chatelet.documents.parsing.ooxml import Package, child
from chatelet.documents.parsing.xml import whole
from chatelet.documents.rebuilding import ooxml_package as ooxml
from chatelet.documents.rebuilding.contract import Options, Part, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.drawing_text import DrawingReader, DrawingWriting
from chatelet.documents.rebuilding.office_file import OfficeFile, opened
from chatelet.documents.rebuilding.segmenting import Remark, Walk
from chatelet.documents.rebuilding.xml_splice import escaped

_DRAWINGML: Final = b"http://schemas.openxmlformats.org/drawingml/2006/main"
_PRESENTATION: Final = b"http://schemas.openxmlformats.org/presentationml/2006/main"
_MARK: Final = (
    b'<p:sp xmlns:p="%s" xmlns:a="%s"><p:nvSpPr><p:cNvPr id="999001" name="AI"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
    b'</p:nvSpPr><p:spPr><a:xfrm><a:off x="360000" y="%d"/><a:ext cx="%d" cy="300000"/></a:xfrm>'
    b'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="square"/>'
    b'<a:lstStyle/><a:p><a:r><a:rPr sz="1000" i="1"/><a:t>%s</a:t></a:r></a:p></p:txBody></p:sp>'
)
_HEIGHT: Final = 6_858_000  # of a slide that does not say its own, in EMU


class Pptx:
    """The format of PowerPoint, and of whoever writes it."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return the words of the file, numbered."""
        walk = Walk()
        _walk(opened(data, walk))
        return walk.segments

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the file with these segments replaced; the format records no change."""
        walk = Walk(replacements, options)
        if options.track:
            walk.remark(Remark.NO_TRACKING)
        office = opened(data, walk)
        _walk(office)
        ooxml.finish(office)
        return office.rebuilt("pptx")


def _walk(office: OfficeFile) -> None:
    package = ooxml.package_of(office, "pptx")
    main = package.main_part()
    root = package.part(main)
    ooxml.read_title(office)
    slides = ooxml.listed(package, main, ooxml.identifiers(child(root, "sldIdLst")), {"slide"})
    size = child(root, "sldSz")
    writing = DrawingWriting(office.walk.options)
    for number, slide in enumerate(slides, 1):
        office.walk.place.page = number
        mark = None
        if number == len(slides) and office.is_written and office.walk.options.visible_mark:
            wide, high = (whole(size.get(name)) for name in ("cx", "cy")) if size is not None else (0, 0)
            high, wide = high or _HEIGHT, wide or _HEIGHT
            text = escaped(office.walk.options.visible_mark)
            mark = _MARK % (_PRESENTATION, _DRAWINGML, high - 360_000, wide - 720_000, text)
        _read_slide(office, package, slide, writing, mark)
    office.walk.place.page = None


def _read_slide(office: OfficeFile, package: Package, slide: str, writing: DrawingWriting, mark: bytes | None) -> None:
    walk = office.walk
    office.read(slide, DrawingReader(walk, writing, Part.BODY, mark=mark))
    read_graphics(office, package, slide, writing)
    for name in ooxml.targets(package, slide, "notesSlide"):
        office.read(name, DrawingReader(walk, writing, Part.NOTE, frozenset({"body"})))
    for name in ooxml.targets(package, slide, "comments"):
        office.read(name, DrawingReader(walk, writing, Part.COMMENT))


def read_graphics(office: OfficeFile, package: Package, part: str, writing: DrawingWriting) -> None:
    """Take the diagrams and the charts' titles of a slide or of a sheet's drawing."""
    walk = office.walk
    walk.begin_twins()
    for name in ooxml.targets(package, part, "diagramData"):
        office.read(name, DrawingReader(walk, writing))
    walk.is_twin = True
    for name in ooxml.targets(package, part, "diagramDrawing"):
        office.read(name, DrawingReader(walk, writing))
    walk.end_twins()
    for name in ooxml.targets(package, part, "chart"):
        office.read(name, DrawingReader(walk, writing))
