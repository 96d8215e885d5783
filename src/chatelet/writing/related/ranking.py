"""Works ranked beside the sentences of a draft: which sentence a work answers, and by which words. Pure.

A word counts the more the fewer sentences and works have it. The extract is a slice of the abstract, never rewritten; a
work without abstract is judged by its title, and says so by its missing abstract.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.connectors.scholarly.record import Record
from chatelet.connectors.scholarly.references.extraction import Reference
from chatelet.connectors.scholarly.references.matching import compare
from chatelet.knowledge.analysis import as_written, terms_of
from chatelet.knowledge.languages import language_of
from chatelet.knowledge.sentences import sentences_of

MOST_PROPOSED: Final = 40
_LEAST_SHARED: Final = 2
_SHOWN_WORDS: Final = 8
_SHORT: Final = 3  # letters: shorter terms say nothing alone


@dataclass(frozen=True, slots=True)
class Proposal:
    """A work and why: `statement` is the place of a sentence, `shared` its words that the work has.

    `extract` is the sentence of its abstract that has most of them, empty without abstract. `cited`: the place in the
    draft's own list, when it is there already.
    """

    work: Record
    statement: int
    shared: tuple[str, ...]
    extract: str
    score: float
    cited: int | None = None


def rank(works: Sequence[Record], statements: Sequence[str], cited: Sequence[Reference]) -> list[Proposal]:
    """Return the works that share something with a sentence, best first."""
    language = language_of(" ".join(statements)[:20_000])
    said = [_terms(one, language_of(one, language)) for one in statements]
    held = [_of_work(one) for one in works]
    count = Counter(term for one in [*said, *held] for term in one)
    total = len(said) + len(held)
    rarity = {term: math.log(1 + total / times) for term, times in count.items()}
    found = [
        proposal
        for work, terms in zip(works, held, strict=True)
        if (proposal := _proposal(work, terms, statements, said, rarity, language)) is not None
    ]
    ranked = sorted(found, key=lambda one: -one.score)[:MOST_PROPOSED]
    return [_with_cited(one, cited) for one in ranked]


def _proposal(
    work: Record,
    terms: frozenset[str],
    statements: Sequence[str],
    said: Sequence[frozenset[str]],
    rarity: dict[str, float],
    language: str,
) -> Proposal | None:
    def weight(place: int) -> float:
        shared = terms & said[place]
        if len(shared) < _LEAST_SHARED:
            return 0.0
        return sum(rarity[term] for term in shared) / math.sqrt(len(said[place]) + 1)

    scores = [weight(place) for place in range(len(said))]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None or scores[best] <= 0:
        return None
    shared = sorted(terms & said[best], key=lambda term: (-rarity[term], term))
    others = sorted(scores, reverse=True)[1:4]  # a work that answers several sentences goes before
    return Proposal(
        work=work,
        statement=best,
        shared=tuple(as_written(statements[best], shared[:_SHOWN_WORDS])),
        extract=_extract(work.abstract or "", frozenset(shared), language),
        score=round(scores[best] + sum(others) / 10, 4),
    )


def _of_work(work: Record) -> frozenset[str]:
    text = " ".join(one for one in (work.title, work.subtitle, work.abstract) if one)
    return _terms(text, language_of(text))


def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(term for term in terms_of(text, language) if len(term) >= _SHORT and not term.isdigit())


def _extract(abstract: str, shared: frozenset[str], language: str) -> str:
    """Return the sentence of an abstract that has most of these terms, word for word."""
    spoken = language_of(abstract) if abstract else language
    sentences = [abstract[start:end].strip() for start, end in sentences_of(abstract)]
    held = [(len(_terms(one, spoken) & shared), one) for one in sentences]
    best = max(held, key=lambda one: one[0], default=(0, ""))
    return best[1] if best[0] else ""


def _with_cited(proposal: Proposal, cited: Sequence[Reference]) -> Proposal:
    place = next((at for at, one in enumerate(cited) if _is_cited(proposal.work, one)), None)
    if place is None:
        return proposal
    return Proposal(
        proposal.work, proposal.statement, proposal.shared, proposal.extract, proposal.score, cited=place
    )  # fmt: skip


def _is_cited(work: Record, reference: Reference) -> bool:
    if reference.doi and work.identifiers.doi:
        return reference.doi.lower() == work.identifiers.doi.lower()
    if reference.arxiv and work.identifiers.arxiv:
        return reference.arxiv.lower() == work.identifiers.arxiv.lower()
    return compare(reference, work).is_same
