"""Calls of a body, paired with the list: what is absent, what is never called; and what is no call at all."""

import pytest

from chatelet.connectors.scholarly.record import Author, Record
from chatelet.connectors.scholarly.references import extraction
from chatelet.connectors.scholarly.references.checking import Checked
from chatelet.connectors.scholarly.references.extraction import Reference
from chatelet.writing.manuscripts.calls import calls_of
from chatelet.writing.manuscripts.claims import compare
from chatelet.writing.manuscripts.pairing import Paired, never_called, pair
from chatelet.writing.manuscripts.raised import raised

LIST = """Références

Guo, M.-H., Xu, T.-X., & Liu, J. (2022). Attention mechanisms in computer vision: A survey. Visual Media, 8.

Bourdieu, P. (1979). La distinction : critique sociale du jugement. Éditions de Minuit.

Bourdieu, P. (1980a). Le sens pratique. Éditions de Minuit.

Bourdieu, P. (1980b). Le capital social : notes provisoires. Actes de la recherche, 31.

Insee. (2020). La population des communes en chiffres. Institut national de la statistique.

de la Cruz, A., & Van den Berg, B. (2018). A study of names that have particles. Journal of Names, 4.

Sebillotte Cuchet, V. (2016). Where does axial breakthrough take place? Fudan Journal, 9.
"""
REFERENCES = extraction.extract(LIST)


def _paired(body: str) -> list[Paired]:
    return pair(calls_of(body), REFERENCES)


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("L'attention suffit (Guo et al., 2022).", [0]),
        ("Selon Guo et al. (2022), l'attention suffit.", [0]),
        ("Voir (Guo, Xu & Liu, 2022 ; Bourdieu, 1979, p. 12).", [0, 1]),
        ("Bourdieu (1979) et Bourdieu (1980b) divergent.", [1, 3]),
        ("Le sens (Bourdieu, 1979, 1980a, b).", [1, 2, 3]),
        ("La population baisse (Insee, 2020).", [4]),
        ("Des particules (de la Cruz et Van den Berg, 2018).", [5]),
        ("Sebillotte Cuchet [2016] le conteste.", [6]),
        ("Le tournant (cf. Sebillotte Cuchet, 2016 : 570).", [6]),
    ],
)
def test_a_call_names_its_reference(body: str, places: list[int]) -> None:
    assert [place for one in _paired(body) for place in one.references] == places


def test_what_is_absent_is_told_with_the_nearest_of_the_same_author() -> None:
    paired = _paired("Guo et al. (2022) le montrent. On sait (Durand, 2021) que Bourdieu (1984) le niait.")
    missing = {one.call.written: one.near for one in paired if one.missing}
    assert missing == {"(Durand, 2021)": None, "Bourdieu (1984)": 1}
    assert never_called(paired, REFERENCES) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "body",
    [
        "La réforme (Paris, 2019) et la loi (mars 2021) sont là.",
        "Entre deux dates (2010-2020), rien.",
        "Le tableau [voir la figure] et (Figure 2, 2020).",
        "Une année (2020) seule, un intervalle [0, 1].",
    ],
)
def test_what_is_no_call_is_not_told_as_absent(body: str) -> None:
    assert _paired(f"Rien d'autre ici. {body}") == []


def test_numbers_and_ranges() -> None:
    listed = [Reference(f"Reference {n}", label=str(n)) for n in range(1, 10)]
    paired = pair(calls_of("Un fait [1], deux [3, 5–7] et un passage [2, p. 14]. Un autre [12]."), listed)
    assert [one.references for one in paired] == [(0,), (2, 4, 5, 6), (1,), ()]
    assert paired[-1].missing[0].label == "12"
    assert never_called(paired, listed) == [3, 7, 8]


def test_keys_of_latex_and_of_pandoc() -> None:
    listed = [Reference("One", key="guo22"), Reference("Two", key="bourdieu:1979")]
    keyed = pair(calls_of("Un fait [guo22,ghost]. Une plage [0,1].", keys={"guo22", "ghost"}), listed)
    assert [(one.references, [gone.label for gone in one.missing]) for one in keyed] == [((0,), ["ghost"])]
    written = pair(calls_of("Un fait [voir @guo22, p. 3 ; @bourdieu:1979]."), listed)
    assert written[0].references == (0, 1)


def _checked(abstract: str | None, *more: str) -> list[Checked]:
    works = [
        Record(("crossref",), title="Sleep and memory", authors=(Author("Ada Guo"),), year=2022, abstract=one)
        for one in (abstract, *more)
    ]
    return [Checked(Reference("Guo, A. (2022)", label=str(at)), "found", (), one) for at, one in enumerate(works, 1)]


ABSTRACT = (
    "We followed 412 adults during six years. Short sleep was associated with a decline of memory. "
    "The decline reached 18 percent among adults over sixty. Exercise did not change the decline of memory."
)


def _claims(body: str, checked: list[Checked]) -> list[tuple[str, str | None]]:
    paired = pair(calls_of(body), [one.reference for one in checked])
    return [(one.told, one.reason) for one in compare(body, paired, checked)]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Short sleep was associated with a decline of memory [1].", ("supported", None)),
        ("According to Guo, the decline reached 18 percent among adults over sixty [1].", ("supported", None)),
        ("Exercise did change the decline of memory [1].", ("apart", "negation_apart")),
        ("The decline reached 55 percent among adults over sixty [1].", ("silent", "figures_absent")),
        ("Whales migrate along the coasts of warm southern oceans [1].", ("silent", "meaning_apart")),
        ("Le sommeil court était associé à un déclin de la mémoire des adultes [1].", ("silent", "other_language")),
    ],
)
def test_a_sentence_beside_the_abstract(body: str, told: tuple[str, str | None]) -> None:
    assert _claims(body, _checked(ABSTRACT)) == [told]


def test_of_several_works_none_is_said_to_deny_and_an_unknown_abstract_is_not_compared() -> None:
    other = "Whales migrate along the coasts each year and sing in the cold waters of northern oceans."
    assert _claims("Exercise did change the decline of memory [1, 2].", _checked(ABSTRACT, other)) == [
        ("silent", "negation_apart"),
        ("silent", "meaning_apart"),
    ]
    assert _claims("Short sleep was associated with a decline of memory [1].", _checked(None)) == []


NUMBERED = [Reference(f"Reference {n}", label=str(n)) for n in range(1, 8)]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("Les réseaux sont justes.1,2 Un effet connu3–5, puis un autre6 existe.", [(0, 1), (2, 3, 4), (5,)]),
        ("Les réseaux sont justes¹. Un effet connu²⁻⁴ existe.", [(0,), (1, 2, 3)]),
        ("Une marge1 et 12 m2, du CO2, IPv6, fig.3, 103 ans, p.4, une aire2 connue.", [(0,), (1,)]),
    ],
)
def test_calls_above_the_line_are_read_together(body: str, places: list[tuple[int, ...]]) -> None:
    assert [one.references for one in pair(list(raised(body, 7)), NUMBERED)] == places


@pytest.mark.parametrize(
    "body",
    [
        "Le modèle5 seul, et la page3 d'un site https://exemple.fr/abc4.",
        "La version7 du logiciel, la classe6, le niveau4.",
        "Un fait établi99 et un autre57.",
        "",
    ],
)
def test_digits_that_touch_words_are_no_calls_alone(body: str) -> None:
    assert list(raised(body, 7)) == []
