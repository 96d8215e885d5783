"""`chatelet check sources --live`: each enabled service and engine asked, over the loopback."""

import json
from argparse import Namespace
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatelet.commands import sources as command
from chatelet.connectors.scholarly import suite as works
from chatelet.connectors.web import suite as engines
from chatelet.settings import Settings
from tests.connectors.web.test_engines import RECORDED
from tests.fakes.local_web import Answer, Request, Server, listening
from tests.fakes.scholarly_server import ScholarlyServer, Script, running_scholarly_server


class Engines(Server):
    """The three engines at once; `bodies` are what each says."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: dict[str, object] = dict(RECORDED)
        self.answer = self._answer

    def _answer(self, asked: Request) -> Answer:
        path = asked.target.partition("?")[0]
        name = {"/moteur/search": "searxng", "/v1/search": "linkup"}.get(path, "mojeek")
        return 200, {"content-type": "application/json"}, json.dumps(self.bodies[name]).encode()


@pytest.fixture
async def web() -> AsyncIterator[Engines]:
    async with listening(started := Engines()):
        yield started


@pytest.fixture
async def services() -> AsyncIterator[ScholarlyServer]:
    async with running_scholarly_server() as started:
        yield started


def settings_of(web: Engines, services: ScholarlyServer, key: Path) -> Settings:
    names = ("hal", "crossref")
    engines_of = {"searxng_url": f"{web.origin}/moteur", "linkup_url": web.origin, "mojeek_url": web.origin}
    return Settings.model_validate(
        {
            "scholarly": {"sources": names, "addresses": {name: services.base(name) for name in names}},  # type: ignore[arg-type]
            "web_search": {**engines_of, "linkup_key_file": key, "mojeek_key_file": key},
        }
    )


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text("la-cle\n")
    return file


async def test_each_engine_is_asked_once_and_what_came_is_told(
    web: Engines, services: ScholarlyServer, key: Path
) -> None:
    settings = settings_of(web, services, key)
    found = await engines.check_live(settings)
    assert [(one.source, one.is_right, one.detail) for one in found] == [
        (name, True, f"2 pages, 2 addresses, {titles} titles")
        for name, titles in (("searxng", 1), ("linkup", 2), ("mojeek", 2))
    ]
    assert len(web.requests) == 3
    web.bodies["linkup"] = {"results": [{"url": "pas une adresse", "name": "A"}]}
    web.bodies["mojeek"] = {"response": {"status": "API key not valid"}}
    web.bodies["searxng"] = {"results": [{"url": "https://exemple.org/a", "nom": "renommé"}]}
    found = await engines.check_live(settings)
    assert {one.source: (one.is_right, one.detail) for one in found} == {
        "searxng": (False, "1 pages, 1 addresses, 0 titles"),
        "linkup": (False, "1 pages, 0 addresses, 1 titles"),
        "mojeek": (False, "refused"),
    }
    key.unlink()
    found = await engines.check_live(settings)
    assert {one.source: one.detail for one in found}["mojeek"] == "key not readable"


async def test_each_service_is_asked_for_words_and_a_work(web: Engines, services: ScholarlyServer, key: Path) -> None:
    settings = settings_of(web, services, key)
    found = await works.check_live(settings)
    assert {one.source for one in found} == {"hal", "crossref"}
    words = [one for one in found if one.what == "words"]
    assert [one.is_right for one in words] == [True, True], words
    others = [one for one in found if one.what == "doi"]
    assert [one.is_right for one in others if one.detail != "0 works"] == [False] * len(others), "another work is told"
    services.scripts = {"hal": Script(dead=True)}
    dead = [one for one in await works.check_live(settings) if one.source == "hal"]
    assert {(one.is_right, one.detail) for one in dead} == {(False, "source_dead")}


def test_the_command_says_all_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    async def one(_settings: Settings) -> list[engines.EngineChecked]:
        return [engines.EngineChecked("mojeek", "words", is_right=False, detail="refused")]

    async def none(_settings: Settings) -> list[works.Checked]:
        return []

    monkeypatch.setenv("CHATELET_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(engines, "check_live", one)
    monkeypatch.setattr(command, "check_live", none)
    monkeypatch.setattr(command.gate, "install_for", id)  # nothing is asked here
    assert command.check(Namespace(live=True, json=False)) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "✗ mojeek, words: refused"
