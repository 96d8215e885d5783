"""TA-143: what the page shows as verified is what the passage says, on the sets of `evals/faithfulness`."""

import pytest
from evals.score_faithfulness import figures, is_verified, lines

from chatelet.evidence.negation import clauses_of, contradicts

HELD = clauses_of(
    "Les agents peuvent partir deux jours par semaine. Aucun congé n'est accordé pendant l'essai. "
    "The committee did not approve the budget, but the board approved the calendar."
)


def test_verified_citations_are_faithful_and_supported_ones_are_verified() -> None:
    faithful, found = figures([(line, is_verified(line)) for line in lines()])
    assert faithful >= 0.95
    assert found >= 0.95


@pytest.mark.parametrize(
    ("sentence", "reversed_"),
    [
        ("Les agents ne peuvent pas partir deux jours par semaine.", True),
        ("Les agents peuvent partir deux jours par semaine.", False),
        ("Les agents ne peuvent partir que deux jours par semaine.", False),
        ("Un congé est accordé pendant l'essai.", True),
        ("L'essai ne donne droit à aucun congé accordé pendant ce temps.", False),
        ("The committee approved the budget.", True),
        ("The committee didn't approve the budget.", False),
        ("The board didn't approve the calendar.", True),
        ("", False),
    ],
)
def test_a_negation_is_compared_clause_by_clause(sentence: str, reversed_: bool) -> None:
    assert contradicts(sentence, HELD) is reversed_
