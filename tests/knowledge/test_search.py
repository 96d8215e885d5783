"""The order of what is found, and its reasons: words first, vectors when words are lost, nothing when nothing fits."""

from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.engines.contract import Scope
from chatelet.knowledge.engines.memory import MemoryEngine
from chatelet.knowledge.extraction import extract
from chatelet.knowledge.fusion import OTHER_WORDS, SAME_WORDS, Evidence, Scored, fuse, weight_of
from chatelet.knowledge.passages import IndexedPassage, Window
from chatelet.knowledge.search import Asked, Mode, Outcome, search
from chatelet.knowledge.selection import select
from tests.knowledge.conftest import made

TEXTS = (
    "Le délai de recours contentieux est de deux mois. Il court à compter de la notification.",
    "Les déchets verts sont ramassés le mardi. Le recours au compostage est encouragé.",
    "La bibliothèque ouvre à neuf heures, sauf le lundi.",
)


async def _ask(
    text: str, passages: list[IndexedPassage], *vectors: tuple[float, ...], mode: Mode = Mode.HYBRID
) -> Outcome:
    engine = MemoryEngine()
    await engine.index(passages)
    scope = Scope(frozenset({passages[0].collection_id}))
    if not vectors:
        return await search(engine, Asked(text, "fr"), scope, 10)
    await engine.add_windows([Window(one.id, vector) for one, vector in zip(passages, vectors[1:], strict=True)], "m")
    return await search(engine, Asked(text, "fr", vectors[0], "m", mode), scope, 10)


async def test_the_best_passage_comes_with_its_reasons() -> None:
    passages = made(TEXTS)
    outcome = await _ask("Quel est le délai de recours ?", passages)
    first = outcome.hits[0]
    assert first.passage == passages[0]
    assert first.reasons.matched == ("delai", "recou")
    assert first.reasons.missing == ()
    assert first.reasons.proximity > 0
    assert first.coverage == 1
    assert outcome.hits[1].reasons.missing == ("delai",)
    assert outcome.fits


async def test_vectors_carry_when_no_word_is_known() -> None:
    passages = made(TEXTS)
    near = await _ask("opening hours", passages, (0.0, 1.0), (1.0, 0.0), (0.8, 0.6), (0.1, 0.99))
    assert near.hits[0].passage == passages[2]
    assert near.hits[0].reasons.weight == OTHER_WORDS
    words = await _ask("opening hours", passages, (0.0, 1.0), (1.0, 0.0), (0.8, 0.6), (0.1, 0.99), mode=Mode.LEXICAL)
    assert words.hits == ()


async def test_nothing_fits_what_nobody_wrote() -> None:
    assert not (await _ask("Combien pèse un éléphant de mer adulte ?", made(TEXTS))).fits
    outcome = await _ask("Quel est le recours d'un zoologiste canadien ?", made(TEXTS))
    assert {hit.passage.text for hit in outcome.hits} == {TEXTS[0], TEXTS[1]}
    assert not outcome.fits
    assert extract(outcome.hits, outcome.rarity, None, None) is None


async def test_a_quote_is_a_slice_of_its_passage() -> None:
    outcome = await _ask("À quelle heure ouvre la bibliothèque ?", made(TEXTS))
    found = extract(outcome.hits, outcome.rarity, None, None)
    assert found is not None
    assert found.quote == TEXTS[2] == found.passage.text[found.start : found.end]


async def test_twins_are_given_once() -> None:
    collection = uuid7()
    passages = [*made(TEXTS[:1], collection), *made(TEXTS[:1], collection), *made(TEXTS[1:2], collection)]
    outcome = await _ask("délai de recours", passages)
    assert len(outcome.hits) == 3
    assert [hit.passage.text for hit in select(outcome.hits, 3)] == [TEXTS[0], TEXTS[1]]


async def test_one_document_does_not_take_every_place() -> None:
    collection = uuid7()
    long = made([f"Le recours numéro {number} est recevable ; motif {number * 7}." for number in range(8)], collection)
    other = made(["Une longue circulaire parle aussi, entre bien d'autres choses, de recours."], collection)
    chosen = select((await _ask("recours recevable", [*long, *other])).hits, 4)
    assert other[0] in [hit.passage for hit in chosen]
    assert len(chosen) == 4


def test_the_weight_turns_with_the_evidence() -> None:
    assert weight_of(Evidence(coverage=1.0, nearer=0.0, abroad=False)) == SAME_WORDS
    assert weight_of(Evidence(coverage=0.8, nearer=0.3, abroad=False)) == SAME_WORDS
    assert weight_of(Evidence(coverage=0.1, nearer=0.0, abroad=False)) == OTHER_WORDS
    assert weight_of(Evidence(coverage=0.4, nearer=0.6, abroad=True)) == OTHER_WORDS


def test_fusion_holds_without_one_of_the_two() -> None:
    assert fuse([Scored(4.0, None), Scored(2.0, None)], 0.9) == [1.0, 0.5]
    assert fuse([Scored(0.0, 0.9), Scored(0.0, 0.1)], 0.1) == [1.0, 0.0]
    assert fuse([Scored(0.0, 0.5)], 0.5) == [0.0]
    assert fuse([], 0.5) == []
