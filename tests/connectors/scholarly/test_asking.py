"""All sources under one deadline: partial answers, politeness, and nothing that is not cleared."""

import json
import time
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from chatelet.connectors.scholarly import desk as verbs
from chatelet.connectors.scholarly.contract import Answer, Filters, Question
from chatelet.connectors.scholarly.errors import QueryTooSensitive, ScholarlyClosed
from chatelet.kernel.clock import now
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.posture import Posture
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Label, Level
from tests.connectors.scholarly.conftest import NewDesk
from tests.fakes.scholarly_server import ScholarlyServer, Script

MARGIN = Question("fairness at the margin")


def _states(answers: list[Answer]) -> dict[str, str]:
    return {answer.source: answer.state for answer in answers}


async def test_every_source_answers_and_works_are_told_once(
    new_desk: NewDesk, server: ScholarlyServer, public: Clearance
) -> None:
    found = await verbs.search(new_desk(), MARGIN, public)
    assert set(_states(list(found.answers)).values()) == {"answered"}
    assert "unpaywall" not in server.counts, "it answers for a DOI only"
    dois = [one.identifiers.doi for one in found.records if one.identifiers.doi]
    assert len(dois) == len(set(dois))
    best = found.records[0]
    assert best.identifiers.doi == "10.5555/margin.2023.17"
    assert {"crossref", "hal", "openalex", "semantic_scholar", "arxiv"} <= set(best.sources)


async def test_a_dead_and_a_slow_source_cost_only_themselves(
    new_desk: NewDesk, server: ScholarlyServer, public: Clearance
) -> None:
    server.scripts = {"hal": Script(dead=True), "openalex": Script(delay=30.0)}
    found = await verbs.search(new_desk(seconds=4.0), MARGIN, public)
    states = _states(list(found.answers))
    assert (states.pop("hal"), states.pop("openalex")) == ("dead", "late")
    assert set(states.values()) == {"answered"}
    assert any(one.identifiers.doi == "10.5555/margin.2023.17" for one in found.records)


async def test_a_source_that_asks_to_wait_is_obeyed_once(
    new_desk: NewDesk, server: ScholarlyServer, public: Clearance
) -> None:
    soon = format_datetime(now() + timedelta(seconds=1), usegmt=True)
    server.scripts = {
        "crossref": Script(statuses=[(429, {"Retry-After": "1"})]),
        "hal": Script(statuses=[(503, {"Retry-After": soon})]),
        "doaj": Script(statuses=[(429, {"Retry-After": "3600"})]),
    }
    begun = time.monotonic()
    found = await verbs.search(new_desk("crossref", "hal", "doaj"), MARGIN, public)
    assert time.monotonic() - begun >= 0.9
    assert _states(list(found.answers)) == {"crossref": "answered", "hal": "answered", "doaj": "late"}
    assert server.counts == {"crossref": 2, "hal": 2, "doaj": 1}


async def test_what_a_source_asks_us_to_wait_is_not_forgotten(
    new_desk: NewDesk, server: ScholarlyServer, public: Clearance
) -> None:
    """Neither when it goes beyond the deadline, nor after the last try; an hour at most."""
    asks = (429, {"Retry-After": "90000"})
    server.scripts = {
        "doaj": Script(statuses=[asks]),
        "crossref": Script(statuses=[(429, {"Retry-After": "0"}), (503, {"Retry-After": "0"}), asks]),
    }
    desk = new_desk("doaj", "crossref")
    first = await verbs.search(desk, MARGIN, public)
    second = await verbs.search(desk, MARGIN, public)
    assert _states(list(first.answers)) == {"doaj": "late", "crossref": "refused"}
    assert _states(list(second.answers)) == {"doaj": "late", "crossref": "late"}
    assert server.counts == {"doaj": 1, "crossref": 3}, "they are not asked again"
    left = [one.next_at - time.monotonic() for one in desk.sources.asked]
    assert [0 < wait <= 3_600 for wait in left] == [True, True]


async def test_pauses_that_a_source_asks_for_are_kept(
    new_desk: NewDesk, server: ScholarlyServer, public: Clearance
) -> None:
    desk = new_desk("arxiv", seconds=0.5)
    first = await verbs.search(desk, MARGIN, public)
    second = await verbs.search(desk, MARGIN, public)
    assert (_states(list(first.answers)), _states(list(second.answers))) == ({"arxiv": "answered"}, {"arxiv": "late"})
    assert server.counts["arxiv"] == 1, "asked again within three seconds: it is not asked at all"


@pytest.mark.parametrize(
    ("script", "state"),
    [
        (Script(body=b"<html><body>404</body></html>"), "broken"),
        (Script(body=b'{"response": []}'), "broken"),
        (Script(statuses=[(403, {})]), "refused"),
        (Script(statuses=[(302, {"Location": "http://127.0.0.1:1/"})]), "broken"),
        (Script(statuses=[(500, {})]), "dead"),
        (Script(statuses=[(404, {})]), "broken"),
        (Script(body=b" " * (17 * 1024 * 1024)), "broken"),
    ],
)
async def test_a_source_that_answers_wrong_has_a_state(
    new_desk: NewDesk, server: ScholarlyServer, public: Clearance, script: Script, state: str
) -> None:
    server.scripts = {"hal": script}
    found = await verbs.search(new_desk("hal"), MARGIN, public)
    assert _states(list(found.answers)) == {"hal": state}
    assert list(found.records) == []


async def test_courtesy_says_who_asks(new_desk: NewDesk, server: ScholarlyServer, public: Clearance) -> None:
    await verbs.search(new_desk(), MARGIN, public)
    agents = {headers["user-agent"] for _name, _target, headers in server.asked}
    assert all(agent.endswith("(mailto:bibliotheque@exemple.fr)") for agent in agents)
    targets = {name: target for name, target, _headers in server.asked}
    assert all("mailto=bibliotheque%40exemple.fr" in targets[name] for name in ("crossref", "openalex"))
    await verbs.resolve(new_desk("unpaywall"), "10.5555/margin.2023.17", public)
    assert server.asked[-1][1] == "/v2/10.5555%2Fmargin.2023.17?email=bibliotheque%40exemple.fr"


async def test_nothing_leaves_above_what_sources_may_receive(
    new_desk: NewDesk, server: ScholarlyServer, public: Clearance
) -> None:
    internal = clear(UUID(int=1), Label(Level.INTERNAL), ceiling=Level.RESTRICTED)
    found = await verbs.search(new_desk(), MARGIN, internal)
    assert set(_states(list(found.answers)).values()) == {"refused"}
    assert server.asked == []
    allowed = await verbs.search(new_desk("hal", highest_level="internal"), MARGIN, internal)
    assert _states(list(allowed.answers)) == {"hal": "answered"}
    with pytest.raises(QueryTooSensitive):
        await verbs.cleared(new_desk(), UUID(int=1), "le patient 1 85 05 78 006 084 91 et la fièvre")
    assert (await verbs.cleared(new_desk(), UUID(int=1), "biais des réseaux de neurones")).label.level is Level.PUBLIC


async def test_a_closed_network_is_not_gone_round(new_desk: NewDesk, client: object, public: Clearance) -> None:
    before = gate.current()
    try:
        desk = new_desk("hal", addresses={"hal": "https://api.hal.example"})
        gate.install(gate.Gate(Posture("none")))
        found = await verbs.search(desk, MARGIN, public)
    finally:
        gate.install(before)
    assert _states(list(found.answers)) == {"hal": "refused"}


async def test_without_a_source_the_desk_is_closed(client: object, new_desk: NewDesk, public: Clearance) -> None:
    closed = new_desk("hal", sources=(), addresses={})
    with pytest.raises(ScholarlyClosed):
        await verbs.search(closed, MARGIN, public)


async def test_filters_are_asked_and_kept(new_desk: NewDesk, server: ScholarlyServer, public: Clearance) -> None:
    filters = Filters(year_from=2023, year_to=2023, open_access=True, author="Lefèvre")
    found = await verbs.search(new_desk(), Question("margin", filters), public)
    assert [one.identifiers.doi for one in found.records] == ["10.5555/margin.2023.17"]
    targets = {name: target for name, target, _headers in server.asked}
    assert "from-pub-date%3A2023" in targets["crossref"]
    assert "openAccess_bool%3Atrue" in targets["hal"]
    assert "is_oa%3Atrue" in targets["openalex"]


async def test_an_unknown_identifier_is_no_failure(
    new_desk: NewDesk, server: ScholarlyServer, public: Clearance
) -> None:
    server.scripts = {"crossref": Script(answers=lambda _target: None)}
    found = await verbs.resolve(new_desk("crossref", "hal", "openalex"), "https://doi.org/10.5555/none.1", public)
    assert set(_states(list(found.answers)).values()) == {"answered"}
    assert list(found.records) == [], "what a source gives for another identifier is not believed"
    known = await verbs.resolve(new_desk("hal", "openalex"), "doi:10.5555/MARGIN.2023.17", public)
    assert [one.identifiers.hal for one in known.records] == ["hal-99000001"]


async def test_a_source_that_pages_by_marks_gives_its_later_pages(
    new_desk: NewDesk, server: ScholarlyServer, public: Clearance
) -> None:
    """Forty works: two full pages, then nothing, whatever page is asked for."""

    def answered(target: str) -> bytes:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        first = int(asked.get("cursorMark", "*").removeprefix("after-").replace("*", "0"))
        last = min(first + int(asked["pageSize"]), 40)
        works = [{"source": "MED", "id": str(place), "title": f"Work {place}"} for place in range(first + 1, last + 1)]
        ids_only = [{"source": "MED", "id": one["id"]} for one in works]
        found = ids_only if asked["resultType"] == "idlist" else works
        mark = {"nextCursorMark": f"after-{last}"} if last < 40 else {}
        return json.dumps({"hitCount": 40, **mark, "resultList": {"result": found}}).encode()

    server.scripts = {"europe_pmc": Script(answers=answered)}
    desk = new_desk("europe_pmc")
    pages = [await verbs.search(desk, replace(MARGIN, page=page), public) for page in (1, 2, 3, 20)]
    told = [sorted(int(one.identifiers.pmid or 0) for one in page.records) for page in pages]
    assert told == [list(range(1, 21)), list(range(21, 41)), [], []]
    assert all(_states(list(page.answers)) == {"europe_pmc": "answered"} for page in pages)
    assert server.counts["europe_pmc"] == 1 + 2 + 1 + 1, "the end is known without asking for a page after it"
