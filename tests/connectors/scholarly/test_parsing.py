"""Answers of the services read: right or missing, never invented, never anything raised but `SourceBroken`."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.record import Author, Record, SourceName
from chatelet.connectors.scholarly.recordings.reading import NAMES, recording
from chatelet.connectors.scholarly.services.catalogue import SERVICES

_MARGIN = "10.5555/margin.2023.17"


def _read(source: SourceName, name: str) -> list[Record]:
    return SERVICES[source].parse(recording(name), "")


def _fields(record: Record) -> tuple[object, ...]:
    return record.title, [one.name for one in record.authors], record.year, record.identifiers.doi, record.link


@pytest.mark.parametrize(
    ("source", "name"),
    [one for one in NAMES if one[1] not in {"theses.json", "doaj.json", "europe_pmc.json", "arxiv_2010.xml"}],
)
def test_the_same_work_is_read_alike_from_each(source: SourceName, name: str) -> None:
    record = next(one for one in _read(source, name) if one.identifiers.doi == _MARGIN)
    assert (record.title or "").lower() == "fairness of neural networks at the margin"
    families = [one.name.replace("‐", "-").split()[-1] for one in record.authors]
    assert families == ["Lefèvre", "Ben-Salah", "Søndergaard"]
    assert record.year == (2022 if source in {"arxiv", "semantic_scholar"} else 2023)
    assert record.link is not None


def test_hal_lists_languages_and_impossible_dates() -> None:
    margin, thesis, bare = _read("hal", "hal.json")
    assert margin.title == "Fairness of Neural Networks at the Margin", "in its own language, said by `language_s`"
    assert (margin.date, margin.authors[0]) == ("2023-05", Author("Zoé Lefèvre", "Lefèvre", "Zoé"))
    assert (margin.access.licence, margin.access.is_pdf) == ("cc-by", True)
    assert (thesis.kind, thesis.abstract, thesis.access.is_open) == ("thesis", None, False)
    assert _fields(bare) == ("Titre donné comme un texte", ["Une Seule Personne"], 2019, None, None)
    assert {"doi", "venue", "abstract", "access", "link"} <= set(bare.missing)


def test_arxiv_of_both_generations() -> None:
    old, *_rest = _read("arxiv", "arxiv_2010.xml")
    assert (old.identifiers.arxiv, old.title, old.year) == ("math.GT/0309990", "Knots that are not", 2003)
    margin, withdrawn = _read("arxiv", "arxiv_2024.xml")
    assert [one.name for one in margin.authors] == ["Zoé Lefèvre", "Karim Ben-Salah", "Ana Søndergaard"]
    assert margin.abstract == "We measure fairness where data is scarce.\nA second paragraph."
    assert [(one.kind, one.value) for one in margin.relations] == [("published_as", _MARGIN)]
    assert withdrawn.is_retracted
    assert withdrawn.title == "On $\\ell_1$ balls that roll", "a formula stays as it was written"


def test_openalex_inverted_abstracts_and_wrong_dates() -> None:
    margin, quiet = _read("openalex", "openalex.json")
    assert margin.abstract == "We measure fairness where data is scarce."
    assert [one.orcid for one in margin.authors] == ["0000-0002-1825-0097", None, None], (
        "a wrong check digit is no ORCID"
    )
    assert (quiet.title, quiet.date) == ("A quiet effect of Silene imaginaria on sleep", "2018")
    assert (quiet.is_retracted, quiet.abstract, quiet.venue) == (True, None, None)


def test_crossref_markup_organisations_and_notices() -> None:
    margin, quiet, notice = _read("crossref", "crossref.json")
    assert (margin.abstract, margin.access.licence) == ("We measure fairness where data is scarce.", "cc-by-4.0")
    assert quiet.title == "RETRACTED: A quiet effect of Silene imaginaria on sleep & memory"
    assert quiet.authors[1] == Author("The Imaginary Consortium")
    assert [(one.kind, one.doi, one.date) for one in quiet.notices] == [
        ("retraction", "10.5555/quiet.2019.9", "2019-06-01")
    ]
    assert (notice.kind, notice.date, notice.is_retracted) == ("notice", "2019-06", False)
    assert notice.relations[0].value == "10.5555/quiet.2018.4"


def test_a_doi_with_odd_characters_has_a_link_that_leads_to_it() -> None:
    doi = "10.1002/(SICI)1097-461X(1998)66:4<261::AID-QUA1>3.0.CO;2-T"
    (record,) = SERVICES["crossref"].parse(json.dumps({"DOI": doi, "title": ["One", "Two"]}).encode(), "")
    assert (record.identifiers.doi, record.title) == (doi.lower(), "One")
    assert record.link == "https://doi.org/10.1002/(sici)1097-461x(1998)66:4%3C261::aid-qua1%3E3.0.co;2-t"


def test_semantic_scholar_nothing_where_nothing_is_known() -> None:
    margin, note = _read("semantic_scholar", "semantic_scholar.json")
    assert (margin.abstract, margin.venue, margin.printed.pages) == (None, "Journal of Imaginary Learning", "101-119")
    assert margin.access.url is None
    assert {"authors", "year", "doi", "link", "access"} <= set(note.missing)
    assert SERVICES["semantic_scholar"].parse(b'{"error":"Title match not found"}', "") == []


def test_europe_pmc_titles_and_retractions() -> None:
    quiet, cells = _read("europe_pmc", "europe_pmc.json")
    assert quiet.title == "A quiet effect of Silene imaginaria on sleep & memory"
    assert (quiet.is_retracted, quiet.access.is_open) == (True, None)
    assert quiet.abstract == "Background\nNothing was known.\nResults\nNothing was found."
    assert (cells.kind, cells.authors, cells.access.licence) == (
        "preprint",
        (Author("Han Solo", "Solo", "Han"),),
        "cc-by",
    )


def test_theses_doaj_and_unpaywall() -> None:
    thesis, preparing = _read("theses", "theses.json")
    assert (thesis.date, thesis.identifiers.nnt, thesis.venue) == (
        "2021-12-03",
        "2021TEST0042",
        "Université imaginaire",
    )
    assert (preparing.year, preparing.identifiers.nnt) == (None, None)
    (article,) = _read("doaj", "doaj.json")
    assert (article.access.licence, article.printed.pages, article.date) == ("cc-by-nc-nd", "1-22", "2022-11")
    (open_copy,) = _read("unpaywall", "unpaywall.json")
    assert open_copy.access.url == "https://www.imaginary.example/margin.pdf"
    assert SERVICES["unpaywall"].parse(b'{"HTTP_status_code": 404, "error": true, "message": "no"}', "") == []


@pytest.mark.parametrize("source", list(SERVICES))
@pytest.mark.parametrize(
    "body",
    [b"", b"Resource not found.", b"<!doctype html><title>404</title>", b"[]", b"{}", b"[" * 99_999, b"\xff\xfe"],
)
def test_what_is_no_answer_is_said_to_be_broken(source: SourceName, body: bytes) -> None:
    with pytest.raises(SourceBroken):
        SERVICES[source].parse(body, "text/html")


def _spoiled(value: Any, draw: st.DataObject) -> Any:
    """Replace parts of an answer by what a service could put there instead."""
    fate = draw.draw(st.integers(0, 11))
    if fate == 0:
        return draw.draw(
            st.sampled_from([None, "", [], {}, 0, -1, True, 1e300, "x" * 5_000, [[]], {"a": []}, "2023-13-45"])
        )
    if fate == 1:
        return [value, value]
    if isinstance(value, dict):
        return {name: _spoiled(one, draw) for name, one in value.items()}
    return [_spoiled(one, draw) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("source", "name"), [one for one in NAMES if one[1].endswith(".json")])
@settings(max_examples=60, deadline=None)
@given(draw=st.data())
def test_no_spoiled_answer_raises(source: SourceName, name: str, draw: st.DataObject) -> None:
    body = json.dumps(_spoiled(json.loads(recording(name)), draw)).encode()
    with suppress(SourceBroken):
        for record in SERVICES[source].parse(body, ""):
            assert record.year is None or 1400 <= record.year <= 2200
            assert all(one.name for one in record.authors)


@pytest.mark.parametrize("name", ["arxiv_2010.xml", "arxiv_2024.xml"])
@settings(max_examples=80, deadline=None)
@given(draw=st.data())
def test_no_cut_feed_raises(name: str, draw: st.DataObject) -> None:
    body = bytearray(recording(name))
    start = draw.draw(st.integers(0, len(body)))
    body[start : start + draw.draw(st.integers(0, 60))] = draw.draw(st.binary(max_size=20))
    with suppress(SourceBroken):
        SERVICES["arxiv"].parse(bytes(body), "")


@given(body=st.binary(max_size=300), source=st.sampled_from(list(SERVICES)))
def test_no_bytes_raise(body: bytes, source: SourceName) -> None:
    with suppress(SourceBroken):
        SERVICES[source].parse(body, "")
