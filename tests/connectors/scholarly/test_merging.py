"""One work, one record: what is the same, what is not, and which field is taken from whom."""

from urllib.parse import unquote

import msgspec
import pytest

from chatelet.connectors.scholarly.contract import Courtesy, Filters, Question
from chatelet.connectors.scholarly.merging import filtered, in_order, merge
from chatelet.connectors.scholarly.record import Access, Author, Identifiers, Record
from chatelet.connectors.scholarly.recordings.reading import NAMES, recording
from chatelet.connectors.scholarly.services.catalogue import SERVICES


def _all() -> list[Record]:
    return merge(SERVICES[source].parse(recording(name), "") for source, name in NAMES)


def _one(title: str, author: str = "Ada Lovelace", **more: object) -> Record:
    return msgspec.structs.replace(Record(("hal",), title=title, authors=(Author(author),)), **more)


def test_the_recordings_hold_no_work_twice() -> None:
    works = _all()
    for scheme in ("doi", "hal", "arxiv", "nnt", "pmid", "openalex"):
        known = [getattr(one.identifiers, scheme) for one in works if getattr(one.identifiers, scheme)]
        assert len(known) == len(set(known)), scheme
    assert len(works) == 12


def test_a_preprint_and_its_article_are_one_that_says_both() -> None:
    margin = next(one for one in _all() if one.identifiers.doi == "10.5555/margin.2023.17")
    assert (margin.kind, margin.year) == ("article", 2023)
    assert set(margin.sources) == {"crossref", "hal", "openalex", "unpaywall", "arxiv", "semantic_scholar", "istex"}
    assert [(one.kind, one.scheme, one.value) for one in margin.relations] == [("has_preprint", "arxiv", "2211.99001")]
    assert (margin.access.version, margin.access.is_pdf, margin.access.licence) == ("published", True, "cc-by")
    assert margin.citations == 45
    assert margin.authors[0] == Author("Zoé Lefèvre", "Lefèvre", "Zoé", "0000-0002-1825-0097")


def test_a_retraction_told_by_one_is_told_and_its_notice_stays_apart() -> None:
    works = _all()
    quiet = next(one for one in works if one.identifiers.doi == "10.5555/quiet.2018.4")
    assert quiet.is_retracted
    assert [one.doi for one in quiet.notices] == ["10.5555/quiet.2019.9"]
    notice = next(one for one in works if one.kind == "notice")
    assert (notice.identifiers.doi, notice.is_retracted) == ("10.5555/quiet.2019.9", False)


def test_titles_join_only_what_may_be_one_work() -> None:
    title = "A theory of analytical engines"
    assert (
        len(merge([[_one(title, year=1843)], [_one("A Theory of Analytical Engines.", "Lovelace, A.", year=1842)]]))
        == 1
    )
    assert len(merge([[_one(title, year=1843)], [_one(title, "Charles Babbage", year=1843)]])) == 2
    assert len(merge([[_one(title, year=1843)], [_one(title, year=1851)]])) == 2
    assert len(merge([[_one(title, kind="thesis")], [_one(title, kind="article")]])) == 2
    first, second = Identifiers(doi="10.5555/a"), Identifiers(doi="10.5555/b")
    assert len(merge([[_one(title, identifiers=first)], [_one(title, identifiers=second)]])) == 2
    assert len(merge([[_one("Editorial")], [_one("Editorial")]])) == 2, "a title too short says nothing"


def test_the_order_of_sources_changes_no_field() -> None:
    lists = [SERVICES[source].parse(recording(name), "") for source, name in NAMES]
    one, other = merge(lists), merge(list(reversed(lists)))
    by_title = {work.title: work for work in other}
    assert {work.title for work in one} == set(by_title)
    for work in one:
        found = by_title[work.title]
        assert (work.year, work.identifiers, work.kind, work.authors) == (
            found.year, found.identifiers, found.kind, found.authors,
        )  # fmt: skip


def test_filters_take_no_silence_for_a_yes() -> None:
    known = _one("Known", year=2020, access=Access(is_open=True), kind="article", domains=("Computer Science",))
    silent = _one("Silent")
    both = [silent, known]
    assert filtered(both, Filters(year_from=2019, year_to=2021)) == [known]
    assert filtered(both, Filters(open_access=True)) == [known]
    assert filtered(both, Filters(kinds=frozenset({"article"}))) == [known]
    assert filtered(both, Filters(domain="computer")) == [known]
    assert filtered(both, Filters(author="lovelace")) == both
    assert filtered(both, Filters(author="babbage")) == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("informatique", "Computer Science"),
        ("Informatique", "info.info-lg"),
        ("computer science", "cs.LG"),
        ("apprentissage", "cs.LG"),
        ("sciences humaines", "shs.hist"),
        ("histoire", "shs.hist"),
        ("médecine", "Medicine"),
        ("économie", "Economics, Econometrics and Finance"),
    ],
)
def test_a_domain_is_known_under_the_name_of_each_source(asked: str, told: str) -> None:
    of, other = _one("Of it", domains=(told,)), _one("Other", domains=("Chemistry", "chim", "physics.chem-ph"))
    assert filtered([of, other], Filters(domain=asked)) == [of]


def test_a_domain_is_asked_of_the_sources_that_know_how() -> None:
    question = Question("marge", Filters(domain="informatique"))
    asked = {name: unquote(SERVICES[name].search(question, Courtesy()) or "") for name in ("hal", "openalex", "arxiv")}
    assert "domainAllCode_s:(info)" in asked["hal"]
    assert "topics.field.id:17" in asked["openalex"]
    assert "(cat:cs*)" in asked["arxiv"]
    other = Question("marge", Filters(domain="pataphysique"))
    assert not any("pataphysique" in unquote(SERVICES[name].search(other, Courtesy()) or "") for name in asked)


def test_what_is_missing_comes_last() -> None:
    old, new, none = _one("Old", date="1999", citations=9), _one("New", date="2020-05", citations=1), _one("None")
    assert in_order([none, old, new], "date") == [new, old, none]
    assert in_order([none, new, old], "citations") == [old, new, none]
    assert in_order([none, new, old], "relevance") == [none, new, old]
