"""Tables: those drawn with lines, from the grid the lines make; those without, from cells aligned over several rows.

A drawn table's cells take the words that lie in them. Cells without a line between them are one.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from chatelet.documents.parsing.layout.lines import Run, lines, rows, runs
from chatelet.documents.parsing.layout.parts import Grid, GridCell
from chatelet.documents.parsing.layout.words import Rule, Word

_NEAR = 3.0  # points: lines that close meet
_LEAST_SIDE = 4.0
_LEAST_ROWS = 3
_MOST_CELLS = 6_000
_MOST_PAIRS = 500_000  # of lines: more is a drawing or a plot
_MOST_TABLES = 100  # on one page
_MOST_TRIES = 200  # at finding where one begins
_WIDE, _LONG, _FILLED = 5, 8, 0.7
_READ_ON = 0.5  # of the rows: the next one goes on with their sentence
_LINE = 6.0  # words of a row, on average: those of a line
_GOING_ON = re.compile(r"[^\W\d_][,:]?$")
_BULLETS = frozenset("•●▪*·")
_LEADERS = re.compile(r"(?:[.…_]\s?){4,}")
_MARKER = re.compile(r"^(?:\W{1,2}|\(?\w{1,4}[.)°]|\d{1,2}(?:\.\d{1,2})*\.?|[*∗†‡§]|\[\d{1,3}\])$")


@dataclass
class Drawn:
    """A table drawn with lines; `mark` stands for it among the runs of its page."""

    grid: Grid
    lines: list[Run]
    mark: Run


def drawn(found: Sequence[Run], rules: Sequence[Rule]) -> tuple[list[Drawn], list[Run]]:
    """Return the tables drawn with lines and the runs outside them."""
    groups = _groups(rules)
    if not groups:
        return [], list(found)
    words = [word for run in found for word in run.words]
    tables: list[Drawn] = []
    taken: set[int] = set()
    for level, upright in groups[:_MOST_TABLES]:
        table = _table(level, upright, [word for word in words if id(word) not in taken])
        if table is not None:
            tables.append(table)
            taken.update(id(word) for line in table.lines for word in line.words)
    if not tables:
        return [], list(found)
    rest: list[Run] = []
    for run in found:
        left = [word for word in run.words if id(word) not in taken]
        if len(left) == len(run.words):
            rest.append(run)
        elif left:
            rest += runs(left)
    return tables, rest


def _groups(rules: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the level and upright lines that meet each other, group by group."""
    level = [rule for rule in rules if rule.level and rule.right - rule.left > _LEAST_SIDE]
    upright = [rule for rule in rules if not rule.level and rule.bottom - rule.top > _LEAST_SIDE]
    if len(level) < 2 or len(upright) < 2 or len(level) * len(upright) > _MOST_PAIRS:
        return []
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for at, across in enumerate(upright, start=len(level)):
        for index, lying in enumerate(level):
            if _meet(lying, across):
                parent[root(index)] = root(at)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*level, *upright]):
        group = groups.setdefault(root(index), ([], []))
        group[0 if index < len(level) else 1].append(rule)
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1]


def _meet(lying: Rule, across: Rule) -> bool:
    x, y = (across.left + across.right) / 2, (lying.top + lying.bottom) / 2
    return lying.left - _NEAR <= x <= lying.right + _NEAR and across.top - _NEAR <= y <= across.bottom + _NEAR


def _table(level: list[Rule], upright: list[Rule], words: Sequence[Word]) -> Drawn | None:
    xs = _places([(rule.left + rule.right) / 2 for rule in upright])
    ys = _places([(rule.top + rule.bottom) / 2 for rule in level])
    columns, height = len(xs) - 1, len(ys) - 1
    if columns < 2 or height < 1 or columns * height > _MOST_CELLS:
        return None
    inside: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        if xs[0] < x < xs[-1] and ys[0] < y < ys[-1]:
            inside.setdefault((bisect_right(ys, y) - 1, bisect_right(xs, x) - 1), []).append(word)
    if len(inside) < 0.3 * columns * height or len({column for _, column in inside}) < 2:
        return None
    grid = Grid(_cells(xs, ys, level, upright, inside), height, columns)
    _split_rows(grid)
    everything = [line for cell in grid.cells for line in cell.lines]
    if not everything:
        return None
    mark = Run([_stand_in(xs[0], ys[0], xs[-1], ys[-1], everything[0].size)])
    return Drawn(grid, everything, mark)


def _stand_in(left: float, top: float, right: float, bottom: float, size: float) -> Word:
    return Word("\ufffc", (left, top, right, bottom), size, -1)


def _places(values: list[float]) -> list[float]:
    """Return the distinct places among near ones."""
    values.sort()
    result: list[float] = []
    for value in values:
        if not result or value - result[-1] > _NEAR:
            result.append(value)
    return result


def _cells(
    xs: list[float],
    ys: list[float],
    level: list[Rule],
    upright: list[Rule],
    inside: dict[tuple[int, int], list[Word]],
) -> list[GridCell]:
    """Return the cells, those without a line between them joined."""
    done: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in done:
                continue
            width, height = 1, 1
            middle = (ys[row] + ys[row + 1]) / 2
            while column + width < len(xs) - 1 and not _stands(upright, xs[column + width], middle):
                width += 1
            while row + height < len(ys) - 1 and not any(
                _lies(level, ys[row + height], (xs[at] + xs[at + 1]) / 2) for at in range(column, column + width)
            ):
                height += 1
            places = [(row + down, column + across) for down in range(height) for across in range(width)]
            words = [word for place in places if place not in done for word in inside.get(place, ())]
            done.update(places)
            cells.append(GridCell(row, column, lines(runs(words)), height, width, header=row == 0))
    return cells


def _stands(upright: list[Rule], x: float, y: float) -> bool:
    return any(abs((r.left + r.right) / 2 - x) <= _NEAR and r.top - 1 <= y <= r.bottom + 1 for r in upright)


def _lies(level: list[Rule], y: float, x: float) -> bool:
    return any(abs((r.top + r.bottom) / 2 - y) <= _NEAR and r.left - 1 <= x <= r.right + 1 for r in level)


def _split_rows(grid: Grid) -> None:
    """Part rows that have no line between them: every cell has as many lines, on the same levels."""
    result: list[GridCell] = []
    shift = 0
    for row in range(grid.rows):
        cells = [cell for cell in grid.cells if cell.row == row]
        counts = {len(cell.lines) for cell in cells if cell.lines}
        many = next(iter(counts)) if len(counts) == 1 else 1
        if many < _LEAST_ROWS or any(cell.rows > 1 for cell in cells) or not _aligned(cells, many):
            for cell in cells:
                cell.row += shift
            result += cells
            continue
        for index in range(many):
            result += [
                GridCell(row + shift + index, cell.column, cell.lines[index : index + 1], 1, cell.columns, cell.header)
                for cell in cells
            ]
        shift += many - 1
    grid.cells, grid.rows = result, grid.rows + shift


def _aligned(cells: list[GridCell], many: int) -> bool:
    filled = [cell for cell in cells if cell.lines]
    first = filled[0].lines
    return len(filled) > 1 and all(
        abs(cell.lines[index].top - first[index].top) < 0.4 * first[index].size
        for cell in filled
        for index in range(many)
    )


def aligned(found: Sequence[Run]) -> list[tuple[Grid | None, list[Run]]]:
    """Part runs into tables without lines and the rest, from top to bottom."""
    grouped = [_unmarked(row) for row in rows(found)]
    leaders = [any(_LEADERS.search(run.text) for run in row) for row in grouped]
    tries = 0
    result: list[tuple[Grid | None, list[Run]]] = []
    plain: list[Run] = []
    index = 0
    while index < len(grouped):
        end = _table_end(grouped, leaders, index) if tries < _MOST_TRIES else index
        tries += end - index > 1
        grid = _grid(grouped[index:end]) if end - index >= 2 else None
        if grid is None:
            plain += grouped[index]
            index += 1
            continue
        if plain:
            result.append((None, plain))
            plain = []
        result.append((grid, [line for cell in grid.cells for line in cell.lines]))
        index = end
    if plain:
        result.append((None, plain))
    return result


def _unmarked(row: list[Run]) -> list[Run]:
    """Join the mark of an item, or its number, to what follows it."""
    if len(row) < 2 or len(row[0].words) > 1:
        return row
    mark = row[0].words[0].text
    near = row[1].left - row[0].right < 4 * row[0].size
    if mark in _BULLETS or (len(row) == 2 and near and _MARKER.match(mark)):
        return [Run([*row[0].words, *row[1].words]), *row[2:]]
    return row


def _table_end(grouped: list[list[Run]], leaders: list[bool], start: int) -> int:
    """Return after which row a table that begins here ends: rows of one run may only go on a cell."""
    index = start
    last_many = start
    while index < len(grouped):
        row = grouped[index]
        if leaders[index]:
            break
        if index > start and row[0].top - grouped[index - 1][0].bottom > 2.5 * row[0].size:
            break
        if len(row) > 1:
            last_many = index + 1
        elif index - last_many >= 2 or index == start:
            break
        index += 1
    return last_many


def _grid(grouped: list[list[Run]]) -> Grid | None:
    """Return the table some rows make; None when their cells do not stand under each other."""
    many = [row for row in grouped if len(row) > 1]
    if len(many) < _LEAST_ROWS and not (len(many) == 2 and min(len(row) for row in many) > 2):
        return None
    strips = _strips(many)
    if len(strips) < 2 or len(many) < 0.6 * len(grouped) or not _cellular(many, strips) or _reads_on(grouped):
        return None
    grouped = [[piece for run in row for piece in _cut(run, strips)] for row in grouped]
    grid = Grid(columns=len(strips))
    number = -1
    for row in grouped:
        places = [bisect_right([left for left, _ in strips], (run.left + run.right) / 2) - 1 for run in row]
        if number >= 0 and len(row) == 1 and max(places) > 0 and _goes_on(grid, number, max(places), row[0]):
            continue
        number += 1
        for place, run in zip(places, row, strict=True):
            known = next(
                (cell for cell in grid.cells[-grid.columns :] if cell.row == number and cell.column == max(0, place)),
                None,
            )
            if known is None:
                grid.cells.append(GridCell(number, max(0, place), [run], header=number == 0))
            else:
                known.lines = [Run([*known.lines[0].words, *run.words])]
        _fill(grid, number)
    grid.rows = number + 1
    return None if _scattered(grid) else grid


def _begun(row: list[Run]) -> str:
    """Return the first letter of a row, that of its item rather than its mark."""
    words = [word.text for word in row[0].words if word.text not in _BULLETS]
    return words[0][:1] if words else ""


def _scattered(grid: Grid) -> bool:
    """Tell whether few rows leave many of their many columns empty: the words of a drawing."""
    filled = sum(1 for cell in grid.cells if cell.lines)
    return grid.columns >= _WIDE and grid.rows < _LONG and filled < _FILLED * grid.rows * grid.columns


def _reads_on(grouped: list[list[Run]]) -> bool:
    """Tell whether rows are lines of prose whose words stand far apart, as around formulas: one goes on in the next."""
    words = sum(len(run.words) for row in grouped for run in row)
    on = sum(
        1 for row, after in itertools.pairwise(grouped) if _begun(after).islower() and _GOING_ON.search(row[-1].text)
    )
    return words >= _LINE * len(grouped) and on >= _READ_ON * (len(grouped) - 1)


def _fill(grid: Grid, number: int) -> None:
    """Add the empty cells of a row, so that what follows keeps its column."""
    there = {cell.column for cell in grid.cells[-grid.columns :] if cell.row == number}
    grid.cells += [
        GridCell(number, column, [], header=number == 0) for column in range(grid.columns) if column not in there
    ]


def _goes_on(grid: Grid, number: int, column: int, run: Run) -> bool:
    """Add a run to the cell above it when it follows at once."""
    cell = next(
        (cell for cell in grid.cells[-grid.columns :] if cell.row == number and cell.column == column and cell.lines),
        None,
    )
    if cell is None or run.top - cell.lines[-1].bottom > 0.6 * run.size:
        return False
    cell.lines.append(run)
    return True


def _strips(many: list[list[Run]]) -> list[tuple[float, float]]:
    """Return the columns: strips that cells fill, parted by strips that hardly any cell crosses."""
    strips: list[tuple[float, float]] = []
    widest = max(len(row) for row in many)
    full = [row for row in many if len(row) >= max(2, 0.6 * widest)]
    for run in sorted((run for row in full for run in row), key=lambda run: run.left):
        if strips and run.left < strips[-1][1] + 0.3 * run.size:
            strips[-1] = (strips[-1][0], max(strips[-1][1], run.right))
        else:
            strips.append((run.left, run.right))
    return strips


def _cut(run: Run, strips: list[tuple[float, float]]) -> list[Run]:
    """Cut a run where it passes from one column to the next between two words."""
    pieces: list[list[Word]] = [[run.words[0]]]
    for before, word in zip(run.words, run.words[1:], strict=False):
        parted = any(
            before.right <= right[0] + 1
            and word.left >= left[1] - 1
            and before.left < left[1]
            and word.right > right[0]
            for left, right in itertools.pairwise(strips)
        )
        if parted:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return [Run(words) for words in pieces] if len(pieces) > 1 else [run]


def _cellular(many: list[list[Run]], strips: list[tuple[float, float]]) -> bool:
    """Tell whether the rows have cells rather than writing: short ones, in most columns."""
    cells = sum(len(row) for row in many)
    words = sum(len(run.words) for row in many for run in row)
    if cells < 0.5 * len(many) * len(strips):
        return False
    return words / cells <= (7.0 if len(strips) > 2 else 5.0)
