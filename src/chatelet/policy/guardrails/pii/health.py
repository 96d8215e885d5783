"""What a text tells of somebody's health: a condition or a medicine, in a sentence that is about a person.

"The prevention of diabetes" tells nothing of anybody; "his diabetes" does.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from chatelet.policy.guardrails.pii.conditions import DOSE, condition, conditions, medicines
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_WORD: Final = re.compile(r"[a-zœ]{3,}(?:-(?:out|19))?")
_ABOUT_SOMEBODY: Final = re.compile(
    r"(?<![\w-])(?:(?:le|la|ce|cette|mon|ma|notre|du|au|un|une|the|cher|chere)(?: jeune)? (?:patiente?|salariee?"
    r"|agente?|eleve|enfant|etudiante?|interessee?|assuree?|requerante?|collegue|prevenue?|detenue?"
    r"|demandeur|demanderesse|fonctionnaire|residente?|beneficiaire|victime|malade|militaire|employee?|jeune homme"
    r"|jeune femme)|l'(?:agente?|eleve|enfant|interessee?|assuree?|etudiante?|employee?)|(?:patiente?|salariee?"
    r"|agente?|eleve|enfant) (?:en|suivie?|de \d|agee?|avec|sous|presentant)|patiente? ?:|patiente?,"
    r"|medecin du travail|mi-temps therapeutique|conge (?:de )?longue|m\. |mr\.? |mme|mlle|monsieur|madame|dr "
    r"|docteur|je |j'ai|j'|m'a|me |moi\b|mon |ma |mes |son |sa |ses |his |her |my |il |elle\b|lui\b|he |she |i am"
    r"|i have"
    r"|i was|souffr\w+|atteinte?s? d|atteinte? du|diagnosti\w+"
    r"|hospitalisee?|operee? d|opere |suivie? pour|traitee? (?:par|pour)|antecedents?|allergies? ?:|prescri\w+"
    r"|sous [a-z]+ine\b|prend |prendre|porteur|porteuse|en arret|decedee? d"
    r"|nee? le|agee? de|ddn|ans\b|consult\w+|ordonnance|posologie|matin\b|soir\b|motif|traitement ?(?:en cours|habituel"
    r"|de sortie|actuel|de fond)?\s?:|diagnostic|dossier medical|certificat medical|lettre de liaison"
    r"|fils\b|fille\b|mari\b|femme|epouse|epoux|pere\b|mere\b|frere|sœur|soeur|conjointe?|voisine?|collegue|compagn\w+"
    r"|reconnue?|beneficie|declaree?|was|suffers?|diagnosed|patient's|depuis (?:19|20)\d\d|conclusion ?:"
    r"|evolution ?:|examen ?:|symptomes|compte[ -]rendu)"
)
_ABOUT_NOBODY: Final = re.compile(
    r"(?<![\w-])(?:prevention|campagne|depistage (?:organise|national)|epidemie|epidemiolog\w+|population"
    r"|sante publique|lutte contre|recherche (?:sur|contre|en|clinique)|journee mondiale"
    r"|association (?:francaise|nationale|de lutte|des)|les (?:patients|personnes|malades|femmes|hommes|enfants"
    r"|salaries|agents|gens|francais|fumeurs)|des (?:patients|personnes|malades)|chez (?:l'adulte|l'enfant|les"
    r"|la femme|l'homme|le sujet)"
    r"|etude|article|ouvrage|statistiques?|cas par an|pour cent|colloque|congres|conference|definition"
    r"|symptomes (?:de|du) (?:la|l')?|est une (?:maladie|affection|pathologie|infection)|se caracterise"
    r"|facteurs? de risque"
    r"|premiere cause|prevalence|incidence|mortalite|plan national|institut national|ligue contre|qu'est-ce"
    r"|comment (?:soigner|prevenir|traiter)|peut provoquer|peuvent|toute personne|un patient (?:diabetique|doit)"
    r"|patients with"
    r"|research|people with|is a disease|vaccin\w* contre|loi|code du travail|article l|le risque de|la notion de"
    r"|en general|generalement|wikipedia|cours de|politique|budget|indicateurs?|chiffres)"
)
_SURE_WORDS: Final = re.compile(
    r"(?:j'ai|je suis|je souffre|il souffre|elle souffre|souffre d|atteinte? d|diagnosti|nir|nee? le|patiente? ?:"
    r"|mon (?:fils|mari|pere|frere)|ma (?:fille|femme|mere|sœur))"
)
_CODE: Final = re.compile(
    r"\b(?:cim(?:-?10)?|icd(?:-?10)?|code diagnostic|dp|das"
    r"|diagnostic principal)\b[^\n]{0,25}?(?<![\w])(?P<code>[a-z]\d{2}(?:\.\d{1,2}|\+\d)?)(?![\w])"
)
_BEFORE: Final = 180
_AFTER: Final = 120
_BORDER: Final = re.compile(r"(?<![ (\n]m)(?<!^m)(?<!dr)(?<!pr)(?<!mr)(?<!mme)(?<!mrs)[.!?;](?=\s)|\n")


def find_health(reading: Reading) -> Iterator[Span]:
    """Give conditions, medicines with their dose, and codes of diagnoses."""
    folded = reading.folded
    known, drugs = conditions(), medicines()
    for word in _WORD.finditer(folded) if not reading.words.isdisjoint(_heads()) else ():
        head = word[0]
        stated = head in known
        if not stated and head not in drugs:
            continue
        found = condition(head).match(folded, word.start()) if stated else DOSE.match(folded, word.end())
        if stated and not found:
            continue
        end = found.end() if found else word.end()
        dosed = not stated and found is not None
        if dosed or _about_somebody(folded, word.start(), end):
            yield Span(*reading.place(word.start(), end), "health")
    if "cim" in folded or "icd" in folded or "diagnostic" in folded:
        for found in _CODE.finditer(folded):
            yield Span(*reading.place(*found.span("code")), "health")


@cache
def _heads() -> frozenset[str]:
    return frozenset(head.split("-", 1)[0] for head in [*conditions(), *medicines()])


def _about_somebody(folded: str, start: int, end: int) -> bool:
    """Look in the sentence, and in the one before when the person is only meant."""
    first = max(
        (border.end() for border in _BORDER.finditer(folded, max(0, start - _BEFORE), start)),
        default=max(0, start - _BEFORE),
    )
    border = _BORDER.search(folded, end, end + _AFTER)
    last = border.start() if border else min(len(folded), end + _AFTER)
    if not _ABOUT_SOMEBODY.search(folded, first, last):
        return False
    return not _ABOUT_NOBODY.search(folded, first, last) or bool(_SURE_WORDS.search(folded, first, last))
