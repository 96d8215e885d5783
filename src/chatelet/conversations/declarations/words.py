"""The sentences of a declaration, in French and in English."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from chatelet.conversations.declarations.schemas import Check, Use


@dataclass(frozen=True, slots=True)
class Words:
    """What a declaration says in one language."""

    title: str
    models: str
    no_model: str
    model: str
    on: str
    between: str
    answers: Callable[[int], str]
    uses: str
    use: dict[Use, str]
    checks: str
    check: dict[Check, str]
    compared: str
    responsibility: str


WORDS: Final[dict[Literal["fr", "en"], Words]] = {
    "fr": Words(
        title="Déclaration d’usage de l’intelligence artificielle",
        models="Pour préparer ce travail, nous avons eu recours à l’intelligence artificielle suivante\u202f:",
        no_model="Aucun modèle n’a répondu dans la conversation déclarée.",
        model="{name}, opéré par {operator} ({country}), {when}\u202f: {answers}.",
        on="le {first}",
        between="du {first} au {last}",
        answers=lambda count: f"{count} réponse{'s' if count > 1 else ''}",
        uses="Nous l’avons employée pour\u202f:",
        use={
            "ideas": "chercher des idées et des angles",
            "sources": "chercher des sources",
            "summary": "résumer des documents",
            "draft": "écrire une première version de passages",
            "language": "corriger la langue et le style",
            "translation": "traduire",
            "analysis": "analyser des données",
            "code": "écrire du code",
            "illustration": "préparer des figures ou des tableaux",
        },
        checks="Ce qui a été vérifié\u202f:",
        check={
            "read_again": "chaque passage repris a été relu et corrigé par les auteurs",
            "facts": "les faits ont été vérifiés auprès de leurs sources",
            "references": "chaque référence a été retrouvée et lue",
            "figures": "les chiffres et les calculs ont été refaits",
            "code_run": "le code a été relu, exécuté et testé",
            "none": "rien de particulier n’a été vérifié",
        },
        compared="le service a comparé {count} phrases ou citations des réponses à leurs sources\u202f: {held} y"
        " étaient soutenues",
        responsibility="L’intelligence artificielle n’est pas auteur de ce travail. Les auteurs ont relu l’ensemble"
        " et en assument l’entière responsabilité.",
    ),
    "en": Words(
        title="Declaration of the use of artificial intelligence",
        models="To prepare this work, we used the following generative artificial intelligence:",
        no_model="No model answered in the conversation that is declared.",
        model="{name}, operated by {operator} ({country}), {when}: {answers}.",
        on="on {first}",
        between="from {first} to {last}",
        answers=lambda count: f"{count} answer{'s' if count > 1 else ''}",
        uses="We used it to:",
        use={
            "ideas": "look for ideas and angles",
            "sources": "look for sources",
            "summary": "summarise documents",
            "draft": "write a first version of passages",
            "language": "correct language and style",
            "translation": "translate",
            "analysis": "analyse data",
            "code": "write code",
            "illustration": "prepare figures or tables",
        },
        checks="What was checked:",
        check={
            "read_again": "each passage that was kept was read and corrected by the authors",
            "facts": "facts were checked against their sources",
            "references": "each reference was found and read",
            "figures": "figures and calculations were done again",
            "code_run": "the code was read, run and tested",
            "none": "nothing in particular was checked",
        },
        compared="the service compared {count} sentences or quotations of the answers with their sources: {held} were"
        " supported by them",
        responsibility="Artificial intelligence is not an author of this work. The authors have reviewed all of it and"
        " take full responsibility for it.",
    ),
}
