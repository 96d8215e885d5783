"""A summary as its person sees it: the whole once it is done, the notes taken so far before."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from chatelet.conversations.schemas import CitationOut
from chatelet.evidence.passage import Citation
from chatelet.kernel.crypto import Keyring
from chatelet.writing.summary.checking import Note
from chatelet.writing.summary.coverage import Coverage
from chatelet.writing.summary.summarising import Summary
from chatelet.writing.tables import Work, WorkPiece
from chatelet.writing.works.sealed import Sealer
from chatelet.writing.works.summary_schemas import CoverageOut, SummaryOut, UnreadOut

_MOST_NOTES: Final = 300  # of a partial result: a person reads the last ones


def told_of(keyring: Keyring, row: Work) -> Summary | None:
    """Return the summary of a work that is done."""
    if row.told_sealed is None:
        return None
    return Sealer.of(keyring, row.id, row.wrapped_key).told(row.told_sealed).summary


def shown(keyring: Keyring, row: Work, pieces: Iterable[WorkPiece]) -> SummaryOut:
    """Return a summary, or what there is of it."""
    told = told_of(keyring, row)
    if told is not None:
        return _whole(told)
    sealer = Sealer.of(keyring, row.id, row.wrapped_key)
    steps = [step for piece in pieces if (step := sealer.step(piece.sealed, piece.id)).stage == 0]
    notes = [note for step in sorted(steps, key=lambda one: one.place) for note in step.notes]
    text, citations = _listed(notes[:_MOST_NOTES])
    return SummaryOut(
        text=text,
        is_partial=True,
        checks=[_citation(one) for one in citations],
        statements=len(notes),
        held=len(notes),
        coverage=[],
        notices=[],
    )


def _whole(told: Summary) -> SummaryOut:
    return SummaryOut(
        text=told.text,
        is_partial=False,
        checks=[_citation(one) for one in told.citations],
        statements=told.statements,
        held=told.held,
        coverage=[_coverage(one) for one in told.coverage],
        notices=list(told.notices),
    )


def _listed(notes: Sequence[Note]) -> tuple[str, list[Citation]]:
    """Return notes as a list, with the numbers of their passages where they come."""
    text = ""
    shown_as: dict[int, int] = {}
    found: list[Citation] = []
    for note in notes:
        text += "- "
        start = len(text)
        text += note.text
        marked: list[Citation] = []
        for one in note.citations:
            number = shown_as.setdefault(one.number, len(shown_as) + 1)
            text += " "
            marker = (len(text), len(text) + len(f"[{number}]"))
            text += f"[{number}]"
            marked.append(replace(one, number=number, marker=marker))
        found += [replace(one, start=start, end=len(text)) for one in marked]
        text += "\n"
    return text, found


def _coverage(one: Coverage) -> CoverageOut:
    return CoverageOut(
        file_id=one.file_id,
        name=one.name,
        pages=one.pages,
        passages=one.passages,
        read=one.read,
        cited=one.cited,
        same=one.same,
        cited_pages=list(one.cited_pages),
        unread=[UnreadOut(first=part.first, last=part.last, reason=part.reason) for part in one.unread],
    )


def _citation(one: Citation) -> CitationOut:
    marker_start, marker_end = one.marker or (None, None)
    return CitationOut(
        start=one.start,
        end=one.end,
        verified=one.verified,
        reason=one.reason,
        number=one.number,
        marker_start=marker_start,
        marker_end=marker_end,
        message_id=None,
        file_id=one.file_id,
        page=one.page,
        source_start=one.source_start,
        source_end=one.source_end,
    )
