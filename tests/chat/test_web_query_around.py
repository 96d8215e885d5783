"""What is known of a conversation leaves the query proposed in it, and nothing else does."""

import pytest

from chatelet.chat.web.around import Known
from chatelet.chat.web.query import propose

SAID = "Mme Jeanne Le Goff et M. Karim Benali demandent un congé."
WRITTEN = "Le compte rendu dit que la parcelle cadastrée au nord du lac sera vendue avant l'été."


@pytest.mark.parametrize(
    ("draft", "query", "removed"),
    [
        ("Quels droits pour Le Goff en congé parental ?", "Quels droits pour en congé parental", {"name": 1}),
        ("Benali peut-il cumuler deux congés ?", "peut-il cumuler deux congés", {"name": 1}),
        ("Combien de congés pour LE GOFF", "Combien de congés", {"name": 1}),
        ("Que faire quand la parcelle cadastrée au nord du lac est vide ?", "Que faire quand est vide", {"copied": 1}),
        ("Que veut dire « parcelle cadastrée » en droit ?", "Que veut dire en droit", {"copied": 1}),
        ("Que veut dire « parcelle boisée » en droit ?", "Que veut dire « parcelle boisée » en droit", {}),
        ("La parcelle au nord du lac se vend-elle ?", "La parcelle au nord du lac se vend-elle", {}),
        ("Le congé parental des agents", "Le congé parental des agents", {}),
    ],
)
def test_names_met_before_and_words_copied_are_taken_out(draft: str, query: str, removed: dict[str, int]) -> None:
    found = propose(draft, Known.of([SAID], [WRITTEN]))
    assert (found.query, found.removed) == (query, removed)


def test_names_that_stand_in_a_file_are_taken_out_too() -> None:
    assert propose("Les droits de Benali", Known.of([], [SAID])).query == "Les droits"
