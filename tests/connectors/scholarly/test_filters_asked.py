"""How each service is asked for each filter, in the words of its public documentation; None where it has no such filter.

What a service cannot be asked is filtered in what it gave (`test_merging`). Sources: Crossref REST API ("filters"), HAL's
Solr fields, OpenAlex ("filter works"), Europe PMC ("search syntax"), arXiv API user manual (5.1), DOAJ ("search API"),
ISTEX query string, Semantic Scholar Graph API ("paper relevance search").
"""

from typing import Final
from urllib.parse import unquote_plus

import pytest

from chatelet.connectors.scholarly.contract import Courtesy, Filters, Question
from chatelet.connectors.scholarly.record import SourceName
from tests.connectors.scholarly.test_contract import _service

_WANTED: Final[dict[str, Filters]] = {
    "years": Filters(year_from=2020, year_to=2023),
    "since": Filters(year_from=2020),
    "kind": Filters(kinds=frozenset({"article"})),
    "open": Filters(open_access=True),
    "author": Filters(author="Zoé Lefèvre"),
    "domain": Filters(domain="informatique"),
    "laboratory": Filters(laboratory="LIMA"),
}
_ASKED: Final[dict[SourceName, dict[str, str | None]]] = {
    "crossref": {
        "years": "filter=from-pub-date:2020,until-pub-date:2023&",
        "since": "filter=from-pub-date:2020,until-pub-date:2100&",
        "kind": "filter=type:journal-article&",
        "open": None,
        "author": "query.author=Zoé Lefèvre&",
        "domain": None,
        "laboratory": "query.affiliation=LIMA&",
    },
    "hal": {
        "years": "fq=publicationDateY_i:[2020 TO 2023]&",
        "since": "fq=publicationDateY_i:[2020 TO 2100]&",
        "kind": "fq=docType_s:(ART)&",
        "open": "fq=openAccess_bool:true&",
        "author": 'fq=authFullName_t:"Zoé Lefèvre"&',
        "domain": "fq=domainAllCode_s:(info)&",
        "laboratory": 'fq=(labStructName_t:"LIMA" OR labStructAcronym_t:"LIMA")&',
    },
    "openalex": {
        "years": "filter=from_publication_date:2020-01-01,to_publication_date:2023-12-31&",
        "since": "filter=from_publication_date:2020-01-01,to_publication_date:2100-12-31&",
        "kind": "filter=type:article&",
        "open": "filter=is_oa:true&",
        "author": "filter=raw_author_name.search:Zoé Lefèvre&",
        "domain": "filter=topics.field.id:17&",
        "laboratory": "filter=raw_affiliation_strings.search:LIMA&",
    },
    "europe_pmc": {
        "years": "query=(marge) AND PUB_YEAR:[2020 TO 2023]&",
        "since": "query=(marge) AND PUB_YEAR:[2020 TO 2100]&",
        "kind": None,
        "open": "query=(marge) AND OPEN_ACCESS:y&",
        "author": 'query=(marge) AND AUTH:"Zoé Lefèvre"&',
        "domain": None,
        "laboratory": 'query=(marge) AND AFF:"LIMA"&',
    },
    "arxiv": {
        "years": "search_query=all:marge AND submittedDate:[202001010000 TO 202312312359]&",
        "since": "search_query=all:marge AND submittedDate:[202001010000 TO 210012312359]&",
        "kind": None,
        "open": None,
        "author": 'search_query=all:marge AND au:"Zoé Lefèvre"&',
        "domain": "search_query=all:marge AND (cat:cs*)&",
        "laboratory": None,
    },
    "doaj": {
        "years": "/marge AND bibjson.year:[2020 TO 2023]?",
        "since": "/marge AND bibjson.year:[2020 TO 2100]?",
        "kind": None,
        "open": None,
        "author": '/marge AND bibjson.author.name:"Zoé Lefèvre"?',
        "domain": None,
        "laboratory": None,
    },
    "istex": {
        "years": "q=(marge) AND publicationDate:[2020 TO 2023]&",
        "since": "q=(marge) AND publicationDate:[2020 TO 2100]&",
        "kind": "q=(marge) AND genre:(research-article)&",
        "open": None,
        "author": "q=(marge) AND author.name:(Zoé AND Lefèvre)&",
        "domain": "q=(marge) AND (subject.value:(informatique) OR categories.scienceMetrix:(informatique))&",
        "laboratory": "q=(marge) AND author.affiliations:(LIMA)&",
    },
    "semantic_scholar": {
        "years": "&year=2020-2023",
        "since": "&year=2020-2100",
        "kind": None,
        "open": "&openAccessPdf",
        "author": None,
        "domain": None,
        "laboratory": None,
    },
    "institution": {
        "years": "&de=2020&a=2023",
        "since": "&de=2020&a=2100",
        "kind": None,
        "open": None,
        "author": None,
        "domain": None,
        "laboratory": None,
    },
}
_CASES: Final = [(source, name, said) for source, asked in _ASKED.items() for name, said in asked.items()]


def _target(source: SourceName, filters: Filters) -> str | None:
    asked = _service(source).search(Question("marge", filters), Courtesy("bib@exemple.fr"))
    return None if asked is None else f"{unquote_plus(asked)}"


@pytest.mark.parametrize(("source", "wanted", "said"), _CASES, ids=[f"{one}-{name}" for one, name, _said in _CASES])
def test_each_service_is_asked_in_its_own_words(source: SourceName, wanted: str, said: str | None) -> None:
    plain, asked = _target(source, Filters()), _target(source, _WANTED[wanted])
    assert plain is not None
    assert asked is not None
    if said is None:
        assert asked == plain, "nothing made up"
    else:
        assert said in f"{asked}&"[: None if said.endswith("&") else -1]
        assert said not in f"{plain}&"


def test_theses_are_asked_for_theses_alone() -> None:
    assert _target("theses", _WANTED["kind"]) is None
    assert _target("theses", Filters(kinds=frozenset({"thesis"}))) == _target("theses", Filters())


def test_every_filter_of_a_question_is_asked_at_once() -> None:
    every = Filters(2020, 2023, frozenset({"article"}), True, "Zoé Lefèvre", "informatique", "LIMA")
    for source, asked in _ASKED.items():
        target = _target(source, every)
        assert target is not None
        for name in ("years", "kind", "open", "author", "domain", "laboratory"):
            said = asked[name]
            bare = (said or "").removeprefix("filter=").removeprefix("fq=").strip("&?/")
            assert bare.split("marge)")[-1].split("marge ")[-1] in target, (source, name)
