"""Passages to index, and each engine that holds them."""

import random
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest

from chatelet.kernel.identifiers import uuid7
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


@pytest.fixture
def source() -> random.Random:
    return random.Random(20261122)
