"""The rule of an institution on inclusive writing, in French: what a model is told, what code mends and finds wrong.

    abridged forms   agent·e·s, agent(e)s, agent.e.s, agent-e-s, agentEs, agents/es; iel, celleux, toustes
    names of persons agents, candidats, chercheurs… in the masculine alone

An abridged form is always found. A name of persons is, in the plural or after « chaque » and « tout », when it is one
of the usual ones below: another is for a reader.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.kernel.text import fold
from chatelet.writing.task import Inclusive, Reason, Task

_FEMININE: Final = r"(?:trice|rice|ice|euse|ière|ère|esse|enne|elle|lle|fe|ne|le|ve|se|te|ée|e)"
_ABRIDGED: Final = re.compile(
    rf"\b(?P<stem>[^\W\d_]{{2,}})(?:"
    rf"[·•‧∙⋅](?P<point>{_FEMININE})(?:[·•‧∙⋅]?(?P<point_many>s))?"
    rf"|\.(?P<dot>{_FEMININE})(?:\.?(?P<dot_many>s))?(?=\W|$)(?!\.\w)"
    rf"|\((?P<round>{_FEMININE})\)?(?:[-.]?(?P<round_in>s)\))?(?:(?<=\))\(?(?P<round_many>s)\)?)?"
    rf"|-(?P<dash>e|trice|rice|euse|ère)(?:-(?P<dash_many>s))?"
    rf"|/(?P<slash>e|trice|rice|euse|ère)(?:/?(?P<slash_many>s))?"
    rf")(?![^\W\d_])",
)
_CAPITAL: Final = re.compile(r"\b(?P<stem>[a-zà-ÿ]{3,})(?P<feminine>E|TRICE|EUSE|ÈRE)(?P<many>s|S)?\b")
_NEW: Final = re.compile(r"\b(?:iels?|ielles?|celleux|ceulles|elleux|toustes|touxtes|æls?)\b", re.IGNORECASE)
_MASCULINES: Final = {"tou": "tous", "ceu": "ceux"}
_PERSONS: Final = (
    "adhérent adhérente administrateur administratrice agent agente animateur animatrice apprenti apprentie "
    "assistant assistante auteur autrice avocat avocate candidat candidate chercheur chercheuse citoyen citoyenne "
    "client cliente collaborateur collaboratrice conseiller conseillère contractuel contractuelle coordinateur "
    "coordinatrice délégué déléguée demandeur demandeuse député députée directeur directrice doctorant doctorante "
    "éducateur éducatrice électeur électrice élu élue employé employée enseignant enseignante étudiant étudiante "
    "évaluateur évaluatrice formateur formatrice habitant habitante infirmier infirmière ingénieur ingénieure "
    "inspecteur inspectrice instituteur institutrice intervenant intervenante lauréat lauréate lecteur lectrice "
    "magistrat magistrate participant participante patient patiente policier policière préfet préfète président "
    "présidente professeur professeure rédacteur rédactrice remplaçant remplaçante représentant représentante "
    "retraité retraitée salarié salariée sénateur sénatrice technicien technicienne traducteur traductrice "
    "travailleur travailleuse usager usagère utilisateur utilisatrice"
).split()
_BOTH: Final = {fold(one): fold(other) for one, other in zip(_PERSONS[::2], _PERSONS[1::2], strict=True)}
_ONE: Final = re.compile(rf"\b(?:chaque|tout|aucun|nul) ({'|'.join(_BOTH)})\b")
_MANY: Final = re.compile(rf"\b({'|'.join(_BOTH)})s\b")
_TOLD: Final = {
    Inclusive.GENERIC: (
        "le masculin désigne toutes les personnes ; aucune forme abrégée (ni point médian, ni parenthèses, ni tiret), "
        "aucun mot nouveau (iel, celleux)."
    ),
    Inclusive.EPICENE: (
        "emploie des mots sans genre, des noms de groupe ou de fonction (le personnel, la direction, les membres, la "
        "population étudiante) plutôt que des noms de personnes au masculin ; aucune forme abrégée (agent·e, agent(e))."
    ),
    Inclusive.DOUBLETS: (
        "nomme les personnes au féminin et au masculin, en entier (les agentes et les agents, la directrice ou le "
        "directeur) ; l'accord se fait au masculin pluriel ; aucune forme abrégée (agent·e, agent(e))."
    ),
    Inclusive.MEDIAN_POINT: (
        "écris les noms de personnes en abrégé avec le point médian et lui seul (les agent·es, un·e candidat·e), "
        "un seul point par mot."
    ),
}


def told(rule: Inclusive) -> str:
    """Return the sentence that a model is given, in the language that the rule is about; none: nothing to say."""
    said = _TOLD.get(rule)
    return "" if said is None else f"Règle d'écriture inclusive de l'institution : {said}"


def mended(rule: Inclusive, text: str) -> str:
    """Return a text with what code can put right: one mark for all abridged forms, or the masculine in their place."""
    if rule is Inclusive.MEDIAN_POINT:
        return _CAPITAL.sub(_pointed_capital, _ABRIDGED.sub(_pointed, text))
    if rule is Inclusive.GENERIC:
        return _CAPITAL.sub(_masculine_capital, _ABRIDGED.sub(_masculine, text))
    return text


def wrong(task: Task, written: str) -> list[Reason]:
    """Return what of a French text the rule of its task does not take."""
    rule = task.inclusive
    if rule is Inclusive.NONE or task.target != "fr":
        return []
    if rule is Inclusive.MEDIAN_POINT:
        is_other = any(match["point"] is None for match in _ABRIDGED.finditer(written)) or _CAPITAL.search(written)
        return [Reason.INCLUSIVE_MARKS] if is_other else []
    found: list[Reason] = []
    if next(abridged(written), None) is not None:
        found.append(Reason.INCLUSIVE_MARKS)
    if rule in {Inclusive.EPICENE, Inclusive.DOUBLETS} and next(alone(written), None) is not None:
        found.append(Reason.GENDER_ALONE)
    return found


def about(reason: Reason, written: str) -> str:
    """Return the words that a reason is about, for the model to change."""
    found = abridged(written) if reason is Reason.INCLUSIVE_MARKS else alone(written)
    return ", ".join(dict.fromkeys(found))


def abridged(text: str) -> Iterator[str]:
    """Yield abridged forms, and words made to have no gender."""
    for pattern in (_ABRIDGED, _CAPITAL, _NEW):
        for match in pattern.finditer(text):
            yield match[0]


def alone(text: str) -> Iterator[str]:
    """Yield the names of persons that stand in the masculine without their feminine."""
    folded = fold(text)
    for match in (*_ONE.finditer(folded), *_MANY.finditer(folded)):
        feminine = _BOTH[match[1]]
        if f"{feminine}s" not in folded and re.search(rf"\b{feminine}\b", folded) is None:
            yield match[0]


def _parts(match: re.Match[str]) -> tuple[str, str, bool]:
    found = match.groupdict()
    feminine = next(found[name] for name in ("point", "dot", "round", "dash", "slash") if found[name])
    many = any(value for name, value in found.items() if name.endswith(("_many", "_in")))
    return match["stem"], feminine, many


def _pointed(match: re.Match[str]) -> str:
    stem, feminine, many = _parts(match)
    stem = stem.removesuffix("s") if match["slash_many"] else stem  # agents/es
    return f"{stem}·{feminine}{'s' if many else ''}"


def _pointed_capital(match: re.Match[str]) -> str:
    return f"{match['stem']}·{match['feminine'].lower()}{'s' if match['many'] else ''}"


def _masculine(match: re.Match[str]) -> str:
    stem, _feminine, many = _parts(match)
    known = _MASCULINES.get(stem.lower())
    if known is not None:
        return known.capitalize() if stem[0].isupper() else known
    return f"{stem}s" if many and not stem.endswith(("s", "x")) else stem


def _masculine_capital(match: re.Match[str]) -> str:
    return f"{match['stem']}{'s' if match['many'] else ''}"
