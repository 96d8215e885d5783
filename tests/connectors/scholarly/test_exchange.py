"""References out and in again: what is written is read back as it was, accents and odd characters included."""

import json

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chatelet.connectors.scholarly.errors import ReferencesNotUnderstood
from chatelet.connectors.scholarly.exchange import bibtex, bibtex_reading, csl, reading, ris
from chatelet.connectors.scholarly.exchange.keys import keys_of
from chatelet.connectors.scholarly.merging import merge
from chatelet.connectors.scholarly.record import Author, Identifiers, Printed, Record
from chatelet.connectors.scholarly.recordings.reading import NAMES, recording
from chatelet.connectors.scholarly.services.catalogue import SERVICES

WORKS = merge(SERVICES[source].parse(recording(name), "") for source, name in NAMES)
_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
_TITLES = st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
_TAME = st.from_regex(r"[A-ZÉÀŁ][a-zéèàñ'ø]{1,9}", fullmatch=True)


def _kept(record: Record) -> tuple[object, ...]:
    return record.title, record.authors, record.year, record.date, record.identifiers.doi, record.identifiers.arxiv


@pytest.mark.parametrize("module", [bibtex, ris])
def test_what_is_written_is_read_back(module: object) -> None:
    written = bibtex.write(WORKS) if module is bibtex else ris.write(WORKS)
    back = reading.read(written)
    assert len(back) == len(WORKS)
    for one, other in zip(WORKS, back, strict=True):
        told = tuple(
            Author(author.name, author.family if author.given else None, author.given) for author in one.authors
        )
        date = one.date if module is ris or one.date is None else one.date[:7]
        assert _kept(other) == _kept(msgspec.structs.replace(one, authors=told, date=date))
        assert (other.venue, other.printed.volume, other.link) == (one.venue, one.printed.volume, one.link)


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(title=_TITLES, family=_TAME, given_name=_TAME)
def test_bibtex_keeps_any_title(title: str, family: str, given_name: str) -> None:
    title = title.replace("<", "(").replace("&", "+").replace("$", "€")  # markup and formulas are read as such
    record = Record((), title=title, authors=(Author(f"{given_name} {family}", family, given_name),), year=2020)
    (back,) = reading.read(bibtex.write([record]))
    assert back.authors == record.authors
    assert "".join((back.title or "").split()) == "".join(_dashes(title).split())


def _dashes(text: str) -> str:
    """Two and three hyphens are dashes in LaTeX."""
    from unicodedata import normalize

    return normalize("NFC", text.replace("---", "—").replace("--", "–"))


@given(text=st.text(alphabet='@article{},="#\\ \n{}abc12and', max_size=200))
def test_no_bibtex_raises(text: str) -> None:
    for record in bibtex_reading.read(text):
        assert record.year is None or record.year > 1000


@given(text=st.text(alphabet="TYERAUPD  -\n/12é", max_size=200))
def test_no_ris_raises(text: str) -> None:
    assert all(isinstance(one, Record) for one in ris.read(text))


def test_bibtex_escapes_what_tex_acts_on() -> None:
    record = Record(
        (),
        title=r"50% of $x_1$ & {more} #1 ~ \input{/etc/passwd} $unclosed{",
        authors=(Author("Collectif A and B"), Author("L'Écuyer, Jr", "L'Écuyer, Jr", "É. & Co")),
        kind="article",
        venue="J. of 100% & more",
        identifiers=Identifiers(doi="10.5555/a_b%7D"),
    )
    written = bibtex.write([record])
    assert (
        r"{{50\% of $x_1$ \& \{more\} \#1 \textasciitilde{} \textbackslash{}input\{/etc/passwd\} \$unclosed\{}}"
        in written
    )
    assert "author = {{Collectif A and B} and {L'Écuyer, Jr}, É. \\& Co}" in written
    assert "doi = {10.5555/a_b%7D}" in written
    (back,) = reading.read(written)
    assert [one.name for one in back.authors] == ["Collectif A and B", "É. & Co L'Écuyer, Jr"]
    assert back.venue == "J. of 100% & more"


def test_csl_is_what_citeproc_reads() -> None:
    items = json.loads(csl.write(WORKS))
    margin = next(one for one in items if one.get("DOI") == "10.5555/margin.2023.17")
    assert margin["type"] == "article-journal"
    assert margin["author"][0] == {"family": "Lefèvre", "given": "Zoé"}
    assert margin["issued"] == {"date-parts": [[2023, 5, 4]]}
    assert (margin["page"], margin["container-title"]) == ("101-119", "Journal of Imaginary Learning")
    quiet = next(one for one in items if one.get("DOI") == "10.5555/quiet.2018.4")
    assert quiet["status"] == "Retracted"
    assert quiet["author"][1] == {"literal": "The Imaginary Consortium"}
    assert len({one["id"] for one in items}) == len(items)


def test_keys_are_plain_and_never_twice() -> None:
    one = Record((), title="L'équité des réseaux", authors=(Author("Zoé Lefèvre", "Lefèvre", "Zoé"),), year=2023)
    assert keys_of([one, one, Record(())]) == ["lefevre2023equite", "lefevre2023equitea", "anon"]


def test_bibtex_as_people_write_it() -> None:
    written = r"""
    % a comment with @article in it?
    @string{jmlr = "Journal of Machine " # "Learning"}
    @Comment{ @article{no, title={no}} }
    @ARTICLE ( key+1 ,
      Author = "Guo, Meng-Hao and de la Cruz, Mar{\'\i}a and Ludwig van Beethoven and {World Health Organization} and others",
      title  = {Attention {M}echanisms: {A} {S}urvey}
      , journal = jmlr # { and more}, year = 2022, month = mar, pages = {331--368},
      url = {https://doi.org/10.1007/s41095-022-0271-y}
    )
    @misc{two, title="Nested {"quotes"} here", eprint={2111.07624}, archivePrefix={arXiv}}
    @inproceedings{open, title = {Never closed, year = 2001
    """
    first, second, third = bibtex_reading.read(written)
    assert [one.name for one in first.authors] == [
        "Meng-Hao Guo", "María de la Cruz", "Ludwig van Beethoven", "World Health Organization",
    ]  # fmt: skip
    assert first.authors[2].family == "van Beethoven"
    assert (first.title, first.venue) == ("Attention Mechanisms: A Survey", "Journal of Machine Learning and more")
    assert (first.year, first.date, first.printed.pages) == (2022, "2022-03", "331-368")
    assert first.identifiers.doi == "10.1007/s41095-022-0271-y"
    assert (second.title, second.identifiers.arxiv, second.kind) == ('Nested "quotes" here', "2111.07624", "preprint")
    assert third.title == "Never closed, year = 2001"


def test_ris_as_others_write_it() -> None:
    written = "\ufeffTY  - JOUR\nA1  - Curie, Marie\nA1  - CNRS\nT1  - A title\n that goes on\nJO  - Comptes rendus\nY1  - 1898/12/26/\n"
    written += "DO  - https://doi.org/10.5555/RADIUM\nXX  - unknown\nER  -\n\nTY - THES\nTI - Une thèse\nPY - 2001\n"
    article, thesis = reading.read(written)
    assert (article.title, article.date, article.venue) == ("A title that goes on", "1898-12-26", "Comptes rendus")
    assert article.authors == (Author("Marie Curie", "Curie", "Marie"), Author("CNRS"))
    assert article.identifiers.doi == "10.5555/radium"
    assert (thesis.kind, thesis.year) == ("thesis", 2001)


def test_a_list_of_dois_and_nothing_at_all() -> None:
    found = reading.read("see https://doi.org/10.5555/A, and (doi:10.5555/b).\n10.5555/a")
    assert [one.identifiers.doi for one in found] == ["10.5555/a", "10.5555/b"]
    with pytest.raises(ReferencesNotUnderstood):
        reading.read("Bonjour @tous")


def test_printed_pages_survive_their_dashes() -> None:
    record = Record((), title="Pages", kind="article", printed=Printed(pages="12–19"))
    assert "pages = {12--19}" in bibtex.write([record])
    assert "SP  - 12\r\nEP  - 19\r\n" in ris.write([record])
