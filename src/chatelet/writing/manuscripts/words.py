"""The words of an exported report, in French and in English."""

from dataclasses import dataclass
from typing import Final

from chatelet.connectors.scholarly.references.checking import Verdict
from chatelet.documents.composing.blocks import Language
from chatelet.writing.manuscripts.claims import Told


@dataclass(frozen=True, slots=True)
class Words:
    """What a report says in one language."""

    title: str
    summary: str
    about: str
    to_review: str
    absent: str
    never_called: str
    claims: str
    found: str
    uncalled: str
    heads: tuple[str, str, str]
    claim_heads: tuple[str, str, str]
    columns: tuple[str, ...]
    verdicts: dict[Verdict, str]
    told: dict[Told, str]


WORDS: Final[dict[Language, Words]] = {
    "fr": Words(
        title="Vérification des références",
        summary="{count} références, dont {wrong} à revoir.",
        about="Chaque référence a été cherchée dans les sources ouvertes par l’établissement. Une référence introuvable"
        " est peut-être inventée, ou hors de leur portée : à vous d’en juger.",
        to_review="À revoir",
        absent="Appelées dans le texte, absentes de la liste",
        never_called="Dans la liste, jamais appelées",
        claims="Ce que dit le texte, à côté des résumés",
        found="Trouvées",
        uncalled="jamais appelée",
        heads=("Référence", "Constat", "Proposition, ou travail trouvé"),
        claim_heads=("Phrase", "Constat", "Résumé"),
        columns=(
            "Appel", "Référence", "Constat", "Titre trouvé", "Année trouvée", "DOI trouvé", "Proposition",
            "Appel dans le texte",
        ),
        verdicts={
            "found": "Trouvée",
            "wrong_year": "Année fausse",
            "wrong_author": "Auteur faux",
            "wrong_doi": "DOI faux",
            "retracted": "Rétractée",
            "not_found": "Introuvable",
            "unchecked": "Non vérifiée",
        },
        told={
            "supported": "Le résumé le dit",
            "apart": "Le résumé dit autre chose",
            "silent": "Le résumé ne le dit pas",
        },
    ),
    "en": Words(
        title="Check of the references",
        summary="{count} references, {wrong} to review.",
        about="Each reference was looked for in the sources opened by the institution. A reference that is not found"
        " may be invented, or out of their reach: you are the judge.",
        to_review="To review",
        absent="Called in the text, absent from the list",
        never_called="In the list, never called",
        claims="What the text says, beside the abstracts",
        found="Found",
        uncalled="never called",
        heads=("Reference", "Finding", "Proposal, or work found"),
        claim_heads=("Sentence", "Finding", "Abstract"),
        columns=(
            "Call", "Reference", "Finding", "Title found", "Year found", "DOI found", "Proposal", "Call in the text",
        ),
        verdicts={
            "found": "Found",
            "wrong_year": "Wrong year",
            "wrong_author": "Wrong author",
            "wrong_doi": "Wrong DOI",
            "retracted": "Retracted",
            "not_found": "Not found",
            "unchecked": "Not checked",
        },
        told={
            "supported": "The abstract says so",
            "apart": "The abstract says something else",
            "silent": "The abstract does not tell",
        },
    ),
}  # fmt: skip
