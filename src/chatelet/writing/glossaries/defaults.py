"""What works use without being asked: glossaries and memories that a person, or their units, use by default."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from chatelet.writing.glossaries import queries, sealing
from chatelet.writing.services import WritingServices
from chatelet.writing.task import Term
from chatelet.writing.term_files import Unit


class Defaults(NamedTuple):
    """Terms and segments, one's own before those of units."""

    terms: Sequence[Term] = ()
    units: Sequence[Unit] = ()


async def read(
    services: WritingServices, person_id: UUID, units: Collection[UUID], source: str, target: str
) -> Defaults:
    """Return what is used by default between two languages."""
    async with services.database.transaction() as session:
        rows = await queries.by_default(session, person_id, units, source, target)
    found = [row for row in rows if row.kind == "terms"]
    memories = [row for row in rows if row.kind == "memory"]
    return Defaults(
        [term for row in found for term in sealing.terms(services.keyring, row)],
        [unit for row in memories for unit in sealing.units(services.keyring, row)],
    )


def joined(first: Sequence[Term], then: Sequence[Term]) -> tuple[Term, ...]:
    """Return terms, the first said of each word: what was chosen wins over what is used by default."""
    chosen: dict[str, Term] = {}
    for term in (*first, *then):
        chosen.setdefault(term.source, term)
    return tuple(chosen.values())
