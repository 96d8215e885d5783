"""The contract of a search engine, the same for all: each answers as its documentation says, and fails in every way."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import uuid4

import pytest

from chatelet.connectors.web import engines
from chatelet.connectors.web.asking import text_of
from chatelet.connectors.web.contract import EngineFailed, SearchEngine, WebNotCleared, WebResult
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Category, Label, Level
from chatelet.settings import WebSearchSettings
from tests.fakes.local_web import Answer, Request, Server, listening

# As the public documentation of each engine writes its answers; the words are ours.
SEARXNG = {
    "query": "délai",
    "number_of_results": 0,
    "results": [
        {
            "url": "https://www.service-public.fr/a?utm_source=x#b",
            "title": "Conserver ses\n papiers",
            "content": "Dix ans.",
            "publishedDate": "2025-03-04T00:00:00",
            "engine": "duckduckgo",
            "engines": ["duckduckgo", "qwant"],
            "score": 2.0,
            "parsed_url": ["https", "www.service-public.fr", "/a", "", "", ""],
        },
        {"url": "https://exemple.org/b", "title": None, "content": None, "publishedDate": None, "pubdate": ""},
        {"url": None, "title": "sans adresse"},
        "bruit",
    ],
    "answers": [],
    "suggestions": [],
    "infoboxes": [],
    "unresponsive_engines": [["google", "timeout"]],
}
LINKUP = {
    "results": [
        {
            "type": "text",
            "name": "Conserver ses papiers",
            "url": "https://www.service-public.fr/a",
            "content": "Dix ans.",
        },
        {"type": "image", "name": "Une image", "url": "https://exemple.org/i.png"},
        {"type": "text", "name": "B", "url": "https://exemple.org/b", "content": ""},
    ]
}
MOJEEK = {
    "response": {
        "status": "OK",
        "head": {"query": "délai", "start": 1, "return": 2, "results": 2},
        "results": [
            {
                "url": "https://www.service-public.fr/a",
                "title": "Conserver ses papiers",
                "desc": "Dix ans.",
                "pdate": 1741046400,
            },
            {"url": "https://exemple.org/b", "title": "B", "desc": ""},
        ],
    }
}
RECORDED = {"searxng": SEARXNG, "linkup": LINKUP, "mojeek": MOJEEK}


def cleared(level: Level = Level.INTERNAL) -> Clearance:
    label = Label(level, frozenset({Category.PERSONAL}))
    return clear(uuid4(), label, ceiling=Level.DIFFUSION_RESTREINTE)


def answering(body: object, status: int = 200) -> Callable[[Request], Answer]:
    return lambda _asked: (status, {"content-type": "application/json"}, json.dumps(body).encode())


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    found = Server()
    async with listening(found):
        yield found


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    found = Outbound()
    yield found
    await found.close()


def settings_for(server: Server, folder: Path, *names: str, highest: str = "internal") -> WebSearchSettings:
    key = folder / "key"
    key.write_text("la-cle\n")
    return WebSearchSettings.model_validate(
        {
            "searxng_url": f"{server.origin}/moteur" if "searxng" in names else None,
            "linkup_url": server.origin,
            "linkup_key_file": key if "linkup" in names else None,
            "mojeek_url": server.origin,
            "mojeek_key_file": key if "mojeek" in names else None,
            "highest_level": highest,
        }
    )


@pytest.fixture(params=["searxng", "linkup", "mojeek"])
def engine(request: pytest.FixtureRequest, server: Server, outbound: Outbound, tmp_path: Path) -> SearchEngine:
    [found] = engines.declared(outbound, settings_for(server, tmp_path, request.param))
    return found


async def test_results_are_read_as_the_engine_writes_them(engine: SearchEngine, server: Server) -> None:
    server.answer = answering(RECORDED[engine.card.name])
    first, second = await engine.search("délai d'été ?&q=x", cleared(), language="fr", within=2)
    assert first.address.startswith("https://www.service-public.fr/a")
    assert (first.title, first.extract) == ("Conserver ses papiers", "Dix ans.")
    assert first.published == (None if engine.card.name == "linkup" else "2025-03-04")
    assert second.address == "https://exemple.org/b"
    [asked] = server.requests
    words = json.loads(asked.body)["q"] if engine.card.name == "linkup" else asked.form["q"]
    assert words == "délai d'été ?&q=x"
    assert ("cookie" in asked.headers, "referer" in asked.headers) == (False, False)


async def test_the_key_goes_where_the_documentation_says(engine: SearchEngine, server: Server) -> None:
    server.answer = answering(RECORDED[engine.card.name])
    await engine.search("délai", cleared(), language="fr", within=2)
    [asked] = server.requests
    expected = {
        "searxng": (None, "/moteur/search", None),
        "linkup": ("Bearer la-cle", "/v1/search", None),
        "mojeek": (None, "/search", "la-cle"),
    }[engine.card.name]
    assert (asked.headers.get("authorization"), asked.target.partition("?")[0], asked.form.get("api_key")) == expected
    if engine.card.name == "searxng":
        assert (asked.method, asked.target) == ("POST", "/moteur/search"), "the query is in no access log"


@pytest.mark.parametrize("level", [Level.RESTRICTED, Level.DIFFUSION_RESTREINTE])
async def test_a_level_above_sends_nothing(engine: SearchEngine, server: Server, level: Level) -> None:
    with pytest.raises(WebNotCleared):
        await engine.search("délai", cleared(level), language="fr", within=2)
    with pytest.raises(WebNotCleared):
        await engines.search([engine], "délai", cleared(level), language="fr", within=2)
    assert server.requests == []


async def test_no_setting_opens_it_to_diffusion_restreinte(server: Server, outbound: Outbound, tmp_path: Path) -> None:
    [open_one] = engines.declared(outbound, settings_for(server, tmp_path, "searxng", highest="restricted"))
    with pytest.raises(WebNotCleared):
        await open_one.search("délai", cleared(Level.DIFFUSION_RESTREINTE), language="fr", within=2)
    with pytest.raises(ValueError, match="highest_level"):
        settings_for(server, tmp_path, "searxng", highest="diffusion_restreinte")


@pytest.mark.parametrize(
    ("status", "reason"), [(429, "limited"), (401, "refused"), (403, "refused"), (500, "unreachable"), (404, "broken")]
)
async def test_a_status_says_why(engine: SearchEngine, server: Server, status: int, reason: str) -> None:
    server.answer = answering({"error": "secret"}, status)
    with pytest.raises(EngineFailed) as caught:
        await engine.search("délai", cleared(), language="fr", within=2)
    assert caught.value.reason == reason


@pytest.mark.parametrize("body", [[], "x", 3, None, {"results": 3}, {"response": []}, {"response": {"status": 3}}])
async def test_what_is_not_an_answer_is_no_crash(engine: SearchEngine, server: Server, body: object) -> None:
    server.answer = answering(body)
    with pytest.raises(EngineFailed) as caught:
        await engine.search("délai", cleared(), language="fr", within=2)
    assert caught.value.reason in {"broken", "refused"}


async def test_mojeek_tells_its_limit_in_its_body(server: Server, outbound: Outbound, tmp_path: Path) -> None:
    [mojeek] = engines.declared(outbound, settings_for(server, tmp_path, "mojeek"))
    server.answer = answering({"response": {"status": "ERROR: Daily Limit Reached"}})
    with pytest.raises(EngineFailed) as caught:
        await mojeek.search("délai", cleared(), language="fr", within=2)
    assert caught.value.reason == "limited"


async def test_one_dead_and_one_slow_leave_the_third_at_the_deadline(
    server: Server, outbound: Outbound, tmp_path: Path
) -> None:
    def answer(asked: Request) -> Answer:
        return answering({}, 500)(asked) if asked.target == "/v1/search" else answering(SEARXNG)(asked)

    server.answer = answer
    slow = Server(delay=20)
    async with listening(slow):
        settings = settings_for(server, tmp_path, "searxng", "linkup", "mojeek")
        three = engines.declared(outbound, settings.model_copy(update={"mojeek_url": slow.origin}))
        found = await engines.search(three, "délai", cleared(), language="fr", within=3.0)
    assert found.engines == {"searxng": None, "linkup": "unreachable", "mojeek": "late"}
    assert [one.address for one in found.results] == ["https://www.service-public.fr/a", "https://exemple.org/b"]


def test_words_found_stand_between_tags_in_no_title() -> None:
    assert text_of('Conserver ses <b class="x">papiers</b> &amp; si a<b\n', 50) == "Conserver ses papiers & si a<b"


def test_a_page_named_twice_is_there_once_and_first() -> None:
    one = [WebResult("https://a.example/1", "A"), WebResult("https://b.example/?utm_medium=x", "")]
    two = [WebResult("HTTPS://B.example:443/?gclid=3#haut", "B", published="2025-01-01"), WebResult("javascript:x", "")]
    found = engines.merged([one, two])
    assert [(result.address, result.title) for result in found] == [
        ("https://b.example/", "B"),
        ("https://a.example/1", "A"),
    ]
    assert found[0].published == "2025-01-01"


def test_a_key_that_cannot_be_read_leaves_its_engine_out(server: Server, outbound: Outbound, tmp_path: Path) -> None:
    settings = settings_for(server, tmp_path, "searxng", "linkup")
    (tmp_path / "key").unlink()
    assert [one.card.name for one in engines.declared(outbound, settings)] == ["searxng"]
