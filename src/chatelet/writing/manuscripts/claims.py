"""What a draft says of the works that it cites, beside their abstracts: checked by `evidence`, never by a model.

    supported   the abstract holds what the sentence says
    apart       the abstract says something else: it denies it, or gives the figure of another thing
    silent      the abstract does not tell: a work says more than its abstract, and may be in another language

`silent` is no reproach. An abstract that is not known is not compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from chatelet.connectors.scholarly.record import Record
from chatelet.connectors.scholarly.references.checking import Checked
from chatelet.evidence.passage import Citation, Passage, Reason, Statement
from chatelet.evidence.statements import StatementStream
from chatelet.evidence.support import Support
from chatelet.writing.manuscripts.pairing import Paired

Told = Literal["supported", "apart", "silent"]
MOST: Final = 400
_APART: Final[frozenset[Reason]] = frozenset({"negation_apart", "figures_apart"})
_LONGEST: Final = 600


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that cites a reference (its place in the list), and what the abstract tells of it."""

    sentence: str
    reference: int
    told: Told
    reason: Reason | None
    extract: str


def compare(body: str, paired: Sequence[Paired], checked: Sequence[Checked]) -> list[Claim]:
    """Compare each sentence that cites works whose abstract is known."""
    passages = {at: passage for at, one in enumerate(checked) if (passage := _passage(at, one.work)) is not None}
    if not passages:
        return []
    support = Support(list(passages.values()))
    stream = StatementStream()
    statements = [*stream.feed(_marked(body, paired)), *stream.flush()]
    claims = [claim for one in statements for claim in _claims(one, support, passages)]
    return claims[:MOST]


def _passage(at: int, work: Record | None) -> Passage | None:
    """Return an abstract with what a sentence may name of the work itself: authors, year, title."""
    if work is None or not work.abstract:
        return None
    names = ", ".join(one.name for one in work.authors[:20])
    return Passage(f"{names} ({work.year or ''}). {work.title or ''}.\n{work.abstract}", number=at + 1)


def _marked(body: str, paired: Sequence[Paired]) -> str:
    """Return the body with each call as the numbers of its references, which `StatementStream` reads."""
    pieces: list[str] = []
    after = 0
    for one in paired:
        numbers = ", ".join(str(place + 1) for place in one.references)
        pieces += [body[after : one.call.start], f" [{numbers}]" if numbers else ""]
        after = one.call.end
    return "".join([*pieces, body[after:]])


def _claims(statement: Statement, support: Support, passages: dict[int, Passage]) -> list[Claim]:
    known = tuple(one for one in dict.fromkeys(statement.markers) if one.number - 1 in passages)
    if not known:
        return []
    whole = len({one.number for one in statement.markers}) == len({one.number for one in known})
    together = support.check(replace(statement, markers=known)) if whole else []
    held = {one.number: one for one in together if one.verified}
    seen: dict[int, Claim] = {}
    for marker in known:
        alone = held.get(marker.number) or support.check(replace(statement, markers=(marker,)))[0]
        seen.setdefault(marker.number, _claim(statement, alone, passages[marker.number - 1], len(known)))
    return list(seen.values())


def _claim(statement: Statement, citation: Citation, passage: Passage, cited: int) -> Claim:
    """Say no more than is shown: of several works cited together, none is said to deny what another may hold."""
    told: Told = "supported" if citation.verified else "silent"
    if citation.reason in _APART and cited == 1:
        told = "apart"
    shown = passage.text[citation.source_start : citation.source_end] if told != "silent" else ""
    sentence = " ".join(statement.text.split())
    return Claim(sentence[:_LONGEST], citation.number - 1, told, citation.reason, " ".join(shown.split())[:_LONGEST])
