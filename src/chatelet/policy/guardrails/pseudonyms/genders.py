"""The gender of a first name, from the word before it or its own form, so that what agrees with it still does."""

import re
from typing import Final, Literal

from chatelet.policy.guardrails.reading import fold

Gender = Literal["f", "m", "x"]
_EITHER: Final = frozenset(
    "camille claude dominique alex sacha morgan charlie lou andrea ange maxence alix eden noa yael leslie kim sam"
    " frederique stephane-marie jocelyn yannick candide celeste cyrille pascale-marie robin louison jackie"
    " ashley".split()
)
# Feminine without a final e or a; masculine with one.
_FEMININE: Final = frozenset(
    "agnes anais astrid audrey edith ines iris judith margaux margot marion manon maelys ninon rachel sarah deborah"
    " elisabeth elizabeth esther ruth carol carmen dolores doris gladys ingrid isabel jennifer karen kathleen lauren"
    " leticia lison louison magali marjory mary megan miriam myriam muriel nancy nelly noemi oumy rosemary sharon"
    " solen suzon wendy zineb zaynab noor nour ihsan siham ilham rim souad houda meriem maryam hayat najat nawal"
    " beatriz raquel susan kathy cathy beth emily amy holly kelly betty emmy fanny anouk annick mei linh huong"
    " chloe zoe noe-anne dorothee aimee desiree renee andree josee maud lou-ann gwen aude aissatou fatou oumou awa"
    " bintou marieme khady astou lucy becky alison ellen helen heather jane kate janet joan".split()
)
_MASCULINE: Final = frozenset(
    "alexandre alphonse ambroise anatole andre antoine aristide auguste baptiste barnabe basile blaise brice celestin"
    " christophe cyrille desire edouard emile etienne eugene fabrice felice gabriele george georges gilles gregoire"
    " guillaume gustave hippolyte honore jacques jean-baptiste jerome jules achille maurice maxime octave patrice"
    " philippe pierre rene rodolphe serge stephane sylvestre theodore theophile timothee tristan ulysse valere yves"
    " hugues aime ange andrea luca nicola joshua mustafa moussa issa mostapha hamza reda moustapha adama modou babacar"
    " yahia zakaria elie jeremie come noe leonce prosper isidore urbain eustache aurele evariste antonin damase mike"
    " dave steve bruce jake luke kyle wayne lance dante jorge jose enrique felipe pape mame serigne cheikhna seydina"
    " arsene gaetane-marie lazare ghislain hector alcide clovis fulgence onesime placide regis toussaint geoffroy"
    " guillermo pepe kwame koffi dimitri igor sasha ali ilya nikita boubacar mamadou amadou abdoulaye daouda".split()
)
_MRS: Final = re.compile(
    r"\b(?:mmes?|mlles?|madame|mesdames|mademoiselle|mrs|ms|miss|lady|frau|señora|signora|veuve|docteure|professeure"
    r"|soeur|sœur|fille|femme|epouse|mere|tante|cousine|niece|patiente|salariee|agente|etudiante|cheffe|avocate"
    r"|directrice|infirmiere|requerante|conjointe|voisine|collegue madame|wife|mother|daughter|sister|nee)\.?,? ?:? ?$"
)
_MR: Final = re.compile(
    r"\b(?:m\.|mm\.|mr\.?|monsieur|messieurs|sir|herr|señor|signor|frere|fils|mari|epoux|pere|oncle|cousin|neveu"
    r"|patient|salarie|agent|etudiant|avocat|directeur|infirmier|requerant|conjoint|voisin|husband|father|son|brother"
    r"|abbe)\.?,? ?:? ?$"
)


def gender_before(text: str, start: int) -> Gender | None:
    """Return the gender that the words before `start` tell; None when they do not."""
    before = fold(text[max(0, start - 24) : start])
    if _MRS.search(before):
        return "f"
    return "m" if _MR.search(before) else None


def has_civility(text: str, start: int) -> bool:
    """Tell whether a civility stands right before `start`: what follows alone is a family name."""
    return _CIVILITY.search(fold(text[max(0, start - 18) : start])) is not None


_CIVILITY: Final = re.compile(
    r"\b(?:m\.|mm\.|mr\.?|mrs\.?|ms\.?|mmes?\.?|mlles?\.?|monsieur|madame|mademoiselle|miss|drs?\.?|docteure?|pr\.?"
    r"|prof\.?|professeure?|me|maitre|capitaine|commandante?|lieutenante?|colonelle?|generale?|herr|frau|nee) $"
)


def gender_of(given: str) -> Gender:
    """Return the gender of a first name; a composed one has that of its first part."""
    name = fold(given)
    if name in _EITHER:
        return "x"
    first = name if name in _FEMININE or name in _MASCULINE else name.split("-", 1)[0]
    if first in _FEMININE:
        return "f"
    if first in _MASCULINE or first in {"jean", "paul", "louis"}:
        return "m"
    return "f" if first.endswith(("a", "e")) else "m"
