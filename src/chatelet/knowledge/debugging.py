"""What a question finds in a collection, and why: for those who curate it."""

from typing import Final
from uuid import UUID

from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.inference.gateway import Gateway
from chatelet.knowledge import service
from chatelet.knowledge.analysis import as_written
from chatelet.knowledge.finding import FoundPassage, find
from chatelet.knowledge.parts import Part
from chatelet.knowledge.schemas import SearchedPassage, SearchOut
from chatelet.policy.clearance import clear
from chatelet.policy.sensitivity import Label, Level

_SHOWN: Final = 40


async def search(
    services: DocumentServices, gateway: Gateway, principal: Principal, collection_id: UUID, question: str
) -> SearchOut:
    """Return the first passages with their scores, those that an answer would leave out too. Raises as `access`."""
    async with services.database.transaction() as session:
        row = await service.access(session, principal, collection_id, Part.CURATOR)
    ceiling = Level(services.settings.policy.highest_level)
    label = Label.of(row.collection.level, row.collection.categories)
    rules = services.policies.of(principal.units)
    clearance = clear(principal.person_id, label, ceiling=ceiling, rules=rules)
    found = await find(services, gateway, principal, [collection_id], question, clearance, places=_SHOWN, fitting=False)
    return SearchOut(
        items=[_searched(one, question) for one in found.hits],
        fits=found.fits,
        lexical_only=found.lexical_only,
        reranked_by=found.reranked_by,
        rerank_error=found.rerank_error,
    )


def _searched(one: FoundPassage, question: str) -> SearchedPassage:
    reasons = one.hit.reasons
    return SearchedPassage(
        file_id=one.file_id,
        document_id=one.document_id,
        name=one.name,
        page=one.page,
        start=one.start,
        text=one.text,
        score=one.hit.score,
        fits=one.hit.fits,
        lexical=reasons.lexical,
        proximity=reasons.proximity,
        cosine=reasons.cosine,
        weight=reasons.weight,
        relevance=reasons.relevance,
        matched=as_written(question, reasons.matched),
        missing=as_written(question, reasons.missing),
    )
