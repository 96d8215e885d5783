"""Domains of knowledge under the names that sources give them: codes of HAL and arXiv, fields of OpenAlex.

A domain asked for in French or in English is found under any of them. Sources: HAL's domains (api.archives-ouvertes.fr/
ref/domain), arXiv's category taxonomy, OpenAlex's fields (ASJC).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from chatelet.connectors.scholarly.names import folded

_SHORTEST_STEM: Final = 3


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain. `codes`: of HAL and arXiv, those under them included; `fields`: names and numbers of OpenAlex."""

    french: str
    english: str
    codes: tuple[str, ...] = ()
    fields: tuple[tuple[int, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return all that it is called."""
        return (self.french, self.english, *(name for _number, name in self.fields))


DOMAINS: Final = (
    Domain("Informatique", "Computer science", ("info", "cs"), ((17, "Computer Science"),)),
    Domain("Intelligence artificielle", "Artificial intelligence", ("info.info-ai", "cs.AI")),
    Domain("Apprentissage automatique", "Machine learning", ("info.info-lg", "cs.LG", "stat.ML", "stat.stat-ml")),
    Domain("Traitement des langues", "Computation and language", ("info.info-cl", "info.info-tt", "cs.CL")),
    Domain("Cryptographie et sécurité", "Cryptography and security", ("info.info-cr", "cs.CR")),
    Domain("Mathématiques", "Mathematics", ("math",), ((26, "Mathematics"),)),
    Domain("Statistiques", "Statistics", ("stat",)),
    Domain(
        "Physique",
        "Physics",
        ("phys", "physics", "cond-mat", "quant-ph", "hep-ex", "hep-lat", "hep-ph", "hep-th", "gr-qc", "nucl-ex",
         "nucl-th", "nlin", "math-ph"),
        ((31, "Physics and Astronomy"),),
    ),
    Domain("Astronomie", "Astronomy", ("astro-ph", "sdu.astr", "phys.astr"), ((31, "Physics and Astronomy"),)),
    Domain("Planète et Univers", "Earth and planetary sciences", ("sdu",), ((19, "Earth and Planetary Sciences"),)),
    Domain("Chimie", "Chemistry", ("chim",), ((16, "Chemistry"), (15, "Chemical Engineering"))),
    Domain("Matériaux", "Materials", ("chim.mate", "cond-mat.mtrl-sci", "spi.mat"), ((25, "Materials Science"),)),
    Domain(
        "Sciences du vivant, biologie",
        "Life sciences, biology",
        ("sdv", "q-bio"),
        ((13, "Biochemistry, Genetics and Molecular Biology"), (11, "Agricultural and Biological Sciences"),
         (24, "Immunology and Microbiology")),
    ),
    Domain("Médecine, santé", "Medicine, health", ("sdv.mhep", "sdv.spee"),
           ((27, "Medicine"), (36, "Health Professions"))),
    Domain("Neurosciences", "Neuroscience", ("sdv.neu", "q-bio.NC", "scco.neur"), ((28, "Neuroscience"),)),
    Domain("Sciences cognitives", "Cognitive science", ("scco",)),
    Domain("Environnement", "Environmental sciences", ("sde",), ((23, "Environmental Science"),)),
    Domain("Énergie", "Energy", ("spi.nrj",), ((21, "Energy"),)),
    Domain("Sciences de l’ingénieur", "Engineering", ("spi", "eess"), ((22, "Engineering"),)),
    Domain(
        "Sciences humaines et sociales",
        "Humanities and social sciences",
        ("shs",),
        ((33, "Social Sciences"), (12, "Arts and Humanities")),
    ),
    Domain("Histoire", "History", ("shs.hist",)),
    Domain("Droit", "Law", ("shs.droit",)),
    Domain("Sociologie", "Sociology", ("shs.socio",)),
    Domain("Philosophie", "Philosophy", ("shs.phil",)),
    Domain("Linguistique", "Linguistics", ("shs.langue",)),
    Domain("Éducation", "Education", ("shs.edu",)),
    Domain("Géographie", "Geography", ("shs.geo",)),
    Domain("Archéologie", "Archaeology", ("shs.archeo",)),
    Domain("Littérature", "Literature", ("shs.litt",)),
    Domain("Science politique", "Political science", ("shs.scipo",)),
    Domain("Gestion", "Business and management", ("shs.gestion",), ((14, "Business, Management and Accounting"),)),
    Domain(
        "Économie et finance",
        "Economics and finance",
        ("shs.eco", "qfin", "q-fin", "econ"),
        ((20, "Economics, Econometrics and Finance"),),
    ),
    Domain("Psychologie", "Psychology", ("shs.psy", "scco.psyc"), ((32, "Psychology"),)),
)  # fmt: skip


@lru_cache(maxsize=64)
def wanted(words: str) -> tuple[Domain, ...]:
    """Return the domains that words name: each word begins a word of one name."""
    asked = folded(words).split()
    if not asked or len(asked[0]) < _SHORTEST_STEM:
        return ()
    return tuple(domain for domain in DOMAINS if any(_named(asked, name) for name in domain.names))


def is_of(told: str, domains: tuple[Domain, ...]) -> bool:
    """Tell whether a source's own name of a domain, a code or words, is one of these, or below one."""
    low = told.casefold()
    for domain in domains:
        if any(low == code.casefold() or low.startswith(f"{code.casefold()}.") for code in domain.codes):
            return True
        if any(folded(told) == folded(name) for name in domain.names):
            return True
    return False


def codes_of(words: str) -> list[str]:
    """Return the codes, of HAL and arXiv together, that words name."""
    return sorted({code for domain in wanted(words) for code in domain.codes})


def fields_of(words: str) -> list[int]:
    """Return the numbers of OpenAlex's fields that words name."""
    return sorted({number for domain in wanted(words) for number, _name in domain.fields})


def _named(asked: list[str], name: str) -> bool:
    told = folded(name).split()
    return all(any(one.startswith(word) for one in told) for word in asked)
