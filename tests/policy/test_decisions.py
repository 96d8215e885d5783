"""The notice on decisions about persons is shown where it should be, and not on ordinary work (TA-145)."""

import pytest

from chatelet.policy.decisions import subject_of


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Classe ces dix CV pour le poste de comptable.", "recruitment"),
        ("Which of these applicants should we shortlist?", "recruitment"),
        ("Note cette copie sur 20 selon le barème.", "grading"),
        ("Grade this student's essay.", "grading"),
        ("Faut-il sanctionner cet agent ?", "work"),
        ("Décide si l’allocation doit être accordée à cette famille.", "benefits"),
        ("Évalue le risque de récidive de ce prévenu.", "justice"),
    ],
)
def test_a_decision_about_a_person(question: str, subject: str) -> None:
    assert subject_of(question) == subject


@pytest.mark.parametrize(
    "question",
    [
        "Résume ce compte rendu de réunion.",
        "Quelle est la capitale de l’Autriche ?",
        "Traduis cette note en anglais.",
        "Explique la réfraction à un élève de troisième.",
        "Write a welcome e-mail to new employees.",
        "Corrige les fautes de ce courrier.",
    ],
)
def test_ordinary_work(question: str) -> None:
    assert subject_of(question) is None
