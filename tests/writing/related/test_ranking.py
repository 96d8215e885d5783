"""Works beside the sentences of a draft: why each is proposed, word for word, and which are cited already."""

from dataclasses import replace

import msgspec

from chatelet.connectors.scholarly.references.extraction import Reference
from chatelet.writing.related.ranking import rank
from tests.connectors.scholarly.library import WORKS

STATEMENTS = (
    "Attention mechanisms are widely used in computer vision today.",
    "Thermometry inside a living cell needs probes at the nanometre scale.",
    "Weak ties between people carry most new information about jobs.",
)
NAMED = {work.title: work for work in WORKS}
CELL = msgspec.structs.replace(
    NAMED["Nanometre-scale thermometry in a living cell"],
    abstract="Sensitive probing is hard. Here we show thermometry of a living cell with nanometre probes. It works.",
)


def test_each_work_says_which_sentence_it_answers_and_by_which_words() -> None:
    works = [CELL, NAMED["Attention Mechanisms in Computer Vision: A Survey"], NAMED["Random Forests"]]
    found = rank(works, STATEMENTS, [])
    by_title = {one.work.title: one for one in found}
    assert "Random Forests" not in by_title, "what shares nothing with the draft is not proposed"
    cell = by_title["Nanometre-scale thermometry in a living cell"]
    assert cell.statement == 1
    assert {"thermometry", "living", "cell"} <= {word.lower() for word in cell.shared}
    assert cell.extract == "Here we show thermometry of a living cell with nanometre probes."
    assert cell.extract in (CELL.abstract or "")
    seen = by_title["Attention Mechanisms in Computer Vision: A Survey"]
    assert (seen.statement, seen.extract) == (0, ""), "without abstract nothing is quoted"


def test_what_the_draft_cites_is_told_apart_by_doi_or_by_title_and_authors() -> None:
    attention = NAMED["Attention Mechanisms in Computer Vision: A Survey"]
    by_doi = Reference("Guo 2022", doi="10.1007/S41095-022-0271-Y")
    by_title = Reference("Kucsko. Nanometre-scale thermometry in a living cell. 2013", CELL.title, ("Kucsko",), (2013,))
    found = {one.work.title: one.cited for one in rank([CELL, attention], STATEMENTS, [by_doi, by_title])}
    assert found == {attention.title: 0, CELL.title: 1}
    other = replace(by_doi, doi="10.1007/another")
    assert {one.cited for one in rank([attention], STATEMENTS, [other])} == {None}


def test_nothing_asked_ranks_nothing() -> None:
    assert rank(WORKS, (), []) == []
    assert rank([], STATEMENTS, []) == []
