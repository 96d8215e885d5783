"""A sentence of a text in other words: asked, judged, chosen, kept; and a work that waits for its allowance."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes import office
from tests.fakes.model_server import Script
from tests.journeys import files
from tests.journeys.service import Service, installation
from tests.journeys.test_quotas import limit
from tests.journeys.test_quotas import until as until_allowed
from tests.journeys.visitor import Visitor
from tests.writing.test_works import ask, person, result, until
from tests.writing.translator import FRENCH, Translator
from tests.writing.word_file import open_file, paragraphs_of, word_file

SENTENCE = FRENCH.capitalize() + "."
TEXT = "Le comité a examiné la demande. Le délai est de 30 jours, voir https://exemple.fr/a.\n"
OTHERS = (
    "<s1>The time limit is 30 days, see ⟦1⟧.</s1><s2>The time limit is 40 days, see ⟦1⟧.</s2>"
    "<s3>You have 30 days, see ⟦1⟧.</s3>"
)


class Rewording(Translator):
    """Offers other words for a sentence."""

    others = OTHERS

    def script_for(self, body: dict[str, Any]) -> Script:
        if "<phrase>" in str(body["messages"][-1]["content"]):
            return Script(say=self.others)
        return super().script_for(body)


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[Rewording]:
    server = Rewording()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="module")
async def service(shared: Rewording) -> AsyncIterator[Service]:
    with installation(shared.url, CHATELET_WRITING__BATCH_SEGMENTS="4", CHATELET_WRITING__PARALLEL="1") as started:
        await started.start()
        yield started


@pytest.fixture
async def model(shared: Rewording) -> AsyncIterator[Rewording]:
    yield shared
    shared.faults, shared.says, shared.exchanges, shared.others = {}, {}, [], OTHERS


@pytest.fixture(scope="module")
async def ada(service: Service, http: aiohttp.ClientSession) -> Visitor:
    return await person(service, http, "ada@exemple.fr")


async def test_a_sentence_is_put_otherwise_and_the_choice_is_kept(
    service: Service, http: aiohttp.ClientSession, ada: Visitor, model: Rewording
) -> None:
    model.says["Le comité"] = "The committee looked at the request. The deadline is 30 days, see ⟦1⟧."
    work = await until(ada, (await ask(ada, text=TEXT))["id"], "done")
    path = f"/api/writing/works/{work['id']}/segments/0"
    offered = await ada.call("POST", f"{path}/alternatives", {"place": 1})
    assert offered.status == 200, offered.body
    good = ["The time limit is 30 days, see https://exemple.fr/a.", "You have 30 days, see https://exemple.fr/a."]
    assert offered.body["items"] == good, "the one with a wrong figure is not shown"
    assert "https" not in model.asked("<phrase>")[0]
    put = await ada.call("PATCH", path, {"place": 1, "written": good[1]})
    assert (put.status, put.body["pairs"][1]["written"]) == (200, good[1])
    after = await ada.get(f"/api/writing/works/{work['id']}")
    assert after["text"] == f"The committee looked at the request. {good[1]}\n"
    assert (await result(ada, work["id"]))[0].decode() == after["text"]
    [memory] = (await ada.get("/api/writing/glossaries"))["items"]
    assert (memory["kind"], memory["by_default"], memory["is_mine"], memory["lines"]) == ("memory", True, True, 1)
    again = await ask(ada, text="Le délai est de 30 jours, voir https://exemple.fr/a.\n")
    assert (await until(ada, again["id"], "done"))["text"] == f"{good[1]}\n"
    within = await ask(ada, text="Tout est prêt. Le délai est de 30 jours, voir https://exemple.fr/a.\n")
    await until(ada, within["id"], "done")
    assert "You have 30 days, see ⟦1⟧." in model.asked("Tout est prêt")[0], "in a paragraph, it is shown to the model"
    for body, status in (({"place": 9, "written": "x"}, 404), ({"place": 0, "written": "TRÈS SECRET DÉFENSE"}, 403)):
        assert (await ada.call("PATCH", path, body)).status == status
    bob = await person(service, http, "bob@exemple.fr")
    for method, end, body in (("POST", "/alternatives", {"place": 0}), ("PATCH", "", {"place": 0, "written": "x"})):
        assert (await bob.call(method, path + end, body)).status == 404


async def test_changes_of_a_rewriting_are_told_with_their_reason_and_rejected(ada: Visitor, model: Rewording) -> None:
    model.says["enfant mange"] = (
        "Les enfants mangent dans la cour avec leurs amis\u202f! Ils sont contents de leur journée."
    )
    text = "Les enfant mange dans la cour avec leurs amis ! Ils sont content de leur journée."
    body = {"kind": "rewrite", "style": "correct", "text": text, "source": "fr"}
    asked = (await ada.call("POST", "/api/writing/works", body)).body
    work = await until(ada, asked["id"], "done")
    assert work["report"]["changes"] == {"agreement": 3, "typography": 1}
    path = f"/api/writing/works/{asked['id']}/segments"
    pairs = (await ada.get(path))["items"][0]["pairs"]
    told = [[(one["before"], one["after"], one["why"]) for one in pair["changes"] if one["why"]] for pair in pairs]
    assert told == [
        [("enfant", "enfants", "agreement"), ("mange", "mangent", "agreement"), (" ", "\u202f", "typography")],
        [("content", "contents", "agreement")],
    ]
    for pair in pairs:
        assert "".join(one["before"] for one in pair["changes"]) == pair["source"]
        assert "".join(one["after"] for one in pair["changes"]) == pair["written"]
    opened = [[place for place, one in enumerate(pair["changes"]) if one["why"]] for pair in pairs]
    first, second, third = opened[0]
    body = {"place": 0, "accepted": [first], "rejected": [second]}
    assert (await ada.call("PATCH", f"{path}/0/decisions", body)).status == 200
    written = pairs[0]["written"].replace("mangent", "mange")
    after = await ada.get(f"/api/writing/works/{asked['id']}")
    assert after["text"] == f"{written} {pairs[1]['written']}", "a space that no line cuts stays one"
    assert (await result(ada, asked["id"]))[0].decode() == after["text"]
    kept = (await ada.get(path))["items"][0]["pairs"]
    decisions = {place: one["decision"] for place, one in enumerate(kept[0]["changes"]) if one["why"]}
    assert decisions == {first: "accepted", second: "rejected", third: None}, "what was decided is told again"
    assert [one["after"] for one in kept[0]["changes"]] == [one["after"] for one in pairs[0]["changes"]]
    assert kept[0]["written"] == written
    assert (
        await ada.call("PATCH", f"/api/writing/works/{asked['id']}/decisions", {"decision": "rejected"})
    ).status == 204
    every = (await ada.get(path))["items"][0]["pairs"]
    assert [one["decision"] for pair in every for one in pair["changes"] if one["why"]] == [
        "accepted", "rejected", "rejected", "rejected",
    ]  # fmt: skip
    whole = (await ada.get(f"/api/writing/works/{asked['id']}"))["text"]
    assert whole == text.replace("enfant", "enfants"), "what was accepted stays, the rest is as it was"
    assert (await ada.call("PATCH", f"{path}/0/decisions", {"place": 0})).status == 200
    assert (await ada.get(path))["items"][0]["pairs"][0]["written"] == pairs[0]["written"], "all is taken back"
    for wrong, status in (
        ({"place": 0, "rejected": [first + 1]}, 404),
        ({"place": 0, "accepted": [1], "rejected": [1]}, 422),
    ):
        assert (await ada.call("PATCH", f"{path}/0/decisions", wrong)).status == status


async def test_the_second_of_two_sentences_alike_is_the_one_put_otherwise(ada: Visitor, model: Rewording) -> None:
    model.says["Il dort"] = "He sleeps late. He sleeps late. He sleeps late."
    work = await until(ada, (await ask(ada, text="Il dort tard. Il dort tard. Il dort tard."))["id"], "done")
    path = f"/api/writing/works/{work['id']}"
    put = await ada.call("PATCH", f"{path}/segments/0", {"place": 1, "written": "He gets up late."})
    assert (put.status, put.body["pairs"][1]["written"]) == (200, "He gets up late.")
    assert (await ada.get(path))["text"] == "He sleeps late. He gets up late. He sleeps late."


async def test_what_is_decided_of_a_file_is_in_the_file_that_is_taken(ada: Visitor, model: Rewording) -> None:
    model.says["mange dans la cour"] = "Les ⟦1⟧enfants⟦/1⟧ mangent dans la cour avec leurs amis."
    data = word_file("Les **enfant** mange dans la cour avec leurs amis.", "Le rapport est prêt.")
    path = await _corrected(ada, "cour.docx", data, track=False)
    [segment, _] = (await ada.get(f"{path}/segments"))["items"]
    [first, second] = _open(segment)
    decided = await ada.call("PATCH", f"{path}/segments/0/decisions", {"place": 0, "rejected": [first]})
    assert decided.status == 200
    made = (await _taken(ada, path))[0]
    assert paragraphs_of(made)[0] == "Les enfant mangent dans la cour avec leurs amis."
    body = {"place": 0, "rejected": [first, second]}
    assert (await ada.call("PATCH", f"{path}/segments/0/decisions", body)).status == 200
    made = (await _taken(ada, path))[0]
    assert paragraphs_of(made)[0] == "Les enfant mange dans la cour avec leurs amis."
    assert (await _taken(ada, path))[0] == made, "it is written once"


@pytest.mark.servers
@pytest.mark.parametrize("kind", ["docx", "odt"])
async def test_what_nobody_decided_on_stays_tracked_in_the_file(ada: Visitor, model: Rewording, kind: str) -> None:
    """Accepted: there whatever LibreOffice is told. Rejected: never there. Undecided: as it is told."""
    model.says["mange dans la cour"] = "Les ⟦1⟧enfants⟦/1⟧ mangent dans la cour avec leurs amies."
    words = "Les **enfant** mange dans la cour avec leurs amis."
    data = {"docx": word_file, "odt": open_file}[kind](words, "Le rapport est prêt.")
    path = await _corrected(ada, f"suivi.{kind}", data, track=True)
    work = await ada.get(path)
    assert (work["is_open"], work["is_tracked"]) == (True, True)
    [segment, _] = (await ada.get(f"{path}/segments"))["items"]
    accepted, rejected, _left = _open(segment)
    body = {"place": 0, "accepted": [accepted], "rejected": [rejected]}
    assert (await ada.call("PATCH", f"{path}/segments/0/decisions", body)).status == 200
    made, _ = await _taken(ada, path)
    with office.running() as writer:
        told = {settled: writer.decided(made, kind, settled)[0] for settled in ("accept", "reject")}
        assert told == {
            "accept": "Les enfants mange dans la cour avec leurs amies.",
            "reject": "Les enfants mange dans la cour avec leurs amis.",
        }
        assert (await ada.call("PATCH", f"{path}/decisions", {"decision": "rejected"})).status == 204
        made, _ = await _taken(ada, path)
        assert writer.decided(made, kind, "accept") == writer.decided(made, kind, "reject"), "nothing is left to decide"


async def _corrected(person: Visitor, name: str, data: bytes, *, track: bool) -> str:
    """Have a file corrected; return the path of its work."""
    file = await files.send(person, name, data)
    await files.until_read(person, file)
    body = {"kind": "rewrite", "style": "correct", "source": "fr", "file_id": file, "track": track}
    work = await until(person, (await person.call("POST", "/api/writing/works", body)).body["id"], "done")
    assert (work["is_open"], work["is_tracked"]) == (True, track)
    return f"/api/writing/works/{work['id']}"


async def _taken(person: Visitor, path: str) -> tuple[bytes, str]:
    return await result(person, path.rpartition("/")[2])


def _open(segment: dict[str, Any]) -> list[int]:
    """Return the places of the changes of the first sentence of a segment."""
    return [place for place, one in enumerate(segment["pairs"][0]["changes"]) if one["why"]]


async def test_the_same_sentence_alone_is_reused(ada: Visitor, model: Rewording) -> None:
    model.says["Le rapport"] = "The report is ready."
    work = await until(ada, (await ask(ada, text="Le rapport est prêt."))["id"], "done")
    path = f"/api/writing/works/{work['id']}/segments/0"
    assert (await ada.call("PATCH", path, {"place": 0, "written": "The report stands ready."})).status == 200
    again = await until(ada, (await ask(ada, text="Le rapport est prêt."))["id"], "done")
    assert (again["text"], again["report"]["reused"]) == ("The report stands ready.", 1)


async def test_a_work_that_uses_up_its_allowance_waits_and_loses_nothing(
    service: Service, http: aiohttp.ClientSession, model: Rewording
) -> None:
    eve = await person(service, http, "eve@exemple.fr")
    await service.create_person("chef@exemple.fr", administrator=True)
    boss = Visitor(http, service.address)
    await boss.sign_in("chef@exemple.fr")
    quota = await limit(boss, eve, amount=3)
    await until_allowed(eve, 3)
    text = "\n\n".join(f"{SENTENCE} Point numéro {number}." for number in range(20))
    asked = await ask(eve, text=text)
    paused = await until(eve, asked["id"], "paused")
    assert (paused["error"], paused["done"], paused["report"]) == ("quota_reached", 12, None)
    assert paused["resumes_at"] is not None
    path = f"/api/writing/works/{asked['id']}"
    assert (await eve.call("POST", f"{path}/resume")).body["resumes_at"] is None
    assert (await until(eve, asked["id"], "paused"))["done"] == 12, "still closed: it waits again"
    assert (await boss.call("PATCH", f"/api/admin/quotas/{quota}", {"amount": 30})).status == 200
    await until_allowed(eve, 30)
    await _reach(service, asked["id"])
    done = await until(eve, asked["id"], "done", seconds=90)
    assert (done["report"]["written"] + done["report"]["reused"], done["report"]["kept"]) == (20, 0)
    assert len(model.asked("Point numéro")) == 5, "what was written is not asked again"


async def _reach(service: Service, work: str) -> None:
    """Let the hour come at which it goes on by itself."""
    address = application_address(service.data_dir)
    assert address is not None
    database = Database(address, pool_size=1)
    try:
        async with database.driver_transaction() as connection:
            moment = clock.now() - timedelta(seconds=1)
            await connection.execute("UPDATE works SET resumes_at = $1 WHERE id = $2", moment, work)
    finally:
        await database.close()
    await asyncio.sleep(0)
