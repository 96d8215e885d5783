"""Captions and mentions are found by code, in French and English; what an answer names must be in what it was given."""

from itertools import pairwise
from uuid import uuid4

import pytest

from chatelet.documents.parsing.reader import read_file
from chatelet.evidence.passage import Passage
from chatelet.writing.papers.checking import check
from chatelet.writing.papers.gathering import chosen, gather, named
from chatelet.writing.papers.pointing import Name, known_in, named_in, pointed
from chatelet.writing.summary.sources import Given, sources_of

FRENCH = """# Débits du lac

Nous mesurons le débit de deux groupes de navires. La figure 2 montre sa chute avec la profondeur.

Figure 2 – Débit selon la profondeur, pour les deux groupes de navires.

Le premier tableau donne les profondeurs. Comme le montrent les figures 1 à 3, la chute est nette en hiver.

Tableau n° 2 : Profondeurs relevées par les deux équipes.

Le débit suit une loi simple.

Q = k S + c (4)

où k est la constante du lac et S la surface. Dans (4), la constante c est négligée sous la glace.
"""
ENGLISH = """# Flow of the lake

Figure 3 shows that flow falls with depth, as do Figs. 3b and 5.

Figure 3. Flow against depth for two groups of vessels.

TABLE II

Eq. (7) was fitted to Table II. Nothing else was.
"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Figures 2, 3 et 5", ["figure 2", "figure 3", "figure 5"]),
        ("Figs. 2–4 show", ["figure 2", "figure 3", "figure 4"]),
        ("(Fig. 3b), fig.\u00a03(a)", ["figure 3"]),
        ("tableaux\u202f1 à 3", ["table 1", "table 2", "table 3"]),
        ("Table 2, 31 percent of them; in figure 3 and 12 vessels", ["figure 3", "table 2"]),
        ("TABLE II; Figure S2; Figure A.1", ["figure A1", "figure S2", "table II"]),
        ("Extended Data Fig. 3", ["figure S3"]),
        ("équations (3) et (4); l’éq. 5; dans (6)", ["formula 3", "formula 4", "formula 5", "formula 6"]),
        ("Eqs. (3)–(5)", ["formula 3", "formula 4", "formula 5"]),
        ("Scheme 2 and Schemes 3–4; le schéma\u00a01", ["scheme 1", "scheme 2", "scheme 3", "scheme 4"]),
        ("Algorithm 1, les algorithmes 2 et 3", ["algorithm 1", "algorithm 2", "algorithm 3"]),
        ("Graphique 4; graphiques 5 et 6; Chart 7", ["chart 4", "chart 5", "chart 6", "chart 7"]),
        ("l’encadré 2, Encadrés 3 et 4, Box 5, Boxes 6 and 7", [f"box {one}" for one in "234567"]),
        (
            "P.O. Box 92, PO Box 12, a box 3 wide, a chart 2, three boxes 4, schematics 2, algorithmic 3, graphical 3",
            [],
        ),
        ("figures 12 % of vessels, a table of 3, the figure 2024 was", []),
    ],
)
def test_names_are_understood(text: str, names: list[str]) -> None:
    assert sorted(f"{one.kind} {one.number}" for one in named_in(text)) == names


def test_a_french_text_is_pointed_at() -> None:
    document = read_file(FRENCH.encode(), "lac.md")
    found = {one.name: one for one in pointed(document)}
    assert list(found) == [*(Name("figure", one) for one in "123"), Name("table", "2"), Name("formula", "4")]
    told = {name: document.text[slice(*one.caption)] for name, one in found.items() if one.caption}
    assert told == {
        Name("figure", "2"): "Figure 2 – Débit selon la profondeur, pour les deux groupes de navires.",
        Name("table", "2"): "Tableau n° 2 : Profondeurs relevées par les deux équipes.",
        Name("formula", "4"): "Q = k S + c (4)",
    }
    assert [document.text[start:end] for start, end in found[Name("figure", "2")].mentions] == [
        "figure 2",
        "figures 1 à 3",
    ]
    assert [document.text[start:end] for start, end in found[Name("formula", "4")].mentions] == ["Dans (4)"]


def test_a_sentence_that_begins_with_a_figure_is_not_its_caption() -> None:
    document = read_file(ENGLISH.encode(), "lake.md")
    found = {one.name: one for one in pointed(document)}
    caption = found[Name("figure", "3")].caption
    assert caption is not None
    assert document.text[slice(*caption)].startswith("Figure 3. Flow")
    assert len(found[Name("figure", "3")].mentions) == 2
    assert found[Name("table", "II")].caption is not None
    assert found[Name("formula", "7")].caption is None
    assert Name("figure", "9") not in found


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Scheme 1. Synthesis of the ligand from the acid.", Name("scheme", "1")),
        ("Algorithm 2 Training with scarce data", Name("algorithm", "2")),
        ("Graphique 3 – Évolution des effectifs de 1990 à 2020", Name("chart", "3")),
        ("Tableau 4. Effectifs par région", Name("table", "4")),
        ("Encadré 5 : Sources et méthodes", Name("box", "5")),
        ("ENCADRÉ 1", Name("box", "1")),
        ("Box 2 | How the survey was made", Name("box", "2")),
    ],
)
def test_other_captions_are_known(line: str, name: Name) -> None:
    document = read_file(f"# Effectifs\n\nTexte d'avant, assez long.\n\n{line}\n\nTexte d'après.".encode(), "note.md")
    [one] = pointed(document)
    assert one.name == name
    assert one.caption is not None
    assert document.text[slice(*one.caption)] == line


def test_an_algorithm_is_given_with_its_steps() -> None:
    """Its steps stand in the passages after its caption, which is short."""
    beside = "\n\n".join(f"Paragraph {one} is about nothing but paragraph {one}. " * 18 for one in range(9))
    steps = "\n\n".join(f"Step {one}: {'keep the best and go on with the rest. ' * 22}" for one in (1, 2))
    text = f"{beside}\n\nAlgorithm 1. Training with scarce data.\n\n{steps}\n\n{beside}"
    document = read_file(text.encode(), "long.md")
    [source] = sources_of([Given(uuid4(), "", document)])
    about = named(document, Name("algorithm", "1"))
    assert about is not None
    given = " ".join(one.text for one in gather(about, source.passages, 24_000))
    assert all(f"Step {one}:" in given for one in (1, 2))


def test_what_is_gathered_is_the_caption_its_mentions_and_what_is_around() -> None:
    beside = "\n\n".join(f"Paragraph {one} is about nothing but paragraph {one}. " * 18 for one in range(12))
    text = f"{beside}\n\nFigure 3. Flow against depth.\n\n{beside}\n\nIt falls, as Figure 3 shows.\n\n{beside}"
    document = read_file(text.encode(), "long.md")
    [source] = sources_of([Given(uuid4(), "", document)])
    about = named(document, Name("figure", "3"))
    assert about is not None
    given = gather(about, source.passages, 24_000)
    assert 0 < len(given) < len(source.passages)
    assert sum("Figure 3" in one.text for one in given) == 2
    gaps = [after.number - before.number for before, after in pairwise(given)]
    assert gaps.count(2) == 1, "what does not follow is not numbered as if it did"
    assert gather(about, source.passages, 10) == []


def test_words_chosen_are_found_as_the_paper_has_them() -> None:
    document = read_file(FRENCH.encode(), "lac.md")
    about = chosen(document, "Q = K S +  c (4)")
    assert about is not None
    assert about.own is not None
    assert document.text[slice(*about.own)] == "Q = k S + c (4)"
    assert len(about.mentions) == 1, "what names the formula among them is read too"
    assert chosen(document, "Q = k S + d") is None


def test_a_list_whose_sentences_are_not_held_leaves_no_numbers() -> None:
    passages = [Passage("Figure 3. Flow against depth for two groups of vessels.", number=1)]
    answer = (
        "It shows this:\n\n1. Flow against depth for two groups of vessels [1].\n\n2. The moon is a cheese of 83 %.\n\n"
        "3) The sea was blue in 1998 everywhere.\n\n- It never rains in Brest, said 12 persons."
    )
    checked = check(answer, passages)
    assert len(checked.dropped) == 3, checked
    assert checked.text.split("\n\n") == ["It shows this:", "1. Flow against depth for two groups of vessels. [1]"]


def test_a_figure_that_no_passage_names_is_told_as_such() -> None:
    passages = [Passage("Figure 3. Flow against depth for two groups of vessels.\nE = m c + k (4)", number=1)]
    known = known_in([one.text for one in passages])
    assert known == {Name("figure", "3"), Name("formula", "4")}
    answer = "Figure 3 gives flow against depth for two groups of vessels [1]. Figure 9 gives flow against depth for vessels [1]."
    checked = check(answer, passages, lambda said: "number_unknown" if named_in(said) - known else None)
    assert checked.text == "Figure 3 gives flow against depth for two groups of vessels. [1]"
    [dropped] = checked.dropped
    assert (dropped.text.startswith("Figure 9 gives flow"), dropped.reason) == (True, "number_unknown")
