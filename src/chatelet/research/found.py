"""What a research holds so far, opened: searches, sources, notes, conflicts, sections, by their places."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from chatelet.research.sealed import (
    Conflicts,
    Note,
    Notes,
    Piece,
    Proposals,
    Sealer,
    Search,
    Section,
    Source,
)
from chatelet.research.tables import ResearchPiece


@dataclass(slots=True)
class Found:
    """Grows as pieces are kept; made again from them when another process goes on."""

    searches: dict[str, Search] = field(default_factory=dict[str, Search])
    sources: dict[int, Source] = field(default_factory=dict[int, Source])
    notes: dict[tuple[int, int], Notes] = field(default_factory=dict[tuple[int, int], Notes])
    conflicts: dict[int, Conflicts] = field(default_factory=dict[int, Conflicts])
    sections: dict[int | None, Section] = field(default_factory=dict[int | None, Section])
    proposals: Proposals | None = None

    def add(self, name: str, piece: Piece) -> None:
        """Hold one more piece."""
        match piece:
            case Search():
                self.searches[name] = piece
            case Source():
                self.sources[piece.number] = piece
            case Notes():
                self.notes[piece.item, piece.source] = piece
            case Conflicts():
                self.conflicts[piece.item] = piece
            case Section():
                self.sections[piece.item] = piece
            case Proposals():
                self.proposals = piece

    def sources_of(self, item: int) -> list[Source]:
        """Return what was read for a sub-question, in the order in which it was named."""
        numbers = [
            number
            for name, search in sorted(self.searches.items(), key=lambda pair: _ranks(pair[0]))
            if name.startswith(f"{item}.")
            for number in search.sources
        ]
        return [self.sources[number] for number in dict.fromkeys(numbers) if number in self.sources]

    def notes_of(self, item: int) -> list[tuple[Source, int, Note]]:
        """Return the notes of a sub-question with their source and their rank there."""
        return [
            (source, rank, note)
            for source in self.sources_of(item)
            if (item, source.number) in self.notes
            for rank, note in enumerate(self.notes[item, source.number].notes)
        ]

    @property
    def noted(self) -> int:
        """How many notes there are."""
        return sum(len(one.notes) for one in self.notes.values())


def of(sealer: Sealer, rows: Iterable[ResearchPiece]) -> Found:
    """Open the pieces of a research."""
    found = Found()
    for row in rows:
        found.add(row.name, sealer.piece(row.kind, row.name, row.sealed))
    return found


def _ranks(name: str) -> list[int]:
    return [int(part) for part in name.split(".")]
