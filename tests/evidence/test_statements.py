"""Sentences of an answer: the same wherever the stream is cut, each with the numbers it cites."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.evidence.passage import Statement
from chatelet.evidence.statements import StatementStream


def statements(*pieces: str) -> list[Statement]:
    machine = StatementStream()
    found = [one for piece in pieces for one in machine.feed(piece)]
    return found + machine.flush()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            "La comète revient en 1759. [2] Puis en 1835 [3].",
            [("La comète revient en 1759.", [2]), ("Puis en 1835 .", [3])],
        ),
        ("Voir l'art. L. 1110-4 du code. Fin", [("Voir l'art. L. 1110-4 du code.", []), ("Fin", [])]),
        ("- Premier point [1]\n- Second point [1, 4]", [("Premier point", [1]), ("Second point", [1, 4])]),
        ("## Titre\nUne phrase.", [("Titre", []), ("Une phrase.", [])]),
        ("```\ncode. ici [1]\n```\nAprès. [2][3]", [("Après.", [2, 3])]),
        ("Le montant est de 1 250,50 euros. Merci", [("Le montant est de 1 250,50 euros.", []), ("Merci", [])]),
        ("12. Premier\n13. Second", [("Premier", []), ("Second", [])]),
        ("Est-ce vrai ? Oui ! [12]", [("Est-ce vrai ?", []), ("Oui !", [12])]),
        ("[1] [2]", []),
        ("Le code `a[1]` lit la liste [2].", [("Le code `a[1]` lit la liste .", [2])]),
        ("", []),
    ],
)
def test_cut_into_sentences(answer: str, expected: list[tuple[str, list[int]]]) -> None:
    whole = statements(answer)
    assert [(one.text, [marker.number for marker in one.markers]) for one in whole] == expected
    for cut in range(len(answer) + 1):
        assert statements(answer[:cut], answer[cut:]) == whole, cut
    assert statements(*answer) == whole
    for one in whole:
        for marker in one.markers:
            assert str(marker.number) in answer[marker.start : marker.end]


@given(st.text(alphabet="aB1. [],;\n`-?!»", max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_text_any_cuts(answer: str, one: int, other: int) -> None:
    whole = statements(answer)
    first, second = sorted((one, other))
    assert statements(answer[:first], answer[first:second], answer[second:]) == whole
    assert all(one.end <= after.start for one, after in pairwise(whole))
