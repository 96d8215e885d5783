"""The instructions of a page without those that show the words taken off; all others stay, in their order.

What shows letters moves the pen: an instruction may only go when nothing that stays is shown from where it leaves the
pen, before the pen is put elsewhere. A page whose instructions are not those that the reader saw is left alone.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

import pikepdf
from pikepdf.models import PdfParsingError

_SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
_MOVES: Final = frozenset({"Td", "TD", "Tm", "T*", "BT", "ET", "'", '"'})
_HIDDEN_WORDS: Final = ("/ActualText", "/Alt", "/E")
MOST_BYTES: Final = 16 * 1024 * 1024  # of a page's instructions: a drawing of millions of strokes is left alone

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


@dataclass(frozen=True, slots=True)
class Chain:
    """Shows that follow each other without the pen being put elsewhere, by their rank."""

    ranks: tuple[int, ...]


def instructions(page: pikepdf.Page) -> list[Instruction] | None:
    """Return what a page draws; none when that is too much or cannot be read."""
    try:
        if _size(page) > MOST_BYTES:
            return None
        found: list[Instruction] = list(pikepdf.parse_content_stream(page))
        if all(str(one.operator) for one in found):  # raises for one whose name is no text
            return found
        return None
    except (pikepdf.PdfError, PdfParsingError, ValueError, TypeError):
        return None


def chains(found: Sequence[Instruction]) -> list[Chain]:
    """Return the shows of a page, in their order."""
    done: list[Chain] = []
    run: list[int] = []
    rank = 0
    for one in found:
        name = str(one.operator)
        if name in _MOVES and run:
            done.append(Chain(tuple(run)))
            run = []
        if name in _SHOWS and _has_letters(one):
            run.append(rank)
            rank += 1
    return [*done, Chain(tuple(run))] if run else done


def without(found: Sequence[Instruction], ranks: Collection[int]) -> bytes:
    """Return the instructions without some shows, inside a state of their own."""
    kept: list[Instruction] = [_instruction("q")]
    depth = rank = 0
    marked: list[Instruction] = []
    for one in found:
        name = str(one.operator)
        if name == "Q" and not depth:
            continue  # one too many: it would end the state around
        depth += (name == "q") - (name == "Q")
        if name in {"BDC", "BMC"}:
            marked.append(one)
        elif name == "EMC" and marked:
            marked.pop()
        if name in _SHOWS and _has_letters(one):
            rank += 1
            if rank - 1 in ranks:
                kept += _left_of(name, one)
                for mark in marked:
                    _forget_words(mark)
                continue
        kept.append(one)
    kept += [_instruction("Q")] * (depth + 1)
    return pikepdf.unparse_content_stream(kept) + b"\n"


def _size(page: pikepdf.Page) -> int:
    contents = page.obj.get("/Contents")
    if contents is None:
        return 0
    parts = list(contents.as_list()) if isinstance(contents, pikepdf.Array) else [contents]
    total = 0
    for part in parts:
        total += len(part.read_bytes())
        if total > MOST_BYTES:
            break
    return total


def _has_letters(one: Instruction) -> bool:
    operands = list(one.operands)
    if not operands:
        return False
    shown = operands[-1]
    if isinstance(shown, pikepdf.Array):
        return any(isinstance(part, pikepdf.String) and len(bytes(part)) for part in shown.as_list())
    return isinstance(shown, pikepdf.String) and len(bytes(shown)) > 0


def _left_of(name: str, one: Instruction) -> list[Instruction]:
    """Return what a show does besides: it may begin a line, and say how wide blanks are."""
    if name == "'":
        return [_instruction("T*")]
    if name == '"':
        word, letter = (Decimal(str(part)) for part in list(one.operands)[:2])
        return [_instruction("Tw", word), _instruction("Tc", letter), _instruction("T*")]
    return []


def _instruction(name: str, *operands: Decimal) -> pikepdf.ContentStreamInstruction:
    make = cast("Callable[..., pikepdf.ContentStreamInstruction]", pikepdf.ContentStreamInstruction)
    return make(list(operands), pikepdf.Operator(name))


def _forget_words(mark: Instruction) -> None:
    """Take out the words that a mark says stand for what it encloses."""
    for operand in list(mark.operands):
        if isinstance(operand, pikepdf.Dictionary):
            for key in _HIDDEN_WORDS:
                if key in operand:
                    del operand[key]
