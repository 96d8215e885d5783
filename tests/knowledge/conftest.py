"""Passages to index, and each engine that holds them."""

import random
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest

from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.analysis import question_terms
from chatelet.knowledge.engines.contract import Found
from chatelet.knowledge.passages import IndexedPassage

Make = Callable[..., list[IndexedPassage]]

WORDS = (
    "comète orbite planète lumière télescope décret arrêté budget commune école élève rentrée marché facture délai "
    "contrat agent congé retraite hôpital patient soin médecin rivière pont canal écluse barrage forêt loup troupeau"
).split()


def made(
    texts: Sequence[str], collection: UUID | None = None, title: str = "", language: str = "fr"
) -> list[IndexedPassage]:
    """Return the passages of one version of one document."""
    collection, document, version = collection or uuid7(), uuid7(), uuid7()
    return [
        IndexedPassage(uuid7(), collection, document, version, ordinal, text, 0, len(text), 1, title, (), language)
        for ordinal, text in enumerate(texts)
    ]


def sentence(source: random.Random, words: int = 12) -> str:
    return " ".join(source.choices(WORDS, k=words)).capitalize() + "."


def random_question(source: random.Random) -> tuple[str, ...]:
    """Return terms as a question gives them: known words, some of them in titles only, and unknown ones."""
    words = source.choices([*WORDS, "nord", "sud", "rapport", "confidentiel"], k=source.randint(1, 5))
    return tuple(question_terms(" ".join(words), "fr"))


def twins(source: random.Random, texts: int = 40) -> tuple[list[IndexedPassage], list[IndexedPassage]]:
    """Return the passages of a unit; and of another the same ones, and more, under titles of its own."""
    same = [sentence(source) for _ in range(texts)]
    foreign = [*same, *(sentence(source) for _ in range(texts // 2))]
    return made(same, title="Rapport du Nord"), made(foreign, title="Rapport confidentiel du Sud")


def same(given: Found, expected: Found) -> bool:
    """Tell whether passages, scores and what is counted are those of an index without the other unit."""
    scores = {one.passage: one.lexical for one in expected.candidates}
    return (
        given.rarity == pytest.approx(expected.rarity)
        and len(given.candidates) == len(scores)
        and all(abs(scores.get(one.passage, -1) - one.lexical) < 1e-9 for one in given.candidates)
    )


@pytest.fixture
def source() -> random.Random:
    return random.Random(20261122)
