"""Two texts that disagree, and many that only look as if they did."""

import pytest

from chatelet.evidence import conflicts
from chatelet.evidence.conflicts import conflict_of
from chatelet.evidence.quoting import place_of
from chatelet.kernel.text import FoldedText

FIGURES = [
    ("Le délai de conservation des factures est de dix ans.", "Les factures ont un délai de conservation de 6 ans."),
    ("The retention period for invoices is ten years.", "The retention period for invoices is six years."),
    ("Le taux de réussite atteint 85 % en 2023.", "En 2023, le taux de réussite atteint 72 %."),
    ("La loi fut adoptée par le Parlement en 2019.", "La loi fut adoptée par le Parlement en 2021."),
    ("Le projet coûte 1 250 000 euros à la région.", "Le projet coûte 980 000 € à la région."),
]
NEGATIONS = [
    (
        "Les agents contractuels peuvent bénéficier de la prime.",
        "Les agents contractuels ne peuvent pas bénéficier de la prime.",
    ),
    ("The vaccine prevents transmission of the virus.", "The vaccine does not prevent transmission of the virus."),
]
AGREE = [
    ("Le délai de conservation des factures est de dix ans.", "Les factures ont un délai de conservation de 10 ans."),
    ("Le taux de chômage est de 7 % en 2023.", "Le taux de chômage est de 8 % en 2015."),
    ("Le délai de conservation des factures est de dix ans.", "Le budget de la ville est de six millions d'euros."),
    ("La loi compte 12 articles.", "La loi fut adoptée en 2019."),
    ("Le projet coûte 1 250 000 euros.", "Le projet coûte 1,25 million d'euros à la région et dure 3 ans."),
    ("Les agents peuvent partir.", "La commune ne finance pas les travaux de voirie."),
    ("Une phrase sans chiffre sur les factures conservées.", "Une autre phrase sur les factures conservées."),
]


@pytest.mark.parametrize(("one", "other"), FIGURES)
def test_figures_that_disagree(one: str, other: str) -> None:
    assert conflict_of(one, other) == conflict_of(other, one) == "figure"


@pytest.mark.parametrize(("one", "other"), NEGATIONS)
def test_denials(one: str, other: str) -> None:
    assert conflict_of(one, other) == conflict_of(other, one) == "negation"


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_what_does_not_disagree(one: str, other: str) -> None:
    assert conflict_of(one, other) is None
    assert conflict_of(other, one) is None


def test_what_a_model_proposes_is_looked_at_less_strictly() -> None:
    one = "La conservation des pièces comptables dure dix ans dans toutes les entreprises françaises."
    other = "Selon ce guide ancien, la conservation de pièces prend fin après six ans pour les associations."
    assert conflict_of(one, other) is None
    assert conflict_of(one, other, share=conflicts.PROPOSED) == "figure"


@pytest.mark.parametrize(
    ("statement", "lacks"),
    [
        ("Le délai est de quarante ans.", True),
        ("Le délai est de 10 ans.", False),
        ("Le délai est de dix ans.", False),
        ("Les deux textes donnent un délai de dix ans.", False),
        ("Le délai est de dix jours, ou de trente mois.", True),
    ],
)
def test_what_a_sentence_counts_is_in_its_source(statement: str, *, lacks: bool) -> None:
    assert conflicts.lacks_figure(statement, "Le délai de conservation est de dix ans.") is lacks


def test_words_are_found_as_they_are_or_not_at_all() -> None:
    text = "Avant. Le  DÉLAI est de\ndix ans, selon l'article. Après."
    place = place_of("« le délai est de dix ans »", FoldedText(text))
    assert place is not None
    assert text[slice(*place)] == "Le  DÉLAI est de\ndix ans"
    assert place_of("le délai est de onze ans", FoldedText(text)) is None
    assert place_of("le délai", FoldedText(text)) is None, "too few words prove nothing"
