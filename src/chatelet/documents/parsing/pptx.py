"""PPTX: slides as pages, in the order they are shown; tables, charts, diagrams, speaker notes, comments.

presentation -> slides in order -> shapes (title first) -> notes -> comments
"""

from dataclasses import dataclass, field

from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.drawingml import chart_cells, diagram_lines, paragraphs, plain, table_cells
from chatelet.documents.parsing.ooxml import Package, Relation, child
from chatelet.documents.parsing.progress import tell
from chatelet.documents.parsing.reader import Source
from chatelet.documents.parsing.xml import Node, attribute, local, text_of

_TITLES = {"title", "ctrTitle"}
_MARGINS = {"dt", "sldNum", "hdr"}
_OUTLINES = {"body", "obj", ""}


@dataclass(slots=True)
class _Slide:
    """One slide being read."""

    package: Package
    draft: Draft
    part: str
    relations: dict[str, Relation] = field(default_factory=dict[str, Relation])


def read_pptx(source: Source) -> ParsedDocument:
    """Read a presentation."""
    draft = Draft("pptx", source.limits)
    package = Package(Archive(source.data, source.budget), source.limits, draft)
    main = package.main_part()
    package.tell_of_code()
    draft.title = package.title()
    authors = _authors(package, main)
    relations = {relation.identifier: relation for relation in package.relations(main)}
    listed = child(package.part(main), "sldIdLst")
    slides = [relations[found] for found in _identifiers(listed) if found in relations]
    if len(slides) > source.limits.pages:
        draft.leave_out("too_many_pages", most=source.limits.pages)
    for number, relation in enumerate(slides[: source.limits.pages], 1):
        tell(number, len(slides))
        root = package.optional(relation.target)
        if root is not None:
            _read_slide(package, draft, relation.target, root, authors)
    return draft.document()


def _identifiers(listed: Node | None) -> list[str]:
    """Return the relations of the slides: `r:id`, not the `id` beside it."""
    found: list[str] = []
    for element in listed if listed is not None else ():
        found += [value for key, value in element.items() if key.startswith("{") and key.endswith("}id")]
    return found


def _read_slide(package: Package, draft: Draft, part: str, root: Node, authors: dict[str, str]) -> None:
    tree = child(root, "cSld", "spTree")
    shapes = [] if tree is None else list(tree)
    titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
    relations = {relation.identifier: relation for relation in package.relations(part)}
    slide = _Slide(package, draft, part, relations)
    label = " ".join(draft.cleaned(" ".join(plain(child(shape, "txBody")) for shape in titles)).split())
    with draft.page(label or None):
        if attribute(root, "show") == "0":
            draft.find("hidden_slide", page=draft.page_number)
        for shape in (*titles, *(shape for shape in shapes if shape not in titles)):
            _read_shape(slide, shape)
        _read_beside(slide, authors)


def _placeholder(shape: Node) -> str | None:
    found = child(shape, "nvSpPr", "nvPr", "ph")
    return None if found is None else attribute(found, "type")


def _read_shape(slide: _Slide, shape: Node) -> None:
    name = local(shape)
    if name == "sp":
        _read_text(slide, shape)
    elif name == "grpSp":
        for inner in shape:
            _read_shape(slide, inner)
    elif name == "graphicFrame":
        _read_graphic(slide, shape)
    elif name == "AlternateContent":
        chosen = child(shape, "Choice")
        for inner in chosen if chosen is not None else ():
            _read_shape(slide, inner)


def _read_text(slide: _Slide, shape: Node) -> None:
    placeholder = _placeholder(shape)
    seen = child(shape, "nvSpPr", "cNvPr")
    is_hidden = seen is not None and attribute(seen, "hidden") in {"1", "true"}
    body = child(shape, "txBody")
    if placeholder in _MARGINS:
        return
    if placeholder in _TITLES or placeholder == "subTitle":
        slide.draft.block(BlockKind.HEADING, plain(body), level=1 if placeholder in _TITLES else 2, hidden=is_hidden)
        return
    if placeholder == "ftr":
        slide.draft.block(BlockKind.PAGE_FOOTER, plain(body))
        return
    for text, depth, is_marked in paragraphs(body):
        is_item = is_marked or depth > 0 or placeholder in _OUTLINES
        kind = BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH
        level = depth + 1 if is_item else 0
        slide.draft.block(kind, f"• {text}" if is_item else text, level=level, hidden=is_hidden)


def _read_graphic(slide: _Slide, shape: Node) -> None:
    data = child(shape, "graphic", "graphicData")
    for element in data if data is not None else ():
        name = local(element)
        if name == "tbl":
            slide.draft.table(table_cells(element))
        elif name == "chart":
            root = _related(slide, element, "id")
            if root is not None:
                title, cells = chart_cells(root)
                slide.draft.block(BlockKind.CAPTION, title)
                slide.draft.table(cells)
        elif name == "relIds":
            root = _related(slide, element, "dm")
            for line in diagram_lines(root) if root is not None else ():
                slide.draft.block(BlockKind.LIST_ITEM, line, level=1)


def _related(slide: _Slide, element: Node, name: str) -> Node | None:
    relation = slide.relations.get(attribute(element, name))
    return None if relation is None or relation.is_external else slide.package.optional(relation.target)


def _read_beside(slide: _Slide, authors: dict[str, str]) -> None:
    for root in slide.package.related(slide.part, "notesSlide"):
        for shape in root.iter():
            if local(shape) == "sp" and _placeholder(shape) == "body":
                slide.draft.block(BlockKind.SPEAKER_NOTES, plain(child(shape, "txBody")))
    for root in slide.package.related(slide.part, "comments"):
        for comment in root.iter():
            if local(comment) in {"cm", "reply"}:
                text = text_of(child(comment, "text")) or plain(child(comment, "txBody"))
                author = authors.get(attribute(comment, "authorId"))
                slide.draft.block(BlockKind.COMMENT, text, author=author)


def _authors(package: Package, main: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in ("commentAuthors", "authors"):
        for root in package.related(main, kind):
            found |= {attribute(element, "id"): attribute(element, "name") for element in root}
    return found
