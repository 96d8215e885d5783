"""Sheets to parts: what runs through the pages is put aside, then columns, paragraphs, roles, continuations."""

from collections.abc import Sequence

from chatelet.documents.parsing.document import BlockKind
from chatelet.documents.parsing.layout import columns, forms, furniture, justified, roles, tables
from chatelet.documents.parsing.layout.lines import Run, lines, runs
from chatelet.documents.parsing.layout.parts import Grid, Part, parts
from chatelet.documents.parsing.layout.words import Sheet

_FLOATING = frozenset({BlockKind.CAPTION, BlockKind.TABLE, BlockKind.FOOTNOTE, BlockKind.FORMULA})


def lay_out(sheets: Sequence[Sheet]) -> list[list[Part]]:
    """Return the parts of each page, in reading order."""
    found = [justified.joined(runs(sheet.words)) for sheet in sheets]
    ends = [furniture.candidates(page, sheet.frame_height) for page, sheet in zip(found, sheets, strict=True)]
    headers = furniture.repeated([top for top, _ in ends])
    footers = furniture.repeated([bottom for _, bottom in ends])
    bodies: list[list[Part]] = []
    beside: list[list[Part]] = []
    for sheet, page, top, bottom in zip(sheets, found, headers, footers, strict=True):
        away = [run for row in (*top, *bottom) for run in row.runs]
        taken = {id(run) for run in away}
        bodies.append(_body(sheet, [run for run in page if id(run) not in taken]))
        beside.append(
            [Part(BlockKind.PAGE_HEADER, [Run([w for r in row.runs for w in r.words])], sheet.number) for row in top]
            + [
                Part(BlockKind.PAGE_FOOTER, [Run([w for r in row.runs for w in r.words])], sheet.number)
                for row in reversed(bottom)
            ]
        )
    roles.give(bodies)
    _continue(bodies)
    return [[*body, *aside, *_others(sheet)] for sheet, body, aside in zip(sheets, bodies, beside, strict=True)]


def _body(sheet: Sheet, found: list[Run]) -> list[Part]:
    """Return the parts of a page's body: tables drawn with lines first, they are read as one thing."""
    drawn, rest = tables.drawn(found, sheet.rules)
    result: list[Part] = []
    for region in columns.regions([*rest, *(table.mark for table in drawn)], sheet.rules):
        result += _region(sheet, region, drawn)
    return result


def _region(sheet: Sheet, region: columns.Region, drawn: list[tables.Drawn]) -> list[Part]:
    inside = [(table, table.mark) for table in drawn if any(run is table.mark for run in region.runs)]
    if not inside:
        return _written(sheet, region.runs, region)
    result: list[Part] = []
    rest = [run for run in region.runs if not any(run is mark for _, mark in inside)]
    for table, mark in sorted(inside, key=lambda pair: pair[1].top):
        above = [run for run in rest if run.top + run.bottom < mark.top + mark.bottom]
        rest = [run for run in rest if run.top + run.bottom >= mark.top + mark.bottom]
        result += _written(sheet, above, region)
        result += _gridded(sheet, table.grid, table.lines, region)
    return result + _written(sheet, rest, region)


def _written(sheet: Sheet, found: list[Run], region: columns.Region) -> list[Part]:
    """Return the parts of runs without drawn tables; rows of aligned cells become a table."""
    result: list[Part] = []
    for kind, piece in tables.aligned(found):
        if kind is None:
            result += parts(columns.Region(piece, region.left, region.right), sheet.number)
        else:
            result += _gridded(sheet, kind, piece, region)
    return result


def _gridded(sheet: Sheet, grid: Grid, found: list[Run], region: columns.Region) -> list[Part]:
    """Return a table; or, of a form, each of its fields."""
    edges = (region.left, region.right)
    fields = forms.fields(grid)
    if fields is None:
        return [Part(BlockKind.TABLE, found, sheet.number, grid=grid, region=edges)]
    return [Part(BlockKind.METADATA, field, sheet.number, region=edges) for field in fields]


def _others(sheet: Sheet) -> list[Part]:
    """Return stamps, what is hidden, fields and comments."""
    result: list[Part] = []
    for group, hidden in ((sheet.stamps, False), (sheet.hidden, True)):
        if group:
            kind = BlockKind.PARAGRAPH if hidden else BlockKind.PAGE_HEADER
            found = lines(runs(group)) if hidden else [Run(list(group))]
            result.append(Part(kind, found, sheet.number, hidden=hidden))
    for extra in sheet.extras:
        kind = BlockKind.COMMENT if extra.comment else BlockKind.METADATA
        result.append(Part(kind, [], sheet.number, written=extra.text, author=extra.author))
    return result


def _continue(pages: Sequence[list[Part]]) -> None:
    """Join what columns cut, and mark what goes on overleaf."""
    last: Part | None = None
    for page in pages:
        joined: list[Part] = []
        for part in page:
            if part.kind in _FLOATING or part.kind is BlockKind.CODE:
                joined.append(part)
                continue
            if last is not None and roles.continues(last, part):
                if last.page == part.page and part.region != last.region:
                    last.lines = [*last.lines, *part.lines]
                    last.region = part.region
                    continue
                last.goes_on = part.continued = last.page != part.page and not joined
            joined.append(part)
            last = part
        page[:] = joined
