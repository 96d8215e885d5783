"""What every source keeps to, one suite for all: who asks is said, limits and pages, waits, states, one identifier.

The endpoint of an institution is one of them, in a shape that is not ISTEX's.
"""

import json
import time
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from chatelet.connectors.scholarly import desk as verbs
from chatelet.connectors.scholarly.contract import Courtesy, Filters, Question, Service
from chatelet.connectors.scholarly.record import SCHEMES, Kind, SourceName
from chatelet.connectors.scholarly.services.catalogue import SERVICES, enabled
from chatelet.policy.clearance import Clearance
from chatelet.scholarly_sections import ScholarlySettings
from tests.connectors.scholarly.conftest import NewDesk
from tests.fakes.scholarly_server import ScholarlyServer, Script

OWN: dict[str, Any] = {
    "address": "https://archive.imaginaire.example",
    "search": "/api/recherche?mots={words}&debut={offset}&nombre={limit}&de={year_from}&a={year_to}",
    "resolve": {"doi": "/api/notices?doi={value}"},
    "works": "reponse.notices",
    "fields": {
        "id": "numero",
        "title": "titre.fr|titre.en",
        "authors": "auteurs.nom",
        "date": "parution",
        "kind": "genre",
        "venue": "revue.nom",
        "abstract": "resume",
        "doi": "liens.doi",
        "hal": "liens.hal",
        "pdf": "fichier.adresse",
        "open": "fichier.libre",
        "licence": "fichier.licence",
        "domains": "domaines",
        "laboratories": "auteurs.labo",
    },
    "page": "https://archive.imaginaire.example/notice/{id}",
    "key_header": "x-cle",
    "pause": 0.0,
}
NOTICES = {
    "reponse": {
        "notices": [
            {
                "numero": 7,
                "titre": {"fr": "Équité des réseaux à la marge", "en": "Fairness of Networks at the Margin"},
                "auteurs": [{"nom": "Lefèvre, Zoé", "labo": "LIMA"}, {"nom": "Karim Ben-Salah"}],
                "parution": "2023-05-02",
                "genre": "Article de revue",
                "revue": {"nom": "Revue imaginaire"},
                "resume": "<p>Nous mesurons l'équité.</p>",
                "liens": {"doi": "https://doi.org/10.5555/MARGIN.2023.17", "hal": "hal-99000001v2"},
                "fichier": {"adresse": "https://archive.imaginaire.example/7.pdf", "libre": "oui", "licence": "CC BY"},
                "domaines": ["Informatique"],
            },
            {
                "numero": "8",
                "titre": {"en": "A report without an author"},
                "genre": "Rapport",
                "parution": "2021-13-40",
            },
            {"numero": 9, "titre": {"fr": ""}},
            "bruit",
        ]
    }
}
EVERY = (*SERVICES, "institution")
WORDS = 'équité "à la marge" & (2023)'


def _service(name: SourceName) -> Service:
    [(service, _address)] = enabled(
        ScholarlySettings.model_validate({"sources": [name], "institution": OWN, "contact": "bib@exemple.fr"})
    )
    return service


@pytest.fixture
def served(server: ScholarlyServer) -> ScholarlyServer:
    server.scripts["institution"] = Script(body=json.dumps(NOTICES).encode())
    return server


@pytest.fixture
def question() -> Question:
    return Question("fairness at the margin")


@pytest.mark.parametrize("name", EVERY)
def test_words_are_one_encoded_value_and_pages_move_on(name: SourceName) -> None:
    service, courtesy = _service(name), Courtesy("bib@exemple.fr", "chatelet/1")
    first = service.search(Question(WORDS, limit=20), courtesy)
    if first is None:
        assert name == "unpaywall", "it answers for a DOI only"
        return
    assert first.startswith("/")
    assert first.isascii()
    assert not set(first) & set(' "&()<>') - {"&"}
    assert "équité" in unquote(first)
    assert "20" in [value for values in parse_qs(urlsplit(first).query).values() for value in values], (
        "a limit is asked"
    )
    if service.marks is None:
        assert service.search(Question(WORDS, limit=20, page=2), courtesy) != first
    for spoiled in ("&&&", "((((", '"', "\\", "a:b OR c:[* TO *]", "%00", "#x?y=z"):
        target = service.search(Question(spoiled), courtesy)
        assert target is None or (target.isascii() and "#" not in target and " " not in target)


@pytest.mark.parametrize("name", EVERY)
def test_a_filter_that_a_source_cannot_be_asked_is_no_failure(name: SourceName) -> None:
    kinds: list[Kind] = ["article", "thesis", "dataset", "preprint", "book"]
    for kind in kinds:
        filters = Filters(2020, 2023, frozenset({kind}), True, "Zoé Lefèvre", "informatique", "LIMA")
        target = _service(name).search(Question("marge", filters), Courtesy("bib@exemple.fr"))
        assert target is None or target.isascii()


@pytest.mark.parametrize("name", [one for one in EVERY if one != "unpaywall"])
async def test_who_asks_is_said_and_a_wait_is_obeyed(
    new_desk: NewDesk, served: ScholarlyServer, public: Clearance, question: Question, name: str
) -> None:
    known = served.scripts.get(name, Script())  # type: ignore[call-overload]
    known.statuses = [(429, {"Retry-After": "1"})]
    served.scripts[name] = known  # type: ignore[index]
    desk = new_desk(name, institution=OWN, seconds=9)
    begun = time.monotonic()
    found = await verbs.search(desk, question, public)
    assert time.monotonic() - begun >= 0.9
    assert [(one.source, one.state) for one in found.answers] == [(name, "answered")]
    assert served.counts[name] == 2, "asked once more, after the wait"
    assert found.records
    agents = {headers["user-agent"] for _name, _target, headers in served.asked}
    assert all(one.startswith("chatelet/") and one.endswith("(mailto:bibliotheque@exemple.fr)") for one in agents)
    assert not any("cookie" in headers or "referer" in headers for _name, _target, headers in served.asked)


@pytest.mark.parametrize("name", EVERY)
async def test_each_ends_in_a_state_and_an_unknown_identifier_is_nothing(
    new_desk: NewDesk, served: ScholarlyServer, public: Clearance, question: Question, name: SourceName
) -> None:
    service = _service(name)
    scheme = next(one for one in SCHEMES if service.resolve(one, "10.5555/none", Courtesy("bib@exemple.fr")))
    served.scripts[name] = Script(answers=lambda _target: None)
    none = await verbs.resolve_known(new_desk(name, institution=OWN, seconds=9), scheme, "10.5555/none", public)
    assert ([one.state for one in none.answers], list(none.records)) == (["answered"], [])
    for script, state in (
        (Script(body=b"<html>404</html>"), "broken"),
        (Script(statuses=[(403, {})]), "refused"),
        (Script(delay=30.0), "late"),
        (Script(body=b" " * (17 * 1024 * 1024)), "broken"),
    ):
        served.scripts[name] = script
        desk = new_desk(name, institution=OWN, seconds=0.8 if state == "late" else 20)
        found = await verbs.resolve_known(desk, scheme, "10.5555/margin.2023.17", public)
        assert ([one.state for one in found.answers], list(found.records)) == ([state], []), state


async def test_the_endpoint_of_an_institution_is_read_as_declared(
    new_desk: NewDesk, served: ScholarlyServer, public: Clearance, tmp_path: Any
) -> None:
    key = tmp_path / "cle"
    key.write_text("secret-0\n")
    desk = new_desk("institution", institution=OWN, key_files={"institution": key})
    asked = Question("équité & marge", Filters(year_from=2020, year_to=2024), page=3)
    found = await verbs.search(desk, asked, public)
    [(_name, target, headers)] = served.asked
    assert unquote(target) == "/api/recherche?mots=équité marge&debut=40&nombre=20&de=2020&a=2024"
    assert headers["x-cle"] == "secret-0"
    [work] = found.records
    assert (work.title, work.date, work.kind, work.venue) == (
        "Équité des réseaux à la marge", "2023-05-02", "article", "Revue imaginaire",
    )  # fmt: skip
    assert [(one.name, one.family) for one in work.authors] == [("Zoé Lefèvre", "Lefèvre"), ("Karim Ben-Salah", None)]
    assert (work.identifiers.doi, work.identifiers.hal) == ("10.5555/margin.2023.17", "hal-99000001")
    assert (work.access.is_open, work.access.licence, work.access.is_pdf) == (True, "cc-by", True)
    assert (work.abstract, work.laboratories) == ("Nous mesurons l'équité.", ("LIMA",))
    bare = (await verbs.search(desk, Question("marge"), public)).records[-1]
    assert (bare.year, bare.kind, bare.link) == (None, "report", "https://archive.imaginaire.example/notice/8")
    assert {"authors", "year", "doi", "abstract", "access"} <= set(bare.missing)


def test_istex_is_asked_in_its_syntax_and_needs_its_address_alone_elsewhere() -> None:
    filters = Filters(2000, 2010, frozenset({"article"}), author="Zoé Lefèvre", domain="learning", laboratory="LIMA")
    target = SERVICES["istex"].search(Question("marge: équité", filters, page=2), Courtesy(None, "chatelet/1")) or ""
    asked = parse_qs(urlsplit(target).query)
    assert asked["q"] == [
        "(marge équité) AND publicationDate:[2000 TO 2010] AND author.name:(Zoé AND Lefèvre) AND"
        " author.affiliations:(LIMA) AND (subject.value:(learning) OR categories.scienceMetrix:(learning)) AND"
        " genre:(research-article)"
    ]
    assert (asked["from"], asked["size"], asked["sid"]) == (["20"], ["20"], ["chatelet"])
    assert SERVICES["istex"].search(Question("marge", page=501), Courtesy()) is None, "ISTEX answers 10,000 works"
    [(like, address)] = enabled(
        ScholarlySettings.model_validate(
            {"sources": ["institution"], "institution": {"address": "https://istex.imaginaire.example/v2"}}
        )
    )
    assert address == "https://istex.imaginaire.example/v2"
    assert like.search(Question("marge"), Courtesy()) == "/document/?q=marge&output=*&from=0&size=20"


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "ftp://exemple.fr"},
        {"address": "https://moi@exemple.fr"},
        {"search": "/q={mots}"},
        {"search": "https://ailleurs.example/?q={words}"},
        {"search": "/sans-mots"},
        {"resolve": {"doi": "/notices"}},
        {"page": "https://exemple.fr/{doi}"},
        {"fields": {"nom": "x"}},
        {"fields": {"title": "a b"}},
    ],
)
def test_an_endpoint_declared_wrong_stops_the_start(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"institution|fields|literal_error|pattern|Input"):
        ScholarlySettings.model_validate({"sources": ["institution"], "institution": {**OWN, **wrong}})
