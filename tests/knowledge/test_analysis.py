"""Words are compared as people would: without case, accents, elisions, endings; identifiers whole and by parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.knowledge.analysis import as_written, plain, question_terms, terms_of
from chatelet.knowledge.languages import language_of


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("L’école jusqu'à l'été", "ecole ete", "fr"),
        ("les décisions motivées", "décision motivée", "fr"),
        ("des travaux municipaux", "travail municipal", "fr"),
        ("un cœur d’enfant", "coeur enfant", "fr"),
        ("The studies were published", "study publish", "en"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str, language: str) -> None:
    assert terms_of(one, language) == terms_of(other, language)


@pytest.mark.parametrize(
    ("forms", "whole"),
    [
        (("article L. 1110-4 du code", "art. L.1110-4", "L1110-4", "l 1110-4"), "l1110-4"),
        (("R*123-4", "R. * 123-4", "r123-4"), "r123-4"),
        (("n° 2005-102 du 11 février 2005", "2005‑102"), "2005-102"),
        (("12/03/2021", "12 mars 2021", "2021-03-12", "12.03.2021"), "2021-03-12"),
        (("1er mars 2021", "1 March 2021"), "2021-03-01"),
        (("ISBN 978-2-07-036822-8", "9782070368228", "978 2 07 036822 8"), "9782070368228"),
        (("doi:10.1000/xyz-12.", "(10.1000/xyz-12)"), "10.1000/xyz-12"),
        (("écrire à prenom.nom@exemple.fr", "prenom.nom@exemple.fr,"), "prenom.nom@exemple.fr"),
        (("NOR : PRMG2311809S", "prmg2311809s"), "prmg2311809s"),
    ],
)
def test_identifiers_have_one_form(forms: tuple[str, ...], whole: str) -> None:
    for form in forms:
        for language in ("fr", "en", "und"):
            assert whole in terms_of(form, language), form


def test_a_question_of_stop_words_is_still_a_question() -> None:
    assert question_terms("Qui est-ce ?", "fr") == ["qui", "est", "ce"]
    assert question_terms("Le décret, le décret", "fr") == ["decret"]


@given(st.text(max_size=200), st.sampled_from(["fr", "en", "de"]))
def test_any_text_has_terms_that_are_plain(text: str, language: str) -> None:
    assert all(term and len(term) <= 64 and plain(term) == term for term in terms_of(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Quel est le délai ?", "fr"),
        ("What is the deadline?", "en"),
        ("déchets ménagers", "fr"),
        ("Die Entscheidung der Behörde wird dem Antragsteller schriftlich mitgeteilt.", "de"),
        ("12 345", "und"),
        ("", "und"),
    ],
)
def test_the_language_of_short_texts(text: str, language: str) -> None:
    assert language_of(text) == language


def test_terms_are_told_as_the_words_of_the_question() -> None:
    question = "Les délégations de signature : l'œuvre, 40 000 euros, article L. 121-3"
    terms = [*terms_of(question, "fr"), "ailleurs"]
    told = as_written(question, terms)
    assert told[:3] == ["délégations", "signature", "œuvre"]
    assert told[-1] == "ailleurs"
    assert "deleg" not in told
