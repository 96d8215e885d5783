"""The query proposed for a draft: the question, without what tells of anybody or comes from a file."""

import pytest

from chatelet.chat.web.query import LONGEST, propose


@pytest.mark.parametrize(
    ("draft", "query"),
    [
        ("Quel est le plafond du livret A en 2026 ?", "Quel est le plafond du livret A en 2026"),
        ("Bonjour, peux-tu me dire quand ouvre Parcoursup ?", "quand ouvre Parcoursup"),
        ("Please find the rules on drones", "the rules on drones"),
        ("Voir https://intra.exemple.fr/x?id=3 : quel délai ?", "Voir : quel délai"),
        ("> courrier reçu\n> signé\nQuel recours ?", "Quel recours"),
        ("", ""),
    ],
)
def test_what_is_proposed(draft: str, query: str) -> None:
    assert propose(draft).query == query


SECRETS = (
    "1 85 05 78 006 084 91",
    "FR76 3000 6000 0112 3456 7890 189",
    "jeanne.martin@exemple.fr",
    "06 12 34 56 78",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "Mme Jeanne Martin",
)


@pytest.mark.parametrize("secret", SECRETS)
def test_what_tells_of_somebody_is_not_proposed(secret: str) -> None:
    found = propose(f"Quelles aides au logement pour {secret} à Lyon ?")
    assert "aides au logement" in found.query
    assert not [word for word in secret.replace("@", " ").split() if len(word) > 3 and word in found.query]
    assert found.removed


def test_the_text_of_a_file_is_not_proposed() -> None:
    pasted = "« " + "Le marché est attribué à l'entreprise pour un montant confidentiel. " * 3 + "»"
    long = "Contexte interne du dossier. " * 30
    found = propose(f"{long}\n{pasted}\n```\nclé = 3\n```\nQuels sont les seuils des marchés publics ?")
    assert found.query == "Quels sont les seuils des marchés publics"


def test_a_long_draft_gives_a_short_query() -> None:
    assert len(propose("mot " * 5_000).query) <= LONGEST
