"""The markings that are known, folded: those strong by themselves, and those that also are words of every day."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

_GAP: Final = r"[ ._/\n-]{1,3}"
_LEAST: Final = 5  # letters: below, an abbreviation


@dataclass(frozen=True, slots=True)
class Form:
    """`type` of the closed vocabulary; `strong` when capitals alone make it a marking, wherever it stands."""

    type: str
    pattern: str
    strong: bool


def spaced(words: str) -> str:
    """Return a pattern of words, whatever stands between them."""
    return _GAP.join(words.split())


def mend(folded: str) -> str:
    """Return the text with figures that recognition took for letters set right; as long."""
    for figure, letter in (
        ("0", "o"),
        ("1", "i"),
        ("3", "e"),
        ("5", "s"),
        ("$", "s"),
        ("4", "a"),
        ("@", "a"),
        ("7", "t"),
    ):
        folded = folded.replace(figure, letter)
    return folded


# The longest first: « très secret défense » is not « secret ».
_FORMS: Final = (
    Form("cosmic_top_secret", r"cosmic[ -](?:top[ -]secret|tres[ -]secret)", strong=True),
    Form("eu_top_secret", r"tres secret ue(?: ?/ ?eu top secret)?|eu top secret|ts-ue(?: ?/ ?eu-ts)?", strong=True),
    Form("eu_secret", r"secret ue(?: ?/ ?eu secret)?|eu secret|s-ue ?/ ?eu-s", strong=True),
    Form(
        "eu_confidential", r"confidentiel ue(?: ?/ ?eu confidential)?|eu confidential|c-ue(?: ?/ ?eu-c)?", strong=True
    ),
    Form(
        "eu_restricted",
        r"(?:restreint ue|ue restreint)(?:[ /]{1,3}eu restricted)?|eu restricted|r-ue(?: ?/ ?eu-r)?",
        strong=True,
    ),
    Form("nato_secret", r"(?:nato|otan)[ -]secret|secret[ -]otan", strong=True),
    Form("nato_confidential", r"(?:nato|otan)[ -]confidenti(?:al|el)|confidentiel[ -]otan", strong=True),
    Form(
        "nato_restricted",
        r"(?:nato|otan)[ -](?:restricted|diffusion restreinte)|diffusion restreinte otan",
        strong=True,
    ),
    Form("nato_unclassified", r"(?:nato|otan)[ -](?:unclassified|sans classification|non classifie)", strong=True),
    Form("tres_secret_defense", spaced("tres secret defense"), strong=True),
    Form("tres_secret", rf"{spaced('tres secret')}|ts-?sf|top secret ?//[\w/ -]{{2,30}}", strong=True),
    Form("secret_defense", rf"{spaced('secret defense')}|secret-defense", strong=True),
    Form("confidentiel_defense", rf"{spaced('confidentiel defense')}|confidentiel-defense", strong=True),
    Form("diffusion_restreinte", rf"{spaced('diffusion restreinte')}|dr-sf", strong=True),
    Form("special_france", r"special france|special-france", strong=True),
    Form(
        "medical_secret",
        r"secret medical|confidentiel medical|confidentiel medecin|pli medical confidentiel|medical confidentiel"
        r"|medical in confidence",
        strong=True,
    ),
    Form("banking_secret", r"secret bancaire|confidentiel bancaire|donnees bancaires confidentielles", strong=True),
    Form("judicial_secret", r"secret de l'instruction|secret de l'enquete", strong=True),
    Form(
        "business_secret",
        r"secret des affaires|confidentiel industrie|confidentiel technologie|secret industriel",
        strong=True,
    ),
    Form("statistical_secret", r"secret statistique|secret fiscal", strong=True),
    Form("professional_secret", r"secret professionnel", strong=False),
    Form("secret", r"secret ?//[\w/ -]{2,30}|top secret", strong=True),
    Form("secret", rf"{spaced('secret')}", strong=False),
    Form(
        "confidential",
        r"(?:sous )?pli (?:strictement )?confidentiel|(?:strictement|tres|hautement|strictly"
        r"|highly) confidenti(?:el(?:le)?|al)|confidentiel (?:direction"
        r"|personnel|entreprise|rh|projet|industrie)"
        r"|(?:document|note|courrier|message|information|personnel et|private (?:and|&)|prive et"
        r"|company) confidenti(?:el(?:le)?|al)|confidenti(?:el(?:le)?|al)",
        strong=False,
    ),
    Form("restricted", r"(?:acces|usage|document) restreint|restreinte?|restricted", strong=False),
    Form(
        "internal",
        r"(?:pour |a |for )?(?:usage|diffusion|document(?: a usage)?|note(?: a usage)?|circulation"
        r"|information) (?:strictement |exclusivement "
        r"|purement )?interne(?: (?:uniquement|exclusivement|seulement))?"
        r"|internal (?:use )?only|for internal use(?: only)?|interne|internal",
        strong=False,
    ),
    Form(
        "no_distribution",
        r"(?:a )?ne pas (?:diffuser|communiquer|divulguer|transferer|reproduire)(?: (?:a l'exterieur|hors du service"
        r"|sans autorisation|en dehors[\w ]{0,25}|a des tiers))?"
        r"|diffusion interdite|reproduction interdite|(?:do not|not for) (?:distribut(?:e|ion)|forward|share"
        r"|circulate)|sous embargo(?: jusqu'au [\w ]{4,24})?|projet de texte non public",
        strong=False,
    ),
    Form(
        "diffusion_restreinte",
        r"d\.? ?r\.?(?! ?[a-z])|vs-nfd|vs[ -]nur fur den dienstgebrauch|official[ -]sensitive",
        strong=False,
    ),
    Form("tres_secret", r"t\.? ?s\.?", strong=False),
    Form("secret_defense", r"s\.? ?d\.?", strong=False),
    Form("confidentiel_defense", r"c\.? ?d\.?", strong=False),
)
# Abbreviations, which are markings only in capitals, alone or announced.
ABBREVIATIONS: Final = frozenset({"dr", "ts", "sd", "cd"})
COLOURS: Final = {
    "clear": "tlp_clear",
    "white": "tlp_clear",
    "blanc": "tlp_clear",
    "green": "tlp_green",
    "vert": "tlp_green",
    "amber": "tlp_amber",
    "orange": "tlp_amber",
    "ambre": "tlp_amber",
    "red": "tlp_red",
    "rouge": "tlp_red",
}
DEFENCE: Final = frozenset(
    {
        "secret",
        "tres_secret",
        "secret_defense",
        "confidentiel_defense",
        "tres_secret_defense",
        "diffusion_restreinte",
        "cosmic_top_secret",
    }
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Forms to look for. `strong` is searched for everywhere, `alone` matched against a whole stretch of a line.

    `cores`: a line without any of them bears no marking. `mends`: figures taken for letters are set right before.
    `sure`: who declared these means them, wherever they stand alone.
    """

    forms: tuple[Form, ...]
    strong: re.Pattern[str]
    alone: re.Pattern[str]
    cores: tuple[str, ...] = ()
    mends: bool = True
    sure: bool = False

    @classmethod
    def of(
        cls, forms: tuple[Form, ...], cores: tuple[str, ...] = (), *, mends: bool = True, sure: bool = False
    ) -> "Vocabulary":
        """Compile forms, the first of which that matches is the one found."""
        return cls(forms, _any(forms, strong_only=True), _any(forms, strong_only=False), cores, mends, sure)

    def form_of(self, found: re.Match[str]) -> Form:
        """Return the form that one of the patterns found."""
        return self.forms[int((found.lastgroup or "f0")[1:])]

    def type_of(self, found: re.Match[str]) -> str:
        """Return its type."""
        return self.form_of(found).type

    def mended(self, folded: str) -> str:
        """Return the text as the patterns read it; as long."""
        return mend(folded) if self.mends else folded

    def is_abbreviation(self, found: re.Match[str]) -> bool:
        """Tell a form of a few letters, which is a marking only in capitals, alone or announced."""
        plain = found[0].replace(".", "").replace(" ", "")
        return len(plain) < _LEAST if self.sure else plain in ABBREVIATIONS


@cache
def shipped() -> Vocabulary:
    """Return the markings that are known everywhere."""
    return Vocabulary.of(_FORMS)


def _any(forms: tuple[Form, ...], *, strong_only: bool) -> re.Pattern[str]:
    found = [f"(?P<f{rank}>{form.pattern})" for rank, form in enumerate(forms) if form.strong or not strong_only]
    return re.compile(f"(?<![a-z])(?:{'|'.join(found)})(?![a-z0-9])" if found else r"(?!)")
