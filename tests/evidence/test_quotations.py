"""Quotations: found wherever the stream is cut, verified word for word in what was given, never outside it."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.evidence.citations import LONGEST, QuotationStream
from chatelet.evidence.passage import Passage, Quotation
from chatelet.evidence.verification import verify
from chatelet.kernel.text import FoldedText, fold

GIVEN = (
    "La durée de conservation des dossiers médicaux est de vingt ans à compter du dernier séjour. "
    "Elle ne peut être réduite que par décision écrite du directeur de l’établissement, prise après avis "
    "de la commission. L’œuvre de la marquise demeure ; les cœurs s'y retrouvent. "
) * 2


def quotations(*pieces: str) -> list[Quotation]:
    machine = QuotationStream()
    for piece in pieces:
        machine.feed(piece)
    return machine.flush()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("Il dit « vingt ans à compter » puis", ["vingt ans à compter"]),
        ('He said "twenty years" and “no more”.', ["twenty years", "no more"]),
        ("« un « deux » trois »", ["un « deux"]),
        ("`« code »` puis « texte »", ["texte"]),
        ("```\n« code »\n```\n« texte »", ["texte"]),
        ("« jamais\n\nfermé » et « fermé »", ["fermé"]),
        ("« a `b` c »", []),
        ("«\u202fserré\u202f»", ["serré"]),
        ("« " + "x" * (LONGEST + 5) + " »", []),
        ("rien", []),
    ],
)
def test_found_the_same_at_every_cut(answer: str, words: list[str]) -> None:
    whole = quotations(answer)
    assert [quotation.words for quotation in whole] == words
    for quotation in whole:
        assert answer[quotation.start : quotation.end] == quotation.words
    cuts = range(len(answer) + 1) if len(answer) < 200 else (3, len(answer) - 3)
    for cut in cuts:
        assert quotations(answer[:cut], answer[cut:]) == whole
    assert quotations(*answer) == whole


@given(st.text(alphabet='«»“”"` \nab', max_size=60), st.integers(0, 60))
def test_any_text_any_cut(answer: str, cut: int) -> None:
    whole = quotations(answer)
    assert quotations(answer[:cut], answer[cut:]) == whole
    assert all(answer[found.start : found.end] == found.words for found in whole)


@pytest.mark.parametrize(
    ("quoted", "verified"),
    [
        ("vingt ans à compter du dernier séjour", True),
        ("VINGT ANS A COMPTER du dernier sejour.", True),
        ("décision écrite du directeur de l'établissement", True),
        ("La durée de conservation […] est de vingt ans", True),
        (
            "vingt ans […] La durée de conservation des dossiers médicaux est de vingt ans à compter du dernier "
            "séjour. Elle ne peut […] vingt ans à compter du premier",
            False,
        ),
        ("trente ans à compter du dernier séjour", False),
        ("vingt ans à compter du premier séjour", False),
        ("l'œuvre de la marquise", True),
        ("les cœurs s’y retrouvent", True),
    ],
)
def test_verified_word_for_word(quoted: str, verified: bool) -> None:
    passage = Passage(GIVEN, message_id=uuid4())
    (citation,) = verify(
        [Quotation(3, 3 + len(quoted), quoted)], [Passage("Autre texte.", message_id=uuid4()), passage]
    )
    assert citation.verified == verified
    if verified:
        assert citation.message_id == passage.message_id
        assert (
            fold(quoted.split("[", maxsplit=1)[0])[:8] == fold(GIVEN[citation.source_start : citation.source_end])[:8]
        )


def test_what_cannot_be_judged_is_not() -> None:
    assert verify([Quotation(0, 9, "trois mots seuls")], [Passage(GIVEN, message_id=uuid4())]) == []
    assert (
        verify(
            [Quotation(0, 30, "une phrase assez longue pour juger")], [Passage("Question courte", message_id=uuid4())]
        )
        == []
    )


@given(st.text(max_size=80))
def test_folded_text_tells_original_places(text: str) -> None:
    folded = FoldedText(text)
    for word in {fold(part) for part in text.split()} - {""}:
        found = folded.find(word)
        if found is not None:
            assert word[0] in fold(text[found[0] : found[1]])  # "e" is in "Æ" too
